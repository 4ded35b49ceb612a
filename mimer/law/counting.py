"""Counting: every function gives a date together with the steps that lead to it, so that it can be explained."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Generic, NamedTuple, TypeVar

from mimer.law.calendar import SATURDAY, Calendar
from mimer.law.regimes import Regime, Unit

# Long enough for every period in the law; a calendar that is closed for longer is a mistake.
_SEARCHED = timedelta(days=3660)
_ONE_DAY = timedelta(days=1)


class StepKind(StrEnum):
    """What happened to the count on a day."""

    RECEIVED = "received"  # day 0, not counted (2577 art. 8/1)
    COUNTED = "counted"
    HOURS = "hours"  # so many minutes of the business clock; named where a half day cut them short
    HALF_DAY = "half_day"  # counted, although a holiday begins at noon
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    LEAVE = "leave"
    CLOSED = "closed"  # the house's own closure
    LAST_DAY = "last_day"
    ACT_BY = "act_by"  # brought forward, because the last day is no working day
    # A clock that stood still, and from where it runs on with so much left (days, or minutes of the business clock).
    STOPPED = "stopped"
    RESUMED = "resumed"
    EXTENDED = "extended"  # from here to so many days in all


class Step(NamedTuple):
    """One day of the account: the day, what it did to the count, the holiday's name, and how many are counted so far."""

    day: date
    what: StepKind
    why_tr: str = ""
    why_en: str = ""
    counted: int | None = None


Due = TypeVar("Due", date, datetime)


@dataclass(frozen=True, slots=True)
class Counted(Generic[Due]):
    """A date and its account."""

    due: Due
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class LegalDue:
    """A legal period's last day, the last working day on which it can still be met, and the account of both."""

    last_day: date
    act_by: date
    steps: tuple[Step, ...]


def legal_due(regime: Regime, received: date, calendar: Calendar, *, extended: bool = False) -> LegalDue:
    """Count a regime's period from the local day of receipt, with its lawful extension if that was taken.

    Court periods move past a holiday; an administration's own answer does not, so it must act before it.
    """
    period = regime.extended_period if extended else regime.period
    if period is None:
        raise ValueError(f"{regime.code} has no {'extension' if extended else 'period of its own'}")
    if regime.unit is Unit.CALENDAR_DAYS:
        counted = add_calendar_days(received, period)
    elif regime.unit is Unit.WORKING_DAYS:
        counted = add_working_days(received, period, calendar)
    elif regime.unit is Unit.MONTHS:
        counted = add_months(received, period)
    else:
        raise ValueError(f"{regime.code} is counted by the hour, not by the day")
    before = last_working_day_on_or_before(counted.due, calendar)
    return LegalDue(counted.due, before.due, counted.steps + before.steps)


def add_calendar_days(received: date, days: int) -> Counted[date]:
    """Count every day from the day after receipt; holidays inside the period count (2577 art. 8)."""
    _not_negative(days)
    last = _day_of(received) + timedelta(days=days)
    return Counted(last, (Step(_day_of(received), StepKind.RECEIVED), Step(last, StepKind.LAST_DAY, counted=days)))


def add_months(received: date, months: int) -> Counted[date]:
    """Count whole months: to the day with the same number, or the month's last where there is none."""
    _not_negative(months)
    first = _day_of(received)
    years, month = divmod(first.month - 1 + months, 12)
    year, month = first.year + years, month + 1
    last = date(year, month, min(first.day, monthrange(year, month)[1]))
    return Counted(last, (Step(first, StepKind.RECEIVED), Step(last, StepKind.LAST_DAY, counted=months)))


def add_working_days(received: date, days: int, calendar: Calendar) -> Counted[date]:
    """Count working days from the day after receipt."""
    _not_negative(days)
    day = _day_of(received)
    steps = [Step(day, StepKind.RECEIVED)]
    counted = 0
    while counted < days:
        day += _ONE_DAY
        if calendar.is_working_day(day):
            counted += 1
            half = calendar.holiday_on(day)
            if half:
                steps.append(Step(day, StepKind.HALF_DAY, half.name_tr, half.name_en, counted))
            else:
                steps.append(Step(day, StepKind.COUNTED, counted=counted))
        else:
            steps.append(_passed_over(day, calendar))
            _stop_if_endless(day, received)
    steps.append(Step(day, StepKind.LAST_DAY, counted=days))
    return Counted(day, tuple(steps))


