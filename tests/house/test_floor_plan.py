"""The floor plan: a room knows only the rooms below it, in its imports and in its tables."""

import ast
from pathlib import Path

import pytest
from django.apps import apps

FLOORS = {
    "turkish": 0,
    "law": 0,
    "paper": 0,
    "jobs": 0,
    "municipality": 1,
    "people": 2,
    "knowledge": 2,
    "cases": 3,
    "notify": 4,
    "intake": 5,
    "hall": 6,
    "insight": 7,
    "privacy": 8,
    "regulation": 9,
    "api": 10,
    "web": 11,
}
HOUSE = Path(__file__).parents[2] / "mimer"
# What stands in the yard: settings, addresses, keys, the two databases' index and the doorway belong to no room.
YARD = {"mimer", "settings", "urls", "wsgi", "keys", "fulltext", "literal", "sqlite", "doorway"}


def _modules() -> list[Path]:
    return sorted(path for path in HOUSE.rglob("*.py") if "migrations" not in path.parts)


def _room(path: Path) -> str:
    return path.relative_to(HOUSE).parts[0].removesuffix(".py")


def _imported_rooms(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        found |= {name.split(".")[1] for name in names if name.startswith("mimer.")}
    return found & set(FLOORS)


def test_every_folder_is_a_room_on_the_plan() -> None:
    rooms = {path.name for path in HOUSE.iterdir() if (path / "__init__.py").exists()}
    assert rooms <= set(FLOORS) | YARD


@pytest.mark.parametrize("path", _modules(), ids=lambda path: str(path.relative_to(HOUSE)))
def test_a_module_imports_only_rooms_on_lower_floors(path: Path) -> None:
    room = _room(path)
    if room in FLOORS:
        above = {other for other in _imported_rooms(path) - {room} if FLOORS[other] >= FLOORS[room]}
        assert not above, f"{room} (floor {FLOORS[room]}) must not know {above}"


def test_a_table_points_only_to_tables_on_lower_floors() -> None:
    for model in apps.get_models():
        room = model._meta.app_label
        for field in model._meta.get_fields():
            other = getattr(field.related_model, "_meta", None) if getattr(field, "concrete", False) else None
            if room in FLOORS and other is not None and other.app_label in FLOORS and other.app_label != room:
                assert FLOORS[other.app_label] < FLOORS[room], (
                    f"{model.__name__}.{field.name} points up to {other.app_label}"
                )


def test_a_migration_never_imports_our_code() -> None:
    for path in HOUSE.rglob("migrations/0*.py"):
        assert not _imported_rooms(path), f"{path.name} of {_room(path)} imports our code"


def test_every_module_opens_with_a_sentence() -> None:
    for path in _modules():
        if path.read_text().strip():
            assert ast.get_docstring(ast.parse(path.read_text())), f"{path.relative_to(HOUSE)} has no opening sentence"
