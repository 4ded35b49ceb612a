"""Legal periods, row by row as a lawyer can read them."""

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
    Holiday,
    StepKind,
    add_calendar_days,
    add_months,
    add_working_days,
    default_regimes,
    holidays_of_turkiye,
    last_working_day_on_or_before,
    legal_due,
    regime_on,
)

TURKIYE = Calendar(holidays_of_turkiye(range(2016, 2033)))
DAYS = st.dates(date(2017, 1, 1), date(2031, 12, 31))

with (Path(__file__).parent / "deadline_vectors.csv").open(encoding="utf-8") as _rows:
    VECTORS = [{column: date.fromisoformat(day) for column, day in row.items()} for row in csv.DictReader(_rows)]


def regime(code: str, day: date = date(2026, 1, 1)):
    found = regime_on(code, day, default_regimes())
    assert found is not None
    return found


@pytest.mark.parametrize("row", VECTORS, ids=lambda row: row["received"].isoformat())
def test_known_dates_are_met(row: dict[str, date]) -> None:
    received = row["received"]
    information = legal_due(regime("FOI_4982"), received, TURKIYE)
    extended = legal_due(regime("FOI_4982"), received, TURKIYE, extended=True)
    petition = legal_due(regime("PETITION_3071"), received, TURKIYE)
    assert information.last_day == information.act_by == row["foi_4982_15_working_days"]
    assert extended.last_day == row["foi_4982_30_working_days"]
    assert petition.last_day == row["petition_3071_30_calendar_days_raw"]
    assert petition.act_by == row["petition_last_working_day_on_or_before"]


def test_administrative_leave_moves_a_legal_period_only_where_the_municipality_says_so() -> None:
    leave = [Closure(date(2024, 6, 20), "İdari izin"), Closure(date(2024, 6, 21), "İdari izin")]
    holidays = holidays_of_turkiye([2024])
    received = date(2024, 6, 3)
    assert add_working_days(received, 15, Calendar(holidays, leave)).due == date(2024, 6, 27)
    moved = Calendar(holidays, leave, leave_days_are_working=False)
    assert add_working_days(received, 15, moved).due == date(2024, 7, 1)


def test_a_half_day_is_a_working_day_unless_set_otherwise() -> None:
    eve = date(2026, 10, 28)
    holidays = holidays_of_turkiye([2026])
    assert Calendar(holidays).is_working_day(eve)
    assert not Calendar(holidays, half_days_are_working=False).is_working_day(eve)


def test_an_application_on_sunday_night_has_sunday_as_its_day_nought() -> None:
    sunday = datetime(2026, 2, 1, 23, 40, tzinfo=ZoneInfo("Europe/Istanbul"))
    assert legal_due(regime("PETITION_3071"), sunday, TURKIYE).last_day == date(2026, 3, 3)
    assert add_working_days(sunday, 1, TURKIYE).due == date(2026, 2, 2)


@pytest.mark.parametrize(
    ("received", "days"), [(date(2021, 7, 13), 60), (date(2021, 7, 14), 30), (date(2026, 1, 1), 30)]
)
def test_silence_is_refusal_after_sixty_days_and_since_the_amendment_after_thirty(received: date, days: int) -> None:
    assert regime("ADMIN_2577", received).period == days


def test_a_period_of_months_ends_on_the_same_day_or_the_months_last() -> None:
    assert add_months(date(2026, 1, 31), 1).due == date(2026, 2, 28)
    assert add_months(date(2025, 10, 15), 4).due == date(2026, 2, 15)
    assert legal_due(regime("ADMIN_WAIT_2577"), date(2026, 11, 30), TURKIYE).last_day == date(2027, 3, 30)


def test_the_account_of_a_date_names_every_day_that_did_not_count() -> None:
    account = legal_due(regime("PETITION_3071"), date(2024, 4, 1), TURKIYE)
    assert [(step.day.isoformat(), step.what) for step in account.steps] == [
        ("2024-04-01", StepKind.RECEIVED),
        ("2024-05-01", StepKind.LAST_DAY),
        ("2024-05-01", StepKind.HOLIDAY),
        ("2024-04-30", StepKind.ACT_BY),
    ]
    working = add_working_days(date(2026, 10, 27), 3, TURKIYE)
    assert [(step.day.day, step.what, step.why_tr, step.counted) for step in working.steps] == [
        (27, StepKind.RECEIVED, "", None),
        (28, StepKind.HALF_DAY, "Cumhuriyet Bayramı arifesi", 1),
        (29, StepKind.HOLIDAY, "Cumhuriyet Bayramı", None),
        (30, StepKind.COUNTED, "", 2),
        (31, StepKind.WEEKEND, "", None),
        (1, StepKind.WEEKEND, "", None),
        (2, StepKind.COUNTED, "", 3),
        (2, StepKind.LAST_DAY, "", 3),
    ]


