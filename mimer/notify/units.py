"""The other way round: a unit hears at once of an urgent case, and each morning of what waits for it."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from mimer.cases.clocks import house_calendar
from mimer.cases.models import Case, Event
from mimer.cases.queries import CaseQuerySet
from mimer.cases.states import State
from mimer.municipality.kinds import Priority, Way
from mimer.municipality.models import Municipality, SensitiveAccess, Staff, Unit
from mimer.municipality.named import in_language
from mimer.turkish import long_date, short_date

from . import letters
from .models import Message
from .ways import mail_ready

LISTED = 30
URGENT, DIGEST = "urgent", "digest"


def tell_unit(event: Event) -> Message | None:
    """The mail to a unit's representative about an urgent case that was just routed to it, not yet saved."""
    case = event.case
    if event.verb != "route" or case.priority != Priority.URGENT or mail_ready():
        return None
    staff = reader_of(Unit.objects.get(pk=event.facts["unit"]))
    if staff is None or not _may_read(staff, case):
        return None
    language = letters.known_language(staff.language)
    words = {
        "name": staff.full_name, "number": case.number, "subject": in_language(case.subject, "name", language),
        "place": case.place_line, "due": _day(case.due_at, language), "link": _page(f"basvuru/{case.number}/"),
        "municipality": Municipality.get().name,
    }  # fmt: skip
    return _mail(f"event:{event.pk}:unit", URGENT, staff, words, case)


def send_digests(now: datetime | None = None) -> int:
    """One mail a working day to each representative for whose units something is new or late; returns how many."""
    today = timezone.localdate(now)
    if mail_ready() or not house_calendar().is_working_day(today):
        return 0
    units: dict[Staff, list[Unit]] = defaultdict(list)
    for unit in Unit.objects.filter(active=True).select_related("representative", "deputy", "head"):
        if staff := reader_of(unit):
            units[staff].append(unit)
    letters_ready = [_digest(staff, theirs, today.isoformat()) for staff, theirs in units.items()]
    found = [message for message in letters_ready if message]
    # A second run of the same morning finds its keys taken and adds nothing.
    Message.objects.bulk_create(found, ignore_conflicts=True)
    return len(found)


def reader_of(unit: Unit) -> Staff | None:
    """Who reads the unit's mail: the representative, else the deputy, else the head; demo sign-ins have no mailbox."""
    people = (unit.representative, unit.deputy, unit.head)
    return next((staff for staff in people if staff and staff.is_active and not staff.is_demo), None)


def _digest(staff: Staff, units: Iterable[Unit], day: str) -> Message | None:
    readable = _readable(staff).filter(unit__in=list(units))
    new = readable.in_state(State.ASSIGNED).select_related("subject").order_by("received_at", "pk")
    late = readable.overdue(timezone.now()).count()
    count = new.count()
    if not count and not late:
        return None
    language = letters.known_language(staff.language)
    words = {
        "name": staff.full_name, "count": str(count or ""), "late": str(late or ""), "link": _page("gelen/"),
        "cases": "\n".join(_line(case, language) for case in new[:LISTED]),
        "more": str(count - LISTED) if count > LISTED else "", "municipality": Municipality.get().name,
        "date": long_date(timezone.localdate(), language=language),
    }  # fmt: skip
    return _mail(f"digest:{staff.pk}:{day}", DIGEST, staff, words)


def _line(case: Case, language: str) -> str:
    due = short_date(timezone.localtime(case.due_at).date(), language=language) if case.due_at else ""
    return " · ".join(filter(None, (case.number, in_language(case.subject, "name", language), due)))


def _readable(staff: Staff) -> CaseQuerySet:
    """Without the sensitive cases for which she is not named."""
    named = SensitiveAccess.objects.filter(staff=staff).values("subject")
    return Case.objects.filter(Q(sensitive=False) | Q(subject__in=named))


def _may_read(staff: Staff, case: Case) -> bool:
    return not case.sensitive or SensitiveAccess.objects.filter(staff=staff, subject=case.subject_id).exists()


def _mail(key: str, letter: str, staff: Staff, words: dict[str, str], case: Case | None = None) -> Message:
    language = letters.known_language(staff.language)
    text = letters.write(letter, Way.EMAIL, language, words, letters.TO_UNITS)
    now = timezone.now()
    return Message(
        key=key, letter=letter, way=Way.EMAIL, language=language, staff=staff, case=case, subject=text.subject[:300],
        body=text.body, made_at=now, next_attempt_at=now,
    )  # fmt: skip


def _page(path: str) -> str:
    return f"{settings.PUBLIC_URL.rstrip('/')}/is/{path}"


def _day(moment: datetime | None, language: str) -> str:
    return long_date(timezone.localtime(moment).date(), language=language) if moment else ""
