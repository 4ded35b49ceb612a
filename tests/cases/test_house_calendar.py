"""The calendar the house counts by: its own rows, and the shipped holidays of years that were not brought in."""

from datetime import date

from django.core.cache import cache

from mimer.cases.clocks import house_calendar
from mimer.municipality.holidays import bring_holidays
from mimer.municipality.models import Holiday
from tests.cast import House


def test_a_year_without_rows_still_has_its_holidays(house: House) -> None:
    assert not Holiday.objects.exists()
    assert not house_calendar().is_working_day(date(2027, 4, 23))
    assert house_calendar().holiday_on(date(2027, 10, 28)) is not None


def test_a_day_written_by_hand_does_not_hide_the_years_other_holidays(house: House) -> None:
    Holiday.objects.create(date=date(2027, 6, 1), name_tr="Kar tatili", kind="public", edited=True)
    for day in (date(2027, 4, 23), date(2027, 6, 1)):
        assert not house_calendar().is_working_day(day)


def test_what_was_taken_out_of_a_year_that_was_brought_in_stays_out(house: House) -> None:
    bring_holidays([2027])
    Holiday.objects.filter(date="2027-04-23").delete()
    cache.clear()
    assert house_calendar().is_working_day(date(2027, 4, 23))


def test_leave_counts_for_the_law_and_stops_the_clock_of_the_house(house: House) -> None:
    Holiday.objects.create(date=date(2027, 6, 1), name_tr="İdari izin", kind="administrative_leave", edited=True)
    assert house_calendar().is_working_day(date(2027, 6, 1))
    assert house_calendar().open_spans(date(2027, 6, 1), None) == []


def test_a_unit_without_hours_of_its_own_keeps_those_of_the_house(house: House) -> None:
    monday = date(2027, 6, 7)
    assert house_calendar(house.transport.pk).open_spans(monday, None) == house_calendar().open_spans(monday, None)
