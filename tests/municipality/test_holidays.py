"""Holidays come in by themselves, follow the moon, and give way to what an administrator wrote."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from mimer.municipality.holidays import SOURCE, bring_holidays
from mimer.municipality.models import Holiday

pytestmark = pytest.mark.django_db


def calendar(*words: str) -> str:
    out = StringIO()
    call_command("calendar", *words, stdout=out)
    return out.getvalue()


def test_the_command_says_what_it_added_and_the_second_time_that_nothing_changed() -> None:
    said = calendar("--years", "2027-2028")
    assert "9 Mart 2027 Salı  Ramazan Bayramı" in said
    assert Holiday.objects.get(date="2028-10-28").kind == "half_day"
    assert "hiçbir şey değişmedi" in calendar("--years", "2027-2028")


def test_a_feast_that_moved_is_corrected_and_told() -> None:
    bring_holidays([2027])
    Holiday.objects.filter(date="2027-03-11").update(date=date(2027, 3, 12))
    said = calendar("--years", "2027")
    assert "kaldırıldı (1)" in said and "12 Mart 2027 Cuma" in said
    days = Holiday.objects.filter(name_tr="Ramazan Bayramı", date__year=2027).values_list("date", flat=True)
    assert list(days) == [date(2027, 3, 9), date(2027, 3, 10), date(2027, 3, 11)]


def test_a_wrong_name_of_ours_is_corrected_and_somebody_elses_row_is_left() -> None:
    bring_holidays([2027])
    Holiday.objects.filter(date="2027-01-01").update(name_tr="Eski ad")
    Holiday.objects.filter(date="2027-05-01").update(name_tr="Bahar Bayramı", source="elle")
    calendar("--years", "2027")
    assert Holiday.objects.get(date="2027-01-01").name_tr == "Yılbaşı"
    assert Holiday.objects.get(date="2027-05-01").name_tr == "Bahar Bayramı"


def test_an_administrators_edit_wins() -> None:
    bring_holidays([2027])
    moved = Holiday.objects.get(date="2027-03-11")
    moved.date, moved.edited = date(2027, 3, 12), True
    moved.save()
    said = calendar("--years", "2027")
    assert "Elle yazıldığı için dokunulmadı (1)" in said and "hiçbir şey değişmedi" in said
    assert not Holiday.objects.filter(date="2027-03-11").exists()
    assert Holiday.objects.filter(date="2027-03-12", edited=True).exists()


def test_leave_and_closures_are_never_touched() -> None:
    Holiday.objects.create(date=date(2027, 3, 8), name_tr="İdari izin", kind="administrative_leave", source=SOURCE)
    bring_holidays([2027])
    assert Holiday.objects.filter(date="2027-03-08").count() == 2


@pytest.mark.parametrize("years", ["27", "2028-2027", "1900", "yıl"])
def test_what_is_no_year_gets_a_sentence(years: str) -> None:
    err = StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("calendar", "--years", years, stderr=err)
    assert end.value.code == 2 and f"“{years}” yıl değil" in err.getvalue()
