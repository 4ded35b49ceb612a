"""Whom the ladder wakes: the representative first, then the head, then the deputy mayor, each by one letter a morning."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine

from mimer.cases import actions
from mimer.cases.models import Case
from mimer.cases.passing_time import climb_ladder
from mimer.municipality.models import Absence, Staff, Unit
from mimer.municipality.models.units import UnitKind
from mimer.notify.models import Message, Reminder
from mimer.notify.morning import send_digests
from mimer.notify.reading import read_events
from tests.cast import House
from tests.mail import Mailbox

pytestmark = pytest.mark.django_db
HERE = ZoneInfo("Europe/Istanbul")
MONDAY = datetime(2026, 11, 2, 9, 0, tzinfo=HERE)


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def unit(house: House) -> Unit:
    """Transport with all its posts, below a deputy mayor."""
    above = Unit.objects.create(
        code="BY1", name_tr="Başkan Yardımcılığı", name_en="Deputy Mayor", kind=UnitKind.DEPUTY_MAYOR
    )
    above.head, unit = house.deputy_mayor, house.transport
    above.save()
    unit.representative, unit.deputy, unit.head, unit.parent = house.representative, house.officer, house.head, above
    unit.save()
    return unit


def morning(clock: Any, day: datetime) -> dict[str, str]:
    """The letters of that morning by whom they go to, after the ladder and the worker have had their turn."""
    clock.move_to(day.replace(hour=8, minute=5))
    climb_ladder()
    read_events()
    before = set(Message.objects.values_list("pk", flat=True))
    send_digests()
    written = Message.objects.exclude(pk__in=before).filter(letter="digest").select_related("staff")
    return {message.staff.given_name: message.body for message in written if message.staff}


def planned(house: House, day: date) -> Case:
    case = actions.accept(house.assigned(), by=house.officer)
    return actions.plan(case, day, by=house.officer)


def test_the_day_before_a_promise_breaks_the_representative_alone_is_asked_for_a_new_date(
    house: House, unit: Unit, mailbox: Mailbox, clock: Any
) -> None:
    case = planned(house, date(2026, 11, 4))
    letters = morning(clock, datetime(2026, 11, 3, tzinfo=HERE))
    assert set(letters) == {"Zeynep"}
    assert "Dolan sözler: 1" in letters["Zeynep"] and case.number in letters["Zeynep"]
    assert "Hedef süresi" not in letters["Zeynep"]


def test_a_promise_with_a_new_date_is_no_news_any_more(house: House, unit: Unit, mailbox: Mailbox, clock: Any) -> None:
    case = planned(house, date(2026, 11, 4))
    clock.move_to(datetime(2026, 11, 3, 8, 1, tzinfo=HERE))
    climb_ladder()
    read_events()
    actions.plan(case, date(2026, 11, 20), "Malzeme bekleniyor", by=house.officer)
    assert morning(clock, datetime(2026, 11, 3, tzinfo=HERE)) == {}


def test_a_broken_promise_goes_up_to_the_head_and_the_deputy_mayor(
    house: House, unit: Unit, mailbox: Mailbox, clock: Any
) -> None:
    case = planned(house, date(2026, 11, 4))
    letters = morning(clock, datetime(2026, 11, 5, tzinfo=HERE))
    assert set(letters) == {"Zeynep", "Kemal", "Suat"}
    assert all("Tutulmayan sözler: 1" in body and case.number in body for body in letters.values())


def test_the_end_of_a_target_is_told_to_the_head_and_its_half_only_to_the_representative(
    house: House, unit: Unit, mailbox: Mailbox, clock: Any
) -> None:
    case = actions.accept(house.assigned(), by=house.officer)
    actions.plan(case, date(2026, 12, 18), by=house.officer)  # the promise of the target is moved out of the way
    half = morning(clock, datetime(2026, 11, 5, tzinfo=HERE))
    assert set(half) == {"Zeynep"} and "hedef sürenin yarısı geçti" in half["Zeynep"]
    end = morning(clock, datetime(2026, 11, 9, tzinfo=HERE))
    assert {"Zeynep", "Kemal"} == set(end) and "hedef süre doldu" in end["Kemal"]


def test_each_person_gets_one_letter_however_many_cases_and_units(
    house: House, unit: Unit, mailbox: Mailbox, clock: Any
) -> None:
    house.zoning.representative = house.representative
    house.zoning.save()
    numbers = [planned(house, date(2026, 11, 4)).number for _case in range(3)]
    new = house.assigned(house.parcel)
    letters = morning(clock, datetime(2026, 11, 3, tzinfo=HERE))
    assert all(number in letters["Zeynep"] for number in [*numbers, new.number])
    assert Message.objects.filter(letter="digest").count() == 1


def test_while_the_representative_is_away_her_deputy_hears(
    house: House, unit: Unit, mailbox: Mailbox, clock: Any
) -> None:
    planned(house, date(2026, 11, 4))
    Absence.objects.create(
        staff=house.representative, deputy=house.head, starts_on=date(2026, 11, 3), ends_on=date(2026, 11, 3)
    )
    assert set(morning(clock, datetime(2026, 11, 3, tzinfo=HERE))) == {"Kemal"}


def test_without_a_deputy_of_her_own_the_unit_s_deputy_hears(
    house: House, unit: Unit, mailbox: Mailbox, clock: Any
) -> None:
    planned(house, date(2026, 11, 4))
    Absence.objects.create(staff=house.representative, starts_on=date(2026, 11, 3), ends_on=date(2026, 11, 3))
    assert set(morning(clock, datetime(2026, 11, 3, tzinfo=HERE))) == {"Mehmet"}


def test_after_a_day_without_letters_nothing_is_lost_and_nothing_comes_twice(
    house: House, unit: Unit, mailbox: Mailbox, clock: Any, settings: Any
) -> None:
    case = planned(house, date(2026, 11, 5))
    address, settings.EMAIL_URL = settings.EMAIL_URL, ""
    assert morning(clock, datetime(2026, 11, 4, tzinfo=HERE)) == {}
    settings.EMAIL_URL = address
    later = morning(clock, datetime(2026, 11, 5, tzinfo=HERE))
    assert case.number in later["Zeynep"]
    assert morning(clock, datetime(2026, 11, 5, tzinfo=HERE)) == {}
    assert not Reminder.objects.exists()


def test_a_crash_while_the_letters_are_written_keeps_what_they_have_to_tell(
    house: House, unit: Unit, mailbox: Mailbox, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = planned(house, date(2026, 11, 4))
    with monkeypatch.context() as broken:
        broken.setattr("mimer.notify.morning.page", lambda _path: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            morning(clock, datetime(2026, 11, 3, tzinfo=HERE))
    assert case.number in morning(clock, datetime(2026, 11, 3, tzinfo=HERE))["Zeynep"]


def test_nobody_hears_of_a_sensitive_case_she_is_not_named_for(house: House, mailbox: Mailbox, clock: Any) -> None:
    house.desk.representative, house.desk.head = house.agent, house.manager
    house.desk.save()
    case = house.assigned(house.staff_complaint)
    actions.accept(case, by=house.manager)
    letters = morning(clock, datetime(2026, 11, 30, tzinfo=HERE))
    assert set(letters) == {"Hatice"} and case.number in letters["Hatice"]


def test_demo_sign_ins_have_no_mailbox(house: House, unit: Unit, mailbox: Mailbox, clock: Any) -> None:
    planned(house, date(2026, 11, 4))
    Staff.objects.update(is_demo=True)
    assert morning(clock, datetime(2026, 11, 3, tzinfo=HERE)) == {}


def test_the_letter_speaks_the_language_of_its_reader(house: House, unit: Unit, mailbox: Mailbox, clock: Any) -> None:
    Staff.objects.filter(pk=house.representative.pk).update(language="en")
    planned(house, date(2026, 11, 4))
    body = morning(clock, datetime(2026, 11, 3, tzinfo=HERE))["Zeynep"]
    assert "Promises about to break: 1" in body and "Pothole" in body
