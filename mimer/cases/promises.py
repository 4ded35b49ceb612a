"""The ledger of promises: every date told to a citizen is a row, settled by what was done and never rewritten."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from .clocks import house_calendar
from .models import Case, Promise, PromiseEnd, PromiseKind


def promise(case: Case, kind: PromiseKind, due: date | datetime, at: datetime, event: int) -> Promise:
    """A new row, unsaved, for a date that the event at this place of the chain tells."""
    day = timezone.localtime(due).date() if isinstance(due, datetime) else due
    unit = case.unit_id or case.subject.unit_id
    return Promise(case=case, kind=kind, unit_id=unit, due_on=day, made_at=at, event=event)


def promise_anew(case: Case, kind: PromiseKind, due: date | datetime, at: datetime, event: int) -> Promise:
    """The same saved, in the place of every date that still stood: the citizen holds us to the last one she heard."""
    settle(case, PromiseEnd.MOVED, at)
    made = promise(case, kind, due, at, event)
    made.save()
    return made


def settle(case: Case, ending: PromiseEnd, at: datetime) -> int:
    """Ends what is still open; whether it was kept is then a matter of the two dates. Returns how many."""
    return case.promises.filter(settled_on=None).update(settled_on=timezone.localtime(at).date(), ending=ending)


def hand_over(case: Case) -> None:
    """An open promise goes with the case to another unit, which then keeps or breaks it."""
    case.promises.filter(settled_on=None).exclude(unit=case.unit_id).update(unit=case.unit_id)


def promises_end_by(today: date) -> date:
    """The last day of which a promise asks for a new date today: the next working day, when it would be too late."""
    calendar, day = house_calendar(), today + timedelta(days=1)
    while not calendar.is_working_day(day):
        day += timedelta(days=1)
    return day
