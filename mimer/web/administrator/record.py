"""Writing down who changed what: the words of a row before and after."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model

from mimer.municipality.models import ChangeKind, Staff, TableChange

Words = dict[str, str]
SHOWN = 200
# That these changed is told; what they were is nobody's business.
UNTOLD = frozenset({"password"})
UNKEPT = frozenset({"id", "last_login", "joined_at", "made_at", "edited"})


def words_of(row: Model) -> Words:
    """Every column of the row as people read it; nothing for a row that is not there yet."""
    if row.pk is None:
        return {}
    found: Words = {}
    for field in row._meta.concrete_fields:
        if field.name not in UNKEPT:
            shown = getattr(row, f"get_{field.name}_display", None)
            value = shown() if shown else getattr(row, field.name)
            found[field.name] = "" if value in (None, "") else str(value)
    for many in row._meta.many_to_many:
        found[many.name] = ", ".join(str(other) for other in getattr(row, many.name).all())
    return found


def parts_of(parts: Any) -> list[list[str]]:
    """What became of the rows that belong to the row: added, taken away, changed."""
    if parts is None:
        return []
    return [
        *(["parts", "", str(row)] for row in parts.new_objects),
        *(["parts", str(row), ""] for row in parts.deleted_objects),
        *(["parts", str(row), str(row)] for row, _fields in parts.changed_objects),
    ]


def record(row: Model, before: Words, by: Staff, parts: Iterable[list[str]] = ()) -> None:
    """One line for what was saved; none when nothing changed."""
    after = words_of(row)
    details = [
        [name, "", ""] if name in UNTOLD else [name, before.get(name, "")[:SHOWN], after[name][:SHOWN]]
        for name in after
        if before and before.get(name) != after[name]
    ] + list(parts)
    if details or not before:
        record_as(ChangeKind.CHANGED if before else ChangeKind.ADDED, row, by, details)


def record_as(kind: ChangeKind, row: Model, by: Staff, details: list[list[str]] | None = None) -> None:
    """One line of this kind."""
    TableChange.objects.create(
        staff=by,
        table=str(row._meta.model_name),
        row=row.pk,
        row_name=str(row)[:SHOWN],
        kind=kind,
        details=details or [],
    )
