"""The calendar a municipality works by: holidays, administrative leave and opening hours, all handed in."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, tzinfo
from itertools import pairwise
from typing import TypeVar

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day off work (resmî tatil); with `starts_at` only from that hour on, as on the eve of a feast."""

    day: date
    name_tr: str
    name_en: str = ""
    starts_at: time | None = None

    @property
    def whole_day(self) -> bool:
        """Tell whether nobody works on this day at all."""
        return self.starts_at is None


@dataclass(frozen=True, slots=True)
class Closure:
    """A day, or its hours from `starts_at` on, on which the house is closed though it is no public holiday.

    Administrative leave (idari izin) is given by the state and may be set to move legal periods; a closure of the
    house's own making never does.
    """

    day: date
    name_tr: str = ""
    name_en: str = ""
    starts_at: time | None = None
    is_leave: bool = True

    @property
    def whole_day(self) -> bool:
        """Tell whether the house is closed from morning on."""
        return self.starts_at is None


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """One span of a weekday (0 is Monday) on which the business clock runs."""

    weekday: int
    opens: time
    closes: time

    def __post_init__(self) -> None:
        if not 0 <= self.weekday <= 6:
            raise ValueError(f"a weekday runs from 0 (Monday) to 6 (Sunday), not {self.weekday}")
        if self.opens >= self.closes:
            raise ValueError(f"opening hours must end after they begin: {self.opens:%H:%M} to {self.closes:%H:%M}")


# The eight hours a day that service targets mean, Monday to Friday.
OFFICE_HOURS = tuple(
    OpeningHours(weekday, opens, closes)
    for weekday in range(SATURDAY)
    for opens, closes in ((time(8), time(12)), (time(13), time(17)))
)


@dataclass(frozen=True)
class Calendar:
    """Which days and hours count.

    Half days count as working days for legal periods: no source says otherwise, and the earlier deadline is the
    safe one. Administrative leave is no public holiday, so it never moves a legal period either; both stop the
    business clock of the municipality's own targets. Both choices can be set the other way.
    """

    holidays: Iterable[Holiday] = ()
    closures: Iterable[Closure] = ()
    opening_hours: Iterable[OpeningHours] = OFFICE_HOURS
    half_days_are_working: bool = True
    leave_days_are_working: bool = True
    _holiday_on: dict[date, Holiday] = field(init=False, repr=False, compare=False)
    _closure_on: dict[date, Closure] = field(init=False, repr=False, compare=False)
    _hours_on: dict[int, tuple[OpeningHours, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        hours = sorted(self.opening_hours, key=lambda span: (span.weekday, span.opens))
        for earlier, later in pairwise(hours):
            if earlier.weekday == later.weekday and later.opens < earlier.closes:
                raise ValueError(f"opening hours overlap on weekday {later.weekday} at {later.opens:%H:%M}")
        object.__setattr__(self, "_holiday_on", _by_day(self.holidays))
        object.__setattr__(self, "_closure_on", _by_day(self.closures))
        object.__setattr__(
            self, "_hours_on", {weekday: tuple(s for s in hours if s.weekday == weekday) for weekday in range(7)}
        )

    def holiday_on(self, day: date) -> Holiday | None:
        """Give the day's holiday, whole or half."""
        return self._holiday_on.get(day)

    def closure_on(self, day: date) -> Closure | None:
        """Give the day's closure that is no public holiday, whole or half."""
        return self._closure_on.get(day)

    def is_working_day(self, day: date) -> bool:
        """Tell whether the day counts as a working day (iş günü) in a legal period."""
        if day.weekday() >= SATURDAY:
            return False
        holiday = self._holiday_on.get(day)
        if holiday is not None and (holiday.whole_day or not self.half_days_are_working):
            return False
        if self.leave_days_are_working:
            return True
        closure = self._closure_on.get(day)
        return closure is None or not closure.is_leave or not closure.whole_day

    def open_spans(self, day: date, zone: tzinfo | None) -> list[tuple[datetime, datetime]]:
        """Give the spans of the day on which the business clock runs; a half day ends when its holiday begins."""
        until = time.max
        for off in (self._holiday_on.get(day), self._closure_on.get(day)):
            if off is not None:
                until = min(until, off.starts_at or time.min)
        return [
            (datetime.combine(day, span.opens, zone), datetime.combine(day, min(span.closes, until), zone))
            for span in self._hours_on[day.weekday()]
            if span.opens < until
        ]

    @property
    def ever_open(self) -> bool:
        """Tell whether the business clock runs at all in an ordinary week."""
        return any(self._hours_on.values())


Off = TypeVar("Off", Holiday, Closure)


def _by_day(days: Iterable[Off]) -> dict[date, Off]:
    """One row a day; where a half day meets a whole one, the whole day wins."""
    found: dict[date, Off] = {}
    for row in days:
        known = found.get(row.day)
        if known is None or (row.whole_day and not known.whole_day):
            found[row.day] = row
    return found
