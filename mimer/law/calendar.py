"""The calendar a municipality works by: holidays, administrative leave and opening hours, all handed in."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, tzinfo
from itertools import pairwise

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
    safe one. Administrative leave (idari izin) is no public holiday, so it never moves a legal period either;
    both stop the business clock of the municipality's own targets. Both choices can be set the other way.
    """

    holidays: Iterable[Holiday] = ()
    leaves: Iterable[date] = ()
    opening_hours: Iterable[OpeningHours] = OFFICE_HOURS
    half_days_are_working: bool = True
    leave_days_are_working: bool = True
    _holiday_on: dict[date, Holiday] = field(init=False, repr=False, compare=False)
    _leave_days: frozenset[date] = field(init=False, repr=False, compare=False)
    _hours_on: dict[int, tuple[OpeningHours, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_day: dict[date, Holiday] = {}
        for holiday in self.holidays:
            known = by_day.get(holiday.day)
            if known is None or (holiday.whole_day and not known.whole_day):
                by_day[holiday.day] = holiday
        hours = sorted(self.opening_hours, key=lambda span: (span.weekday, span.opens))
        for earlier, later in pairwise(hours):
            if earlier.weekday == later.weekday and later.opens < earlier.closes:
                raise ValueError(f"opening hours overlap on weekday {later.weekday} at {later.opens:%H:%M}")
        object.__setattr__(self, "_holiday_on", by_day)
        object.__setattr__(self, "_leave_days", frozenset(self.leaves))
        object.__setattr__(
            self, "_hours_on", {weekday: tuple(s for s in hours if s.weekday == weekday) for weekday in range(7)}
        )

    def holiday_on(self, day: date) -> Holiday | None:
        """Give the day's holiday, whole or half."""
        return self._holiday_on.get(day)

    def on_leave(self, day: date) -> bool:
        """Tell whether the day is administrative leave."""
        return day in self._leave_days

    def is_working_day(self, day: date) -> bool:
        """Tell whether the day counts as a working day (iş günü) in a legal period."""
        if day.weekday() >= SATURDAY:
            return False
        holiday = self._holiday_on.get(day)
        if holiday is not None and (holiday.whole_day or not self.half_days_are_working):
            return False
        return self.leave_days_are_working or day not in self._leave_days

    def open_spans(self, day: date, zone: tzinfo | None) -> list[tuple[datetime, datetime]]:
        """Give the spans of the day on which the business clock runs; a half day ends when its holiday begins."""
        holiday = self._holiday_on.get(day)
        if day in self._leave_days or (holiday is not None and holiday.whole_day):
            return []
        until = holiday.starts_at if holiday and holiday.starts_at else time.max
        return [
            (datetime.combine(day, span.opens, zone), datetime.combine(day, min(span.closes, until), zone))
            for span in self._hours_on[day.weekday()]
            if span.opens < until
        ]

    @property
    def ever_open(self) -> bool:
        """Tell whether the business clock runs at all in an ordinary week."""
        return any(self._hours_on.values())
