"""The commands of `bin/mimer`: its own, and every management command of the rooms, read from their files."""

import ast
import difflib
import os
import sys
from pathlib import Path

from mimer.doorway import PROJECT

OWN = {
    "up": "Set up, bring the database up to date, load the demo into an empty one, and serve pages and worker.",
    "serve": "Serve pages and worker, loading nothing into the database (for a service manager).",
    "prepare": "Install and build what the code needs, then end (as the owner of the code, after an upgrade).",
    "test": "Run the tests on SQLite, PostgreSQL and in Chromium; arguments go to pytest (`--on sqlite` chooses).",
    "lint": "Check style, types, templates, translations, migrations and lock files.",
    "ci": "Everything a change must pass: lint, then test.",
    "texts": "Collect the Turkish texts into the English catalogue (`texts extract`) or check it (`texts check`).",
    "manage": "Run any of Django's management commands.",
}

NEED_TABLES = {"seed", "import", "places", "index", "worker", "calendar", "ebys"}
PREPARED = "--prepared"  # what `up` tells `serve`


def main(arguments: list[str]) -> int:
    command, rest = (arguments[0], arguments[1:]) if arguments else ("--help", [])
    rooms = commands_of_rooms()
    if command in ("-h", "--help", "help"):
        print(help_text(rooms))
        return 0
    if command not in OWN and command not in rooms:
        near = difflib.get_close_matches(command, [*OWN, *rooms], n=1)
        hint = f" Did you mean '{near[0]}'?" if near else ""
        print(f"bin/mimer: there is no command '{command}'.{hint} `bin/mimer --help` lists them.", file=sys.stderr)
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mimer.settings")
    if rest != [PREPARED]:
        from mimer.doorway.build import build_what_changed

        build_what_changed()
    if command in NEED_TABLES and not {"-h", "--help"} & set(rest):
        from mimer.doorway.serve import migrate

        migrate()
    return run_own(command, rest) if command in OWN else run_django([command, *rest])


def run_own(command: str, rest: list[str]) -> int:
    if command == "prepare":
        return 0  # all of it was done on the way here
    if command == "up":
        from mimer.doorway.serve import prepare

        prepare()
        # A fresh process sheds what preparing loaded.
        os.execv(sys.executable, [sys.executable, "-m", "mimer.doorway", "serve", PREPARED])  # noqa: S606
    if command == "serve":
        from mimer.doorway.serve import serve

        return serve(prepared=rest == [PREPARED])
    if command in ("test", "lint", "ci"):
        from mimer.doorway import quality

        return {"test": quality.test, "lint": quality.lint, "ci": quality.ci}[command](rest)
    if command == "texts":
        from mimer.doorway.texts import main as texts

        return texts(rest)
    return run_django(rest)


def run_django(arguments: list[str]) -> int:
    from django.core.management import execute_from_command_line

    execute_from_command_line(["bin/mimer", *arguments])
    return 0


def commands_of_rooms() -> dict[str, str]:
    """Each management command of ours with its one sentence, read without importing anything."""
    files = sorted((PROJECT / "mimer").glob("*/management/commands/[!_]*.py"), key=lambda path: path.stem)
    return {path.stem: _sentence(path) for path in files}


def _sentence(path: Path) -> str:
    """The command's `help`, else the first line of its module."""
    module = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(module):
        if isinstance(node, ast.Assign) and any(
            isinstance(name, ast.Name) and name.id == "help" for name in node.targets
        ):
            texts = [part.value for part in ast.walk(node.value) if isinstance(part, ast.Constant)]
            if texts and isinstance(texts[0], str):
                return texts[0]
    return (ast.get_docstring(module) or "").partition("\n")[0]


def help_text(rooms: dict[str, str]) -> str:
    width = max(map(len, [*OWN, *rooms])) + 2
    lines = ["Usage: bin/mimer COMMAND [arguments]    (COMMAND --help says more)", ""]
    lines += [f"  {name:<{width}}{sentence}" for name, sentence in OWN.items()]
    lines += ["", "Commands of the rooms:"]
    lines += [f"  {name:<{width}}{sentence}" for name, sentence in rooms.items()]
    lines += [
        "",
        "Chosen by the environment: MIMER_DATABASE_URL, MIMER_DATA_DIR, PORT and what mimer/settings.py lists.",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