def last_working_day_on_or_before(day: date, calendar: Calendar) -> Counted[date]:
    """Bring a day forward to the last working day on which one can still act."""
    first = day = _day_of(day)
    steps: list[Step] = []
    while not calendar.is_working_day(day):
        steps.append(_passed_over(day, calendar))
        day -= _ONE_DAY
        _stop_if_endless(first, day)
    if day != first:
        steps.append(Step(day, StepKind.ACT_BY))
    return Counted(day, tuple(steps))


def add_elapsed_hours(start: datetime, hours: float) -> datetime:
    """Add hours by the wall clock, day and night (the 72 hours of a data breach)."""
    _not_negative(hours)
    return start + timedelta(hours=hours)


def count_elapsed_hours(start: datetime, hours: float) -> Counted[datetime]:
    """The same with its account."""
    due = add_elapsed_hours(start, hours)
    minutes = int(hours * 60)
    return Counted(
        due,
        (
            Step(start.date(), StepKind.RECEIVED, f"{start:%H:%M}"),
            Step(due.date(), StepKind.HOURS, counted=minutes),
            Step(due.date(), StepKind.LAST_DAY, f"{due:%H:%M}"),
        ),
    )


def add_business_hours(start: datetime, hours: float, calendar: Calendar) -> Counted[datetime]:
    """Add opening hours to a local moment; the clock stands still at night, on holidays, half days and leave."""
    _not_negative(hours)
    if not calendar.ever_open:
        raise ValueError("the calendar has no opening hours, so its business clock never runs")
    left = timedelta(hours=hours)
    day = start.date()
    steps = [Step(day, StepKind.RECEIVED, f"{start:%H:%M}")]
    while True:
        before = left
        spans = calendar.open_spans(day, start.tzinfo)
        for opens, closes in spans:
            begins = max(opens, start)
            if begins < closes and left <= closes - begins:
                due = begins + left
                return Counted(
                    due, (*steps, _worked(day, before, calendar), Step(day, StepKind.LAST_DAY, f"{due:%H:%M}"))
                )
            left -= max(closes - begins, timedelta())
        steps.append(_worked(day, before - left, calendar) if spans else _passed_over(day, calendar))
        day += _ONE_DAY
        _stop_if_endless(day, start.date())


def _worked(day: date, time_counted: timedelta, calendar: Calendar) -> Step:
    """The minutes of one day on which the business clock ran, with the name of what cut the day short."""
    short = calendar.holiday_on(day) or calendar.closure_on(day)
    minutes = int(time_counted.total_seconds()) // 60
    return Step(day, StepKind.HOURS, short.name_tr if short else "", short.name_en if short else "", minutes)


def business_hours_between(start: datetime, end: datetime, calendar: Calendar) -> timedelta:
    """Measure the opening hours between two local moments; negative where the second comes first."""
    if end < start:
        return -business_hours_between(end, start, calendar)
    end = end.astimezone(start.tzinfo) if start.tzinfo else end
    total = timedelta()
    day = start.date()
    while day <= end.date():
        for opens, closes in calendar.open_spans(day, start.tzinfo):
            total += max(min(closes, end) - max(opens, start), timedelta())
        day += _ONE_DAY
    return total


def _passed_over(day: date, calendar: Calendar) -> Step:
    holiday = calendar.holiday_on(day)
    if holiday is not None:
        return Step(day, StepKind.HOLIDAY, holiday.name_tr, holiday.name_en)
    closure = calendar.closure_on(day)
    if day.weekday() >= SATURDAY or closure is None:
        return Step(day, StepKind.WEEKEND)
    return Step(day, StepKind.LEAVE if closure.is_leave else StepKind.CLOSED, closure.name_tr, closure.name_en)


def _day_of(moment: date) -> date:
    """Take the date of a moment; a datetime is a date in Python but compares with none."""
    return moment.date() if isinstance(moment, datetime) else moment


def _not_negative(amount: float) -> None:
    if amount < 0:
        raise ValueError(f"a period cannot be negative: {amount}")


def _stop_if_endless(day: date, start: date) -> None:
    if day - _day_of(start) > _SEARCHED:
        raise ValueError("the calendar leaves no working day within ten years")
