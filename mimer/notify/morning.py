"""The morning's letter: one a person and working day, with what she must do, what is new in her units and what is late."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone, translation

from mimer.cases.clocks import house_calendar
from mimer.cases.ladder import LEGAL, PROMISE, SAID, SERVICE
from mimer.cases.models import Case
from mimer.cases.promises import promises_end_by
from mimer.cases.states import State
from mimer.municipality.models import Municipality, SensitiveAccess, Staff, Unit
from mimer.municipality.named import in_language
from mimer.turkish import long_date, short_date

from . import letters
from .listeners import Posts
from .models import Message, Reminder
from .units import page, readable, to_staff
from .ways import mail_ready

LISTED = 30
DIGEST = "digest"
# What nobody could be told for so long the inbox says better.
FORGOTTEN = timedelta(days=30)
# The parts of the letter, by what must be done.
BREAKING, BROKEN, LAW, TARGET = "breaking", "broken", "law", "target"


def send_digests(now: datetime | None = None) -> int:
    """Writes the letters of the morning, all in one transaction with what they tell; returns how many.

    A second run of the same day finds them written and adds nothing; after a day without a worker nothing is lost.
    """
    now = now or timezone.now()
    today = timezone.localdate(now)
    if mail_ready() or not house_calendar().is_working_day(today):
        return 0
    with transaction.atomic():
        if Message.objects.filter(letter=DIGEST, key__endswith=f":{today.isoformat()}").exists():
            return 0
        Reminder.objects.filter(at__lt=now - FORGOTTEN).delete()
        kept = list(Reminder.objects.select_related("case__subject", "case__unit").order_by("pk"))
        posts = Posts(today)
        theirs = _by_person(kept, posts, today)
        units = _units_by_reader(posts)
        written = [_letter(staff, theirs.get(staff, {}), units.get(staff, []), today) for staff in {**units, **theirs}]
        found = [message for message in written if message]
        Message.objects.bulk_create(found)
        Reminder.objects.filter(pk__in=[row.pk for row in kept]).delete()
    return len(found)


# The part of a letter -> its reminders, the most pressing of each case and clock.
Parts = dict[str, list[Reminder]]


def _by_person(kept: Iterable[Reminder], posts: Posts, today: date) -> dict[Staff, Parts]:
    """Whom each step concerns; what has been settled meanwhile is no news any more."""
    last = {(row.case_id, row.clock): row for row in kept}
    named = _named_staff()
    desk = next((unit for unit in posts.units.values() if unit.is_desk), None)
    found: dict[Staff, Parts] = defaultdict(lambda: defaultdict(list))
    for row in last.values():
        part = _part(row, today)
        unit = posts.units.get(row.case.unit_id or 0) or desk
        if not part or unit is None:
            continue
        for staff in posts.listeners(unit, row.percent):
            if not row.case.sensitive or (row.case.subject_id, staff.pk) in named:
                found[staff][part].append(row)
    for parts in found.values():
        _say_once(parts)
    return found


def _say_once(parts: Parts) -> None:
    """A promise about to break says all that its target would."""
    told = {row.case_id for part in (BREAKING, BROKEN) for row in parts.get(part, ())}
    if TARGET in parts:
        parts[TARGET] = [row for row in parts[TARGET] if row.case_id not in told]


def _part(row: Reminder, today: date) -> str:
    """Where a reminder stands in the letter, "" if it no longer holds."""
    case = row.case
    if row.clock == PROMISE and case.is_open and case.promised_on is not None:
        if case.promised_on < today:
            return BROKEN
        return BREAKING if case.promised_on <= promises_end_by(today) else ""
    if row.clock == LEGAL and case.owes_the_law:
        return LAW
    return TARGET if row.clock == SERVICE and case.is_open and case.due_at is not None else ""


def _named_staff() -> set[tuple[int, int]]:
    return set(SensitiveAccess.objects.values_list("subject_id", "staff_id"))


def _units_by_reader(posts: Posts) -> dict[Staff, list[Unit]]:
    found: dict[Staff, list[Unit]] = defaultdict(list)
    for unit in posts.units.values():
        if staff := posts.reader(unit):
            found[staff].append(unit)
    return found


def _letter(staff: Staff, parts: Parts, units: list[Unit], today: date) -> Message | None:
    """Her letter, or None when there is nothing to say."""
    language = letters.known_language(staff.language)
    cases = readable(staff).filter(unit__in=units)
    new = cases.in_state(State.ASSIGNED).select_related("subject").order_by("received_at", "pk")
    late, count = cases.overdue(timezone.now()).count(), new.count()
    if not parts and not count and not late:
        return None
    words = {
        "name": staff.full_name, "count": str(count or ""), "late": str(late or ""), "link": page("gelen/"),
        "cases": "\n".join(_new_line(case, language) for case in new[:LISTED]),
        "more": str(count - LISTED) if count > LISTED else "", "municipality": Municipality.get().name,
        "date": long_date(today, language=language),
    }  # fmt: skip
    for part in (BREAKING, BROKEN, LAW, TARGET):
        words |= _part_words(part, parts.get(part, []), language)
    return to_staff(f"{DIGEST}:{staff.pk}:{today.isoformat()}", DIGEST, staff, words)


def _part_words(part: str, rows: list[Reminder], language: str) -> dict[str, str]:
    """The heading's number and the lines of one part; empty words leave it out of the letter."""
    rows = sorted(rows, key=lambda row: (_day_of(row) or date.max, row.case_id))
    lines = [_step_line(row, language) for row in rows[:LISTED]]
    over = len(rows) - LISTED
    return {
        part: str(len(rows) or ""), f"{part}_cases": "\n".join(lines), f"{part}_more": str(over) if over > 0 else "",
    }  # fmt: skip


def _step_line(row: Reminder, language: str) -> str:
    with translation.override(language):
        said = "" if row.clock == PROMISE else str(SAID[row.clock, row.percent])
    return _line(row.case, _day_of(row), language, said)


def _day_of(row: Reminder) -> date | None:
    case = row.case
    if row.clock == SERVICE:
        return timezone.localtime(case.due_at).date() if case.due_at else None
    return case.promised_on if row.clock == PROMISE else case.legal_act_by


def _new_line(case: Case, language: str) -> str:
    return _line(case, timezone.localtime(case.due_at).date() if case.due_at else None, language)


def _line(case: Case, day: date | None, language: str, said: str = "") -> str:
    due = short_date(day, language=language) if day else ""
    return " · ".join(filter(None, (case.number, in_language(case.subject, "name", language), due, said)))