@given(DAYS, st.integers(0, 60))
def test_one_more_working_day_ends_on_the_next_working_day(received: date, days: int) -> None:
    due = add_working_days(received, days, TURKIYE).due
    following = add_working_days(received, days + 1, TURKIYE).due
    assert following > due
    assert TURKIYE.is_working_day(following)
    assert add_working_days(due, 1, TURKIYE).due == following


@given(DAYS, st.integers(0, 90))
def test_the_account_counts_as_many_days_as_the_period_has(received: date, days: int) -> None:
    steps = add_working_days(received, days, TURKIYE).steps
    assert sum(step.what in {StepKind.COUNTED, StepKind.HALF_DAY} for step in steps) == days
    assert [step.day for step in steps] == sorted(step.day for step in steps)


@given(DAYS, st.integers(0, 90))
def test_acting_in_time_never_comes_after_the_last_day(received: date, days: int) -> None:
    last = add_calendar_days(received, days).due
    act_by = last_working_day_on_or_before(last, TURKIYE).due
    assert act_by <= last
    assert TURKIYE.is_working_day(act_by)


def test_a_negative_period_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        add_working_days(date(2026, 1, 1), -1, TURKIYE)


def test_a_calendar_without_working_days_is_named_as_the_mistake() -> None:
    closed = Calendar(
        closures=[Closure(date.fromordinal(day)) for day in range(735000, 745000)], leave_days_are_working=False
    )
    with pytest.raises(ValueError, match="no working day"):
        add_working_days(date(2020, 1, 1), 1, closed)


def test_a_period_by_the_hour_is_not_counted_in_days() -> None:
    with pytest.raises(ValueError, match="by the hour"):
        legal_due(regime("DATA_BREACH_6698"), date(2026, 1, 1), TURKIYE)
    with pytest.raises(ValueError, match="no period"):
        legal_due(regime("SERVICE"), date(2026, 1, 1), TURKIYE)
    with pytest.raises(ValueError, match="no extension"):
        legal_due(regime("PETITION_3071"), date(2026, 1, 1), TURKIYE, extended=True)


def test_shipped_regimes_never_overlap_and_name_their_article() -> None:
    rows = default_regimes()
    for day in (date(2017, 1, 2), date(2021, 7, 13), date(2021, 7, 14), date(2026, 11, 23)):
        in_force = [row.code for row in rows if (row.valid_from or date.min) <= day <= (row.valid_to or date.max)]
        assert len(in_force) == len(set(in_force))
    assert all(row.article and row.source and row.name_tr and row.name_en for row in rows)
    assert regime_on("NO_SUCH_LAW", date(2026, 1, 1), rows) is None


@pytest.mark.parametrize(
    ("year", "ramazan", "kurban"),
    [
        (2017, (6, 25), (9, 1)),
        (2019, (6, 4), (8, 11)),
        (2021, (5, 13), (7, 20)),
        (2024, (4, 10), (6, 16)),
        (2026, (3, 20), (5, 27)),
        (2030, (2, 4), (4, 13)),
    ],
)
def test_feasts_fall_on_their_announced_days(year: int, ramazan: tuple[int, int], kurban: tuple[int, int]) -> None:
    by_day = {holiday.day: holiday for holiday in holidays_of_turkiye([year])}
    assert by_day[date(year, *ramazan)].name_tr.startswith("Ramazan Bayramı")
    assert by_day[date(year, *kurban)].name_tr == "Kurban Bayramı"
    eve = by_day[date.fromordinal(date(year, *kurban).toordinal() - 1)]
    assert not eve.whole_day
    assert eve.name_tr == "Kurban Bayramı arifesi"


def test_a_public_holiday_outweighs_a_half_day_on_the_same_date() -> None:
    labour_day = date(2022, 5, 1)
    assert [holiday.whole_day for holiday in holidays_of_turkiye([2022]) if holiday.day == labour_day] == [True]
    both = Calendar([Holiday(labour_day, "Bayram"), Holiday(labour_day, "Arife", starts_at=datetime.min.time())])
    assert not both.is_working_day(labour_day)
