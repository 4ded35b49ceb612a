"""The law as tables a lawyer can read and correct: each row says what it expects and why."""

import csv
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mimer.law import (
    Calendar,
    Closure,
    Unit,
    add_business_hours,
    add_calendar_days,
    add_months,
    add_working_days,
    business_hours_between,
    default_regimes,
    holidays_of_turkiye,
    legal_due,
    regime_on,
)

ISTANBUL = ZoneInfo("Europe/Istanbul")
HOLIDAYS = holidays_of_turkiye(range(2016, 2034))
TURKIYE = Calendar(HOLIDAYS)
DAYS = st.dates(date(2017, 1, 1), date(2032, 12, 31))
MOMENTS = st.datetimes(datetime(2017, 1, 1), datetime(2032, 6, 30), timezones=st.just(ISTANBUL))  # noqa: DTZ001


def rows_of(name: str) -> list[dict[str, str]]:
    with (Path(__file__).parent / name).open(encoding="utf-8") as rows:
        return list(csv.DictReader(rows))


def calendar_of(row: dict[str, str]) -> Calendar:
    leave = [Closure(date.fromisoformat(day), "İdari izin") for day in row["leave"].split()]
    settings = row["settings"]
    return Calendar(
        HOLIDAYS,
        leave,
        half_days_are_working="half_days_off" not in settings,
        leave_days_are_working="leave_off" not in settings,
    )


@pytest.mark.parametrize("row", rows_of("legal_periods.csv"), ids=lambda row: f"{row['regime']}-{row['received']}")
def test_a_period_of_the_law_ends_as_its_row_says(row: dict[str, str]) -> None:
    received, calendar = date.fromisoformat(row["received"]), calendar_of(row)
    regime = regime_on(row["regime"], received, default_regimes())
    assert regime is not None
    found = legal_due(regime, received, calendar)
    assert (found.last_day.isoformat(), found.act_by.isoformat()) == (row["due"], row["act_by"]), row["why"]
    if row["extended_due"]:
        extended = legal_due(regime, received, calendar, extended=True)
        assert extended.last_day.isoformat() == row["extended_due"], row["why"]


@pytest.mark.parametrize("row", rows_of("opening_hours.csv"), ids=lambda row: row["start"])
def test_a_target_in_opening_hours_ends_as_its_row_says(row: dict[str, str]) -> None:
    leave = [Closure(date(2024, 6, 20), "İdari izin"), Closure(date(2024, 6, 21), "İdari izin")]
    start = datetime.fromisoformat(row["start"]).replace(tzinfo=ISTANBUL)
    due = add_business_hours(start, float(row["hours"]), Calendar(HOLIDAYS, leave)).due
    assert f"{due:%Y-%m-%d %H:%M}" == row["due"], row["why"]


def test_the_tables_reach_over_all_years_and_laws_of_the_centre() -> None:
    rows = rows_of("legal_periods.csv")
    assert {int(row["received"][:4]) for row in rows} >= {2017, 2020, 2022, 2024, 2026, 2028, 2029, 2031, 2032}
    counted = {row.code for row in default_regimes() if row.period and row.unit not in (Unit.ELAPSED_HOURS,)}
    assert counted - {row["regime"] for row in rows} == {"FOI_BOARD_ASKS_4982"}
    assert all(row["why"] for row in rows)


@given(DAYS, DAYS, st.integers(0, 60))
def test_what_comes_later_is_never_due_earlier(one: date, other: date, days: int) -> None:
    earlier, later = sorted((one, other))
    assert add_working_days(earlier, days, TURKIYE).due <= add_working_days(later, days, TURKIYE).due
    assert add_calendar_days(earlier, days).due <= add_calendar_days(later, days).due
    assert add_months(earlier, days % 13).due <= add_months(later, days % 13).due


@given(DAYS, st.integers(0, 60), st.integers(0, 60))
def test_adding_days_never_goes_backwards(received: date, some: int, more: int) -> None:
    less, longer = sorted((some, more))
    assert received <= add_working_days(received, less, TURKIYE).due <= add_working_days(received, longer, TURKIYE).due
    assert received <= add_calendar_days(received, less).due <= add_calendar_days(received, longer).due


@given(DAYS)
def test_an_extended_period_never_ends_before_the_first(received: date) -> None:
    for regime in default_regimes():
        if regime.extended_period and regime_on(regime.code, received, [regime]):
            first, extended = legal_due(regime, received, TURKIYE), legal_due(regime, received, TURKIYE, extended=True)
            assert first.last_day < extended.last_day
            assert first.act_by <= extended.act_by


@given(DAYS, st.integers(1, 40))
def test_one_holiday_more_never_makes_a_period_shorter(received: date, days: int) -> None:
    leave = [Closure(date.fromordinal(received.toordinal() + n), "İdari izin") for n in range(2, 5)]
    moved = Calendar(HOLIDAYS, leave, leave_days_are_working=False)
    assert add_working_days(received, days, moved).due >= add_working_days(received, days, TURKIYE).due


@given(MOMENTS, st.integers(1, 200), st.integers(0, 100), st.integers(0, 600))
def test_pausing_never_shortens(start: datetime, hours: int, after: int, pause: int) -> None:
    due = add_business_hours(start, hours, TURKIYE).due
    stopped = add_business_hours(start, min(after, hours), TURKIYE).due
    left = business_hours_between(stopped, due, TURKIYE).total_seconds() / 3600
    resumed = add_business_hours(stopped, pause, TURKIYE).due
    assert add_business_hours(resumed, left, TURKIYE).due >= due
