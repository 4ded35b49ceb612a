"""The calendar the house works by, and the service clock: what the house promised for the subject."""

from datetime import datetime

from django.utils import timezone

from mimer import law
from mimer.municipality.kinds import ClockKind
from mimer.municipality.models import Holiday, Municipality, OpeningHours
from mimer.municipality.models.calendar import HolidayKind
from mimer.municipality.remembered import remembered

from .models import Case

OFF_THE_CALENDAR = {HolidayKind.ADMINISTRATIVE_LEAVE, HolidayKind.LOCAL}
# A year whose public holidays were not brought in yet is counted by the shipped ones, never as a year without any.
FIRST_YEAR, YEARS_AHEAD = 2016, 8


def house_calendar(unit_id: int | None = None) -> law.Calendar:
    """Holidays, closures and hours of a unit that keeps its own, else of the whole house."""
    calendars = _calendars()
    return calendars.get(unit_id) or calendars[None]


@remembered("house_calendars", seconds=60)
def _calendars() -> dict[int | None, law.Calendar]:
    days, house = list(Holiday.objects.all()), Municipality.get()
    closures = [
        law.Closure(day.date, day.name_tr, day.name_en, day.starts_at, day.kind == HolidayKind.ADMINISTRATIVE_LEAVE)
        for day in days
        if day.kind in OFF_THE_CALENDAR
    ]
    holidays = [
        law.Holiday(day.date, day.name_tr, day.name_en, day.starts_at)
        for day in days
        if day.kind not in OFF_THE_CALENDAR
    ]
    brought_in = {day.date.year for day in days if day.kind not in OFF_THE_CALENDAR and not day.edited}
    holidays += law.holidays_of_turkiye(years_covered() - brought_in)
    spans: dict[int | None, list[law.OpeningHours]] = {None: []}
    for row in OpeningHours.objects.all():
        spans.setdefault(row.unit_id, []).append(law.OpeningHours(row.weekday, row.opens, row.closes))
    return {
        unit: law.Calendar(
            holidays, closures, hours or law.Calendar.opening_hours, house.half_days_count, house.leave_days_count
        )
        for unit, hours in spans.items()
    }


def years_covered() -> set[int]:
    """The years whose holidays are known to the calendar of the house."""
    return set(range(FIRST_YEAR, timezone.localdate().year + YEARS_AHEAD + 1))


def service_due(start: datetime, hours: float, clock: str, unit_id: int | None = None) -> datetime:
    """When a service target of so many hours ends, counted from `start` (aware) by the hours of that unit."""
    return count_service(start, hours, clock, unit_id).due


def count_service(start: datetime, hours: float, clock: str, unit_id: int | None = None) -> law.Counted[datetime]:
    """The same with its account."""
    if clock == ClockKind.ELAPSED:
        return law.count_elapsed_hours(timezone.localtime(start), hours)
    return law.add_business_hours(timezone.localtime(start), hours, house_calendar(unit_id))


def set_service_clock(case: Case, start: datetime) -> None:
    """Copies the subject's promise onto the case and counts it from `start`."""
    case.target_hours, case.clock = case.subject.target_hours, case.subject.clock
    case.clock_from = start
    case.due_at = service_due(start, case.target_hours, case.clock, hours_of(case)) if case.target_hours else None


def hours_of(case: Case) -> int | None:
    """The unit by whose opening hours the case is counted."""
    return case.unit_id or case.subject.unit_id


def change_service_clock(case: Case) -> None:
    """Takes over the promise of another subject; a clock that stands still gains or loses the difference."""
    if case.clock_left is None:
        set_service_clock(case, case.clock_from or case.received_at)
        return
    gained = (case.subject.target_hours - case.target_hours) * 3600
    case.target_hours, case.clock = case.subject.target_hours, case.subject.clock
    case.clock_left = max(0, case.clock_left + gained)


def stop_service_clock(case: Case, now: datetime) -> None:
    """Stops it while the citizen is asked; what is left (seconds, never less than none) waits on the case."""
    if case.due_at is None:
        return
    left = time_between(now, case.due_at, case.clock, hours_of(case))
    case.clock_left, case.due_at = max(0, left), None


def time_between(start: datetime, end: datetime, clock: str, unit_id: int | None) -> int:
    """The seconds a service clock runs from one moment to another; negative where the second comes first."""
    if clock == ClockKind.ELAPSED:
        return int((end - start).total_seconds())
    calendar = house_calendar(unit_id)
    between = law.business_hours_between(timezone.localtime(start), timezone.localtime(end), calendar)
    return int(between.total_seconds())


def start_service_clock(case: Case, now: datetime) -> None:
    """Lets a stopped clock run on: it counts from later by what it stood still, so that who was late stays as late."""
    if case.clock_left is None:
        return
    start, hours = now, case.clock_left / 3600
    if case.clock_from:  # else history from elsewhere, of which only what was left is known
        stood = time_between(case.state_since, now, case.clock, hours_of(case))
        start = case.clock_from = service_due(case.clock_from, stood / 3600, case.clock, hours_of(case))
        hours = case.target_hours
    case.due_at = service_due(start, hours, case.clock, hours_of(case)) if case.target_hours else None
    case.clock_left = None
