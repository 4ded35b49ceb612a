"""The demo's applications: a few hundred lives from their first word, opened and led on by the real verbs."""

import json
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from mimer.cases import actions, feed
from mimer.cases.actions import Opening
from mimer.cases.actions.opening import Place
from mimer.cases.actors import Actor, Citizen
from mimer.cases.legal import WRITTEN
from mimer.cases.models import AttachmentKind, Case, Event, SignatureKind
from mimer.cases.paper import SIGNED_BY_DOOR, Paper
from mimer.municipality.kinds import Channel, Evidence
from mimer.municipality.seed import HERE
from mimer.notify.reading import READER

from .cast import Cast
from .lives import Life
from .nights import fill_roster
from .photos import demo_photo

BATCH = 40
# What happened before is told already, so the call list and the print queue begin with the last days.
TOLD_BEFORE = timedelta(days=3)
BY_STAFF = frozenset({Channel.PHONE, Channel.DESK, Channel.PETITION, Channel.SOCIAL, Channel.MUHTAR, Channel.CIMER})
IN_OFFICE = frozenset({Channel.DESK, Channel.PETITION, Channel.UNIT})
Progress = Callable[[int, int], None]


def load_cases(name: str, progress: Progress = lambda _done, _total: None) -> int:
    """Makes the applications of `mimer/municipality/<name>/` that are not here yet; returns how many were made."""
    rows: list[dict[str, Any]] = json.loads((HERE / name / "demo_cases.json").read_text(encoding="utf-8"))
    here = set(Case.objects.filter(source_id__in=[source_of(n, row) for n, row in enumerate(rows)]).values_list(
        "channel", "source_id"
    ))  # fmt: skip
    now = timezone.now()
    missing = [
        (received_at(n, row, now), n, row)
        for n, row in enumerate(rows)
        if (row["channel"], source_of(n, row)) not in here
    ]
    if not missing:
        return 0
    cast, last = Cast(HERE / name), Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    fill_roster(cast, now)
    missing.sort(key=lambda entry: entry[:2])  # numbers are given in the order of receipt
    for start in range(0, len(missing), BATCH):
        with transaction.atomic():
            for moment, number, row in missing[start : start + BATCH]:
                Life(_open(row, number, moment, cast), row, number, cast, now).live()
        progress(min(start + BATCH, len(missing)), len(missing))
    _merge(rows, cast, now)
    _tell_no_old_news(last, now)
    return len(missing)


def source_of(number: int, row: dict[str, Any]) -> str:
    """By what the application is known again: the outside number, or its place in the file."""
    return str(row.get("external_ref") or f"demo-{number + 1:03d}")


def received_at(number: int, row: dict[str, Any], now: datetime) -> datetime:
    """When it came: so many days ago at a believable hour, on a working day where somebody had to come by."""
    rng = random.Random(f"received {number}")  # noqa: S311 - the same every time
    if row["days_ago"] == 0:
        return now - timedelta(minutes=rng.randint(15, 200))
    day = timezone.localtime(now) - timedelta(days=row["days_ago"])
    if row["channel"] in IN_OFFICE:
        day -= timedelta(days=max(0, day.weekday() - 4))
    first, last = (8, 16) if row["channel"] in IN_OFFICE else (7, 22)
    return day.replace(hour=rng.randint(first, last), minute=rng.randrange(60), second=rng.randrange(60))


def _open(row: dict[str, Any], number: int, moment: datetime, cast: Cast) -> Case:
    channel, subject = row["channel"], cast.subjects[row["subject_code"]]
    language = row.get("language", "tr")
    nameless = row["anonymous"] and row["fate"] != "waiting_applicant"  # who is asked something is known
    opening = Opening(
        row["text"], subject, channel, row["type"], answers=_answers(row, cast, moment), place=_place(row, number, cast),
        applicant=None if nameless else cast.applicant(number, channel, language),
        source_id=source_of(number, row), received_at=moment, language=language,
        external_number=source_of(number, row) if channel == Channel.CIMER else "",
        paper=_paper(row, channel, nameless) if channel in WRITTEN else None,
    )  # fmt: skip
    by: Actor = Citizen(channel)
    if channel in BY_STAFF:
        by = cast.agent(number)
    elif channel == Channel.UNIT:
        by = cast.opener(subject.unit, number)
    case = actions.open_case(opening, by=by, at=moment)
    if channel in (Channel.WEB, Channel.WHATSAPP) and subject.evidence == Evidence.PHOTO and number % 2:
        actions.attach(case, demo_photo(number, mended=False), AttachmentKind.CITIZEN, by=Citizen(channel), at=moment)
    return case


def _answers(row: dict[str, Any], cast: Cast, moment: datetime) -> dict[str, object]:
    """The answers as a door would send them: days counted from the application become dates."""
    kinds = cast.question_kinds(row["subject_code"])
    return {
        code: (timezone.localtime(moment).date() + timedelta(days=int(answer))).isoformat()
        if kinds.get(code) == "date"
        else answer
        for code, answer in row["answers"].items()
    }


def _paper(row: dict[str, Any], channel: str, nameless: bool) -> Paper:
    """A whole petition, but for those that were not examined since something was missing."""
    whole = row.get("not_examined_ground") != "missing_elements"
    signature = SIGNED_BY_DOOR.get(Channel(channel), SignatureKind.WET)
    return Paper(signature if whole else SignatureKind.NONE, has_name=not nameless, has_address=whole)


def _place(row: dict[str, Any], number: int, cast: Cast) -> Place:
    neighbourhood = cast.places.get(row["neighbourhood_slug"] or "")
    parcel = row["parcel"] or {}
    place = Place(
        address=row["address"], neighbourhood=neighbourhood, block=parcel.get("block", ""), lot=parcel.get("lot", "")
    )
    if neighbourhood and neighbourhood.lat and neighbourhood.lon and row["address"]:
        rng = random.Random(f"place {row['address']} {neighbourhood.slug}")  # noqa: S311 - the same street lies at the same spot
        place.lat = round(neighbourhood.lat + rng.uniform(-0.003, 0.003), 6)
        place.lon = round(neighbourhood.lon + rng.uniform(-0.004, 0.004), 6)
    return place


def _merge(rows: list[dict[str, Any]], cast: Cast, now: datetime) -> None:
    """Supporters find their main record once all are there."""
    with transaction.atomic():
        for number, row in enumerate(rows):
            if row["fate"] != "merged":
                continue
            case, main = _case(number, row), _case(row["merged_into"], rows[row["merged_into"]])
            if not case.merges.exists():
                at = max(case.changed_at, main.received_at) + (now - max(case.changed_at, main.received_at)) * 0.2
                actions.merge(case, main, by=cast.who_may("merge", case, number), at=at)


def _case(number: int, row: dict[str, Any]) -> Case:
    return Case.objects.get(channel=row["channel"], source_id=source_of(number, row))


def _tell_no_old_news(last: int, now: datetime) -> None:
    old = Event.objects.filter(pk__gt=last, at__lt=now - TOLD_BEFORE)
    with transaction.atomic():
        feed.mark(READER, old)
