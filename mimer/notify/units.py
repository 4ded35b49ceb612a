"""The other way round: a unit hears at once of an urgent case; what the morning's letter has to tell is kept until then."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from mimer.cases.models import Case, Event
from mimer.cases.queries import CaseQuerySet
from mimer.municipality.kinds import Priority, Way
from mimer.municipality.models import Municipality, SensitiveAccess, Staff, Unit
from mimer.municipality.named import in_language
from mimer.turkish import long_date

from . import letters
from .listeners import Posts
from .models import Message, Reminder
from .ways import mail_ready

URGENT = "urgent"


def tell_unit(event: Event) -> Message | None:
    """The mail to a unit's representative about an urgent case that was just routed to it, not yet saved."""
    case = event.case
    if event.verb != "route" or case.priority != Priority.URGENT or mail_ready():
        return None
    staff = Posts(timezone.localdate()).reader(Unit.objects.get(pk=event.facts["unit"]))
    if staff is None or not may_read(staff, case):
        return None
    language = letters.known_language(staff.language)
    words = {
        "name": staff.full_name, "number": case.number, "subject": in_language(case.subject, "name", language),
        "place": case.place_line, "due": _day(case.due_at, language), "link": page(f"basvuru/{case.number}/"),
        "municipality": Municipality.get().name,
    }  # fmt: skip
    return to_staff(f"event:{event.pk}:unit", URGENT, staff, words, case)


def keep_for_morning(events: Iterable[Event]) -> None:
    """Keeps the steps of the ladder that these events wrote down; call in the transaction that marks them as handled."""
    steps = [
        Reminder(event=event, case_id=event.case_id, clock=clock, percent=percent, at=event.at)
        for event in events
        if event.verb == "warn"
        for clock, percent in event.facts["steps"]
    ]
    if steps:
        Reminder.objects.bulk_create(steps)


def readable(staff: Staff) -> CaseQuerySet:
    """Without the sensitive cases for which she is not named."""
    named = SensitiveAccess.objects.filter(staff=staff).values("subject")
    return Case.objects.filter(Q(sensitive=False) | Q(subject__in=named))


def may_read(staff: Staff, case: Case) -> bool:
    """Whether she may hear of this case at all."""
    return not case.sensitive or SensitiveAccess.objects.filter(staff=staff, subject=case.subject_id).exists()


def to_staff(
    key: str, letter: str, staff: Staff, words: dict[str, str], case: Case | None = None, way: Way = Way.EMAIL
) -> Message:
    """A waiting message to a member of staff, in her language, not yet saved."""
    language = letters.known_language(staff.language)
    text = letters.write(letter, way, language, words, letters.TO_UNITS)
    now = timezone.now()
    return Message(
        key=key, letter=letter, way=way, language=language, staff=staff, case=case, subject=text.subject[:300],
        body=text.body, made_at=now, next_attempt_at=now,
    )  # fmt: skip


def page(path: str) -> str:
    """The full address of a page of the house's work."""
    return f"{settings.PUBLIC_URL.rstrip('/')}/is/{path}"


def _day(moment: datetime | None, language: str) -> str:
    return long_date(timezone.localtime(moment).date(), language=language) if moment else ""
