"""Alarms: an urgent case outside office hours, or one that promises hours, calls whoever is on duty until somebody has it."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from mimer.cases.clocks import house_calendar
from mimer.cases.models import Case, Event
from mimer.municipality.kinds import ClockKind, Priority, Way
from mimer.municipality.models import DutyShift, Municipality, SensitiveAccess, Staff, Unit
from mimer.municipality.named import in_language
from mimer.turkish import moment as in_words

from . import letters
from .listeners import Posts, has_mailbox
from .models import Alarm, AlarmCall, AlarmEnd, CalledAs, Message
from .units import page, to_staff
from .ways import WAYS, mail_ready
from .ways.sms import reaches_staff

AT_ONCE = 20
# What came to light later than this (a worker that stood still, history brought in) is the ladder's affair.
STALE = timedelta(hours=24)
ALARM = "alarm"
# With these a case comes to a unit; another priority may make it urgent where it already is.
ARRIVING = frozenset({"route", "reopen", "not_solved"})


def follow(events: Sequence[Event]) -> None:
    """Starts and ends the alarms these events ask for; call in the transaction that marks them as handled."""
    moved = [event for event in events if _is_taken(event)]
    if moved:
        running = Alarm.objects.filter(ended_at=None, case__in={event.case_id for event in moved})
        by_case = {alarm.case_id: alarm for alarm in running}
        for event in moved:
            alarm = by_case.get(event.case_id)
            if alarm is not None and event.pk > alarm.event_id:
                _end(alarm, AlarmEnd.TAKEN, event.staff_id)
    for event in events:
        if event.case.unit and _calls(event) and not Alarm.objects.filter(case=event.case_id, ended_at=None).exists():
            now = timezone.now()
            Alarm.objects.create(case=event.case, event=event, unit=event.case.unit, started_at=now, next_at=now)


def ring(now: datetime | None = None) -> int:
    """Calls the next person of every alarm whose time has come; however many workers ring, each turn is one call."""
    now = now or timezone.now()
    due = Alarm.objects.filter(ended_at=None, next_at__lte=now).order_by("next_at", "pk")
    return sum(_ring(pk, now) for pk in due.values_list("pk", flat=True)[:AT_ONCE])


def acknowledge(alarm: Alarm, *, by: Staff) -> bool:
    """ "Gördüm, ilgileniyorum": nobody else is called; False if it had ended before."""
    return _end(alarm, AlarmEnd.SEEN, by.pk)


def reached(alarm: Alarm, *, by: Staff) -> bool:
    """Somebody at the desk has told her by telephone; False if it had ended before."""
    return _end(alarm, AlarmEnd.REACHED, by.pk)


def call_next(alarm: Alarm) -> bool:
    """Whoever was called cannot be reached: the next has her turn at once; False if it had ended before."""
    return bool(Alarm.objects.filter(pk=alarm.pk, ended_at=None).update(next_at=timezone.now()))


def shown_to(staff: Staff) -> QuerySet[Alarm]:
    """Running alarms of whoever was called; at the desk also those for which nobody could be called."""
    called = Exists(AlarmCall.objects.filter(alarm=OuterRef("pk"), staff=staff))
    seen = Q(called) | (Q(unreached=True) & _readable_at_desk(staff) if staff.scope.at_desk else Q(pk__in=[]))
    return _running().filter(seen)


def calls_in_progress(staff: Staff) -> QuerySet[Alarm]:
    """What the desk's call list shows: every running alarm with whom to telephone now."""
    return _running().filter(_readable_at_desk(staff)).prefetch_related("calls__staff")


def _running() -> QuerySet[Alarm]:
    return (
        Alarm.objects.filter(ended_at=None)
        .select_related("case__subject", "case__neighbourhood", "unit")
        .order_by("pk")
    )


def _readable_at_desk(staff: Staff) -> Q:
    return Q(case__sensitive=False) | Q(case__subject__in=staff.scope.sensitive_subject_ids)


def people_to_call(unit: Unit, case: Case, at: datetime) -> list[tuple[Staff, CalledAs]]:
    """Whom to call, in this order: those on duty for the unit, then for the house, then the unit's posts upwards."""
    posts = Posts(timezone.localdate(at))
    unit = posts.units.get(unit.pk, unit)
    shifts = [row for row in DutyShift.objects.at(at).select_related("staff") if row.unit_id in (None, unit.pk)]
    order = [(posts.present(row.staff), CalledAs.DUTY) for row in sorted(shifts, key=lambda row: row.unit_id is None)]
    order += [
        (posts.present(unit.representative), CalledAs.REPRESENTATIVE), (posts.present(unit.deputy), CalledAs.DEPUTY),
        (posts.head(unit), CalledAs.HEAD), (posts.deputy_mayor(unit), CalledAs.DEPUTY_MAYOR),
    ]  # fmt: skip
    readers = SensitiveAccess.objects.filter(subject=case.subject_id).values_list("staff", flat=True)
    named = set(readers) if case.sensitive else None
    found: dict[int, tuple[Staff, CalledAs]] = {}
    for staff, called_as in order:
        if staff is not None and (named is None or staff.pk in named):
            found.setdefault(staff.pk, (staff, called_as))
    return list(found.values())


