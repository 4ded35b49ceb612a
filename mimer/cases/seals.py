"""The nightly seal: one digest over the last links of every chain that grew on a day, each seal holding the one before.

Whoever has noted a published seal can prove later that the history of that day, and of all days before, is as it was.
"""

import hashlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from .models import Event, Seal


def seal_days(now: datetime | None = None) -> list[Seal]:
    """Seals every local day since the last seal up to yesterday; the first seal is yesterday's."""
    yesterday = timezone.localdate(now) - timedelta(days=1)
    last = Seal.objects.order_by("date").last()
    day = last.date + timedelta(days=1) if last else yesterday
    made = []
    while day <= yesterday:
        events, digest = digest_of(day, last.digest if last else "")
        last, _new = Seal.objects.get_or_create(date=day, defaults={"events": events, "digest": digest})
        made.append(last)
        day += timedelta(days=1)
    return made


def broken_seals() -> Iterator[Seal]:
    """Seals that the events of their day no longer bear out, oldest first."""
    previous = ""
    for seal in Seal.objects.order_by("date"):
        if (seal.events, seal.digest) != digest_of(seal.date, previous):
            yield seal
        previous = seal.digest


def digest_of(day: date, previous: str) -> tuple[int, str]:
    """How many events the day has, and SHA-256 (hex) over the seal before and the end of each chain that grew."""
    seal = hashlib.sha256(previous.encode())
    events, end = 0, None
    for row in _events_of(day).iterator(5000):
        if end and end[0] != row[0]:
            seal.update(_line(end))
        events, end = events + 1, row
    if end:
        seal.update(_line(end))
    return events, seal.hexdigest()


def _events_of(day: date) -> "QuerySet[Event, tuple[int, int, str]]":
    zone = timezone.get_default_timezone()
    begins = datetime.combine(day, time.min, zone)
    rows = Event.objects.filter(at__gte=begins, at__lt=datetime.combine(day + timedelta(days=1), time.min, zone))
    return rows.order_by("case_id", "seq").values_list("case_id", "seq", "hash")


def _line(end: tuple[int, int, str]) -> bytes:
    return "{}:{}:{}\n".format(*end).encode()
