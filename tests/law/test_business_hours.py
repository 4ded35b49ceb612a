"""The municipality's own clock: opening hours, half days, leave, and the wall clock beside it."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mimer.law import (
    Calendar,
    Closure,
    OpeningHours,
    StepKind,
    add_business_hours,
    add_elapsed_hours,
    business_hours_between,
    holidays_of_turkiye,
)

ISTANBUL = ZoneInfo("Europe/Istanbul")
OFFICE = Calendar(holidays_of_turkiye(range(2025, 2029)), closures=[Closure(date(2026, 5, 25), "İdari izin")])
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(ISTANBUL))  # noqa: DTZ001
HOURS = st.integers(0, 400 * 60).map(lambda minutes: minutes / 60)


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ISTANBUL)


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        (at(1, 12, 9), 2, at(1, 12, 11)),
        (at(1, 12, 11, 30), 1, at(1, 12, 13, 30)),  # over lunch
        (at(1, 12, 9), 8, at(1, 13, 9)),
        (at(1, 12, 8), 8, at(1, 12, 17)),  # a full day ends the same evening
        (at(1, 9, 16, 30), 1, at(1, 12, 8, 30)),  # Friday evening to Monday
        (at(1, 10, 12), 1, at(1, 12, 9)),  # begun on a Saturday
        (at(1, 12, 3), 1, at(1, 12, 9)),  # begun at night
        (at(10, 28, 11), 2, at(10, 30, 9)),  # the eve of Republic Day ends at one
        (at(5, 22, 16), 2, at(5, 26, 9)),  # Friday, then a Monday of administrative leave
        (at(1, 12, 12, 30), 0, at(1, 12, 13)),
    ],
)
def test_the_business_clock(start: datetime, hours: float, due: datetime) -> None:
    assert add_business_hours(start, hours, OFFICE).due == due


def test_the_account_names_what_stopped_the_clock() -> None:
    steps = add_business_hours(at(10, 28, 11), 2, OFFICE).steps
    assert [(step.day.day, step.what) for step in steps] == [
        (28, StepKind.RECEIVED),
        (28, StepKind.HOURS),
        (29, StepKind.HOLIDAY),
        (30, StepKind.HOURS),
        (30, StepKind.LAST_DAY),
    ]
    assert [(step.why_tr, step.counted) for step in steps[1:4]] == [
        ("Cumhuriyet Bayramı arifesi", 60),
        ("Cumhuriyet Bayramı", None),
        ("", 60),
    ]


@given(MOMENTS, HOURS)
def test_adding_hours_and_measuring_them_agree(start: datetime, hours: float) -> None:
    due = add_business_hours(start, hours, OFFICE).due
    assert abs(business_hours_between(start, due, OFFICE) - timedelta(hours=hours)) < timedelta(milliseconds=1)
    assert business_hours_between(due, start, OFFICE) == -business_hours_between(start, due, OFFICE)


@given(MOMENTS, HOURS, HOURS)
def test_more_hours_never_end_earlier(start: datetime, some: float, more: float) -> None:
    less, longer = sorted((some, more))
    assert add_business_hours(start, less, OFFICE).due <= add_business_hours(start, longer, OFFICE).due


@given(MOMENTS, MOMENTS, MOMENTS)
def test_measured_hours_add_up(first: datetime, second: datetime, third: datetime) -> None:
    first, second, third = sorted((first, second, third))
    parts = business_hours_between(first, second, OFFICE) + business_hours_between(second, third, OFFICE)
    assert parts == business_hours_between(first, third, OFFICE)


def test_hours_are_measured_whatever_zone_the_end_is_written_in() -> None:
    end = at(1, 12, 11).astimezone(ZoneInfo("UTC"))
    assert business_hours_between(at(1, 12, 9), end, OFFICE) == timedelta(hours=2)


def test_a_desk_that_is_open_on_saturday_counts_saturday() -> None:
    saturday = Calendar(opening_hours=[OpeningHours(5, time(9), time(12))])
    assert add_business_hours(at(1, 12, 9), 4, saturday).due == at(1, 24, 10)


def test_the_wall_clock_never_stops() -> None:
    assert add_elapsed_hours(at(10, 28, 23), 72) == at(10, 31, 23)


def test_opening_hours_must_make_sense() -> None:
    with pytest.raises(ValueError, match="no opening hours"):
        add_business_hours(at(1, 12, 9), 1, Calendar(opening_hours=[]))
    with pytest.raises(ValueError, match="end after they begin"):
        OpeningHours(0, time(17), time(8))
    with pytest.raises(ValueError, match="weekday"):
        OpeningHours(7, time(8), time(17))
    with pytest.raises(ValueError, match="overlap"):
        Calendar(opening_hours=[OpeningHours(0, time(8), time(13)), OpeningHours(0, time(12), time(17))])