def _is_taken(event: Event) -> bool:
    """Somebody has the case in hand, or it is no longer this unit's."""
    return event.from_state != event.to_state or event.verb in ("route", "merge")


def _calls(event: Event) -> bool:
    """Whether this event calls whoever is on duty, as the case stands by now."""
    case = event.case
    if case.unit is None or not case.is_open or not case.unit.active or event.at < timezone.now() - STALE:
        return False
    if event.verb in ARRIVING:
        arrived = event.to_state == case.state and event.facts.get("unit", case.unit_id) == case.unit_id
        return arrived and _is_urgent(case, event.at)
    raised = event.verb == "reclassify" and event.facts.get("from_priority", Priority.URGENT) != Priority.URGENT
    return raised and case.priority == Priority.URGENT and _is_urgent(case, event.at)


# A subject that promises to be there within so many hours by the wall clock waits for no unit to look into its inbox.
WITHIN_HOURS = 4


def calls_at_night(case: Case) -> bool:
    """Whether a case of this kind calls whoever is on duty, at one hour or another."""
    return _promises_hours(case) or case.priority == Priority.URGENT


def _promises_hours(case: Case) -> bool:
    return case.clock == ClockKind.ELAPSED and 0 < case.target_hours <= WITHIN_HOURS


def _is_urgent(case: Case, at: datetime) -> bool:
    return _promises_hours(case) or (case.priority == Priority.URGENT and not is_open(case.unit_id, at))


def is_open(unit: int | None, at: datetime) -> bool:
    """Whether the unit keeps office hours at that moment."""
    local = timezone.localtime(at)
    spans = house_calendar(unit).open_spans(local.date(), local.tzinfo)
    return any(start <= local < end for start, end in spans)


def _ring(pk: int, now: datetime) -> int:
    wait = timedelta(minutes=max(1, Municipality.get().duty_minutes))
    with transaction.atomic():
        alarm = Alarm.objects.select_related("case__subject", "case__neighbourhood", "unit").get(pk=pk)
        mine = Alarm.objects.filter(pk=pk, ended_at=None, turn=alarm.turn, next_at__lte=now)
        if not mine.update(turn=F("turn") + 1, next_at=now + wait):
            return 0
        if not _still_waits(alarm):
            _end(alarm, AlarmEnd.TAKEN, None)
            return 1
        _call(alarm, now)
    return 1


def _still_waits(alarm: Alarm) -> bool:
    """Nobody has moved the case since; the event that says so may still be unread."""
    case = alarm.case
    if not case.is_open or case.unit_id != alarm.unit_id:
        return False
    moves = Event.objects.filter(case=case, pk__gt=alarm.event_id).exclude(from_state=F("to_state"))
    return not moves.exists()


def _call(alarm: Alarm, now: datetime) -> None:
    """Calls whoever was called least, first in order; that nobody is there is written down once."""
    calls = list(alarm.calls.all())
    times = {staff: sum(1 for call in calls if call.staff_id == staff) for staff in {call.staff_id for call in calls}}
    people = people_to_call(alarm.unit, alarm.case, now)
    person = min(people, key=lambda found: times.get(found[0].pk, 0), default=None)
    unreached = person is None
    if alarm.unreached != unreached:
        Alarm.objects.filter(pk=alarm.pk).update(unreached=unreached)
    if person is not None:
        AlarmCall.objects.create(alarm=alarm, staff=person[0], called_as=person[1], turn=alarm.turn + 1, at=now)
        Message.objects.bulk_create(_messages(alarm, person[0]))
    elif not calls or calls[-1].staff_id is not None:
        AlarmCall.objects.create(alarm=alarm, called_as=CalledAs.NOBODY, turn=alarm.turn + 1, at=now)


def _messages(alarm: Alarm, staff: Staff) -> Iterable[Message]:
    """The same call by the ways that can carry it; her screen shows it anyway."""
    case, language = alarm.case, letters.known_language(staff.language)
    words = {
        "name": staff.full_name, "number": case.number, "subject": in_language(case.subject, "name", language),
        "place": case.place_line, "due": in_words(timezone.localtime(case.due_at), language=language) if case.due_at else "",
        "link": page(f"basvuru/{case.number}/"), "minutes": str(Municipality.get().duty_minutes),
        "municipality": Municipality.get().name,
    }  # fmt: skip
    ways = [Way.EMAIL] if has_mailbox(staff) and not mail_ready() else []
    ways += [Way.SMS] if has_mailbox(staff) and not WAYS[Way.SMS].missing() and reaches_staff(staff) else []
    return [to_staff(f"alarm:{alarm.pk}:{alarm.turn + 1}:{way}", ALARM, staff, words, case, way) for way in ways]


def _end(alarm: Alarm, ending: AlarmEnd, staff: int | None) -> bool:
    running = Alarm.objects.filter(pk=alarm.pk, ended_at=None)
    return bool(running.update(ended_at=timezone.now(), ended_by=staff, ending=ending, unreached=False))
