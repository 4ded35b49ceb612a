"""Pages that begin where the last one ended: by key, never by counting, so that the thousandth costs what the first does."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Q

from .models import Case
from .queries import CaseQuerySet

SIZE = 50


@dataclass(frozen=True)
class Page:
    """One page of cases and the key from which the next one goes on ("" at the end)."""

    cases: list[Case]
    following: str = ""


def newest_page(cases: CaseQuerySet, after: str = "", size: int = SIZE) -> Page:
    """By day of receipt, newest first."""
    if key := _read(after):
        at, pk = key
        cases = cases.filter(Q(received_at__lt=at) | Q(pk__lt=pk), received_at__lte=at)
    found = list(cases.order_by("-received_at", "-pk")[: size + 1])
    return Page(found[:size], _write(found[size - 1].received_at, found[size - 1].pk) if len(found) > size else "")


def most_urgent_page(cases: CaseQuerySet, after: str = "", size: int = SIZE) -> Page:
    """By what is due first, to the citizen or by law; cases for which nothing runs come last."""
    key = _read(after)
    found: list[Case] = []
    if not after.startswith("-"):
        due = cases.filter(first_due_at__isnull=False)
        if key:
            due = due.filter(Q(first_due_at__gt=key[0]) | Q(pk__gt=key[1]), first_due_at__gte=key[0])
        found = list(due.order_by("first_due_at", "pk")[: size + 1])
    if len(found) <= size:
        rest = cases.filter(first_due_at__isnull=True)
        if after.startswith("-") and (pk := _id(after[1:])) is not None:
            rest = rest.filter(pk__gt=pk)
        found += list(rest.order_by("pk")[: size + 1 - len(found)])
    if len(found) <= size:
        return Page(found)
    last = found[size - 1]
    return Page(found[:size], _write(last.first_due_at, last.pk) if last.first_due_at else f"-{last.pk}")


def _write(at: datetime, pk: int) -> str:
    return f"{at.timestamp():.6f}_{pk}"


def _read(after: str) -> tuple[datetime, int] | None:
    """The key of a page; whatever is not one begins from the start."""
    moment, _sign, typed = after.partition("_")
    pk = _id(typed)
    try:
        return (datetime.fromtimestamp(float(moment), tz=UTC), pk) if pk is not None else None
    except (ValueError, OverflowError, OSError):
        return None


def _id(typed: str) -> int | None:
    """An id as an address holds it: no other signs than digits, and no more than a database keeps."""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= 18 else None
