"""An urgent case in the night calls whoever is on duty, then the next, until somebody says that she has it."""

import threading
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection, connections

from mimer.cases import actions
from mimer.cases.models import Case
from mimer.municipality.kinds import ClockKind, Priority
from mimer.municipality.models import Absence, DutyShift, SensitiveAccess, Staff, Unit
from mimer.municipality.models.units import UnitKind
from mimer.notify.alarms import acknowledge, call_next, people_to_call, ring
from mimer.notify.models import Alarm, AlarmCall, AlarmEnd, Message
from mimer.notify.reading import read_events
from tests.cast import House
from tests.mail import Mailbox

pytestmark = pytest.mark.django_db
HERE = ZoneInfo("Europe/Istanbul")
NIGHT = datetime(2026, 11, 3, 22, 0, tzinfo=HERE)
NOON = datetime(2026, 11, 3, 11, 0, tzinfo=HERE)
TEN_MINUTES = timedelta(minutes=10)


@pytest.fixture
def night() -> Iterator[Any]:
    with time_machine.travel(NIGHT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def unit(house: House) -> Unit:
    above = Unit.objects.create(
        code="BY1", name_tr="Başkan Yardımcılığı", name_en="Deputy Mayor", kind=UnitKind.DEPUTY_MAYOR
    )
    above.head, unit = house.deputy_mayor, house.transport
    above.save()
    unit.representative, unit.head, unit.parent = house.representative, house.head, above
    unit.save()
    return unit


def on_duty(staff: Staff, unit: Unit | None, order: int = 1) -> DutyShift:
    start, end = NIGHT - timedelta(hours=5), NIGHT + timedelta(hours=10)
    return DutyShift.objects.create(unit=unit, staff=staff, starts_at=start, ends_at=end, order=order)


def urgent(house: House, **changes: Any) -> Case:
    case = house.assigned(priority=Priority.URGENT, **changes)
    read_events()
    return case


def rung() -> list[str]:
    """Who has been called so far, in order."""
    ring()
    return [call.staff.given_name if call.staff else "-" for call in AlarmCall.objects.order_by("alarm", "turn")]


def after(traveller: Any, minutes: int) -> None:
    traveller.shift(timedelta(minutes=minutes))


def test_those_on_duty_are_called_in_their_order_then_the_posts_of_the_unit_then_again(
    house: House, unit: Unit, night: Any
) -> None:
    on_duty(house.field_worker, None)
    on_duty(house.officer, unit, order=2)
    on_duty(house.agent, unit, order=1)
    urgent(house)
    for _turn in range(7):
        rung()
        after(night, 10)
    assert rung() == ["Elif", "Mehmet", "Yusuf", "Zeynep", "Kemal", "Suat", "Elif", "Mehmet"]


def test_the_next_is_called_only_when_the_minutes_of_the_house_have_passed(
    house: House, unit: Unit, night: Any
) -> None:
    on_duty(house.officer, unit)
    urgent(house)
    assert rung() == ["Mehmet"]
    after(night, 9)
    assert rung() == ["Mehmet"]
    after(night, 1)
    assert rung() == ["Mehmet", "Zeynep"]


def test_who_says_that_she_has_seen_it_ends_the_calling(house: House, unit: Unit, night: Any) -> None:
    on_duty(house.officer, unit)
    urgent(house)
    rung()
    alarm = Alarm.objects.get()
    assert acknowledge(alarm, by=house.officer)
    assert not acknowledge(alarm, by=house.representative)
    after(night, 60)
    assert rung() == ["Mehmet"]
    alarm.refresh_from_db()
    assert (alarm.ended_by, alarm.ending) == (house.officer, AlarmEnd.SEEN)


def test_whoever_accepts_the_case_ends_the_calling(house: House, unit: Unit, night: Any) -> None:
    on_duty(house.officer, unit)
    case = urgent(house)
    rung()
    actions.accept(case, by=house.representative)
    read_events()
    alarm = Alarm.objects.get()
    assert (alarm.ended_by, alarm.ending) == (house.representative, AlarmEnd.TAKEN)


def test_an_accepted_case_rings_nobody_though_the_event_is_not_read_yet(house: House, unit: Unit, night: Any) -> None:
    on_duty(house.officer, unit)
    case = urgent(house)
    actions.accept(case, by=house.representative)
    assert rung() == []


def test_in_office_hours_an_urgent_case_rings_nobody_but_promised_hours_do(house: House, unit: Unit) -> None:
    with time_machine.travel(NOON, tick=False):
        urgent(house)
        assert not Alarm.objects.exists()
        house.pothole.clock, house.pothole.target_hours = ClockKind.ELAPSED, 4
        house.pothole.save()
        house.assigned()
        read_events()
        assert rung() == ["Zeynep"]


def test_what_comes_to_light_days_later_rings_nobody(house: House, unit: Unit, night: Any) -> None:
    house.assigned(priority=Priority.URGENT)
    after(night, 25 * 60)
    read_events()
    assert not Alarm.objects.exists()


def test_a_case_raised_to_urgent_in_the_night_rings(house: House, unit: Unit, night: Any) -> None:
    case = house.assigned()
    read_events()
    assert rung() == []
    actions.reclassify(case, case.subject, priority=Priority.URGENT, reason="Yaralı var", by=house.agent)
    read_events()
    assert rung() == ["Zeynep"]


def test_a_case_sent_to_another_unit_rings_there(house: House, unit: Unit, night: Any) -> None:
    case = urgent(house)
    rung()
    house.zoning.head = house.zoning_head
    house.zoning.save()
    actions.route(case, house.zoning, "Yapı tehlikesi", by=house.agent)
    read_events()
    assert rung() == ["Zeynep", "İpek"]
    assert Alarm.objects.filter(ended_at=None).count() == 1


def test_a_deputy_is_called_for_who_is_away(house: House, unit: Unit, night: Any) -> None:
    on_duty(house.officer, unit)
    Absence.objects.create(
        staff=house.officer, deputy=house.head, starts_on=date(2026, 11, 3), ends_on=date(2026, 11, 3)
    )
    urgent(house)
    assert rung() == ["Kemal"]


def test_of_a_sensitive_case_only_those_named_are_called(house: House, night: Any) -> None:
    on_duty(house.agent, None)
    house.desk.representative = house.manager
    house.desk.save()
    case = house.assigned(house.staff_complaint, priority=Priority.URGENT)
    assert [staff for staff, _as in people_to_call(house.desk, case, NIGHT)] == [house.manager]
    SensitiveAccess.objects.all().delete()
    assert people_to_call(house.desk, case, NIGHT) == []


def test_that_nobody_can_be_called_is_written_once_and_somebody_who_comes_is_called(house: House, night: Any) -> None:
    urgent(house)
    assert rung() == ["-"]
    after(night, 10)
    assert rung() == ["-"]
    assert Alarm.objects.get().unreached
    on_duty(house.officer, house.transport)
    after(night, 10)
    assert rung() == ["-", "Mehmet"]
    assert not Alarm.objects.get().unreached


def test_the_desk_may_send_the_call_on_at_once(house: House, unit: Unit, night: Any) -> None:
    on_duty(house.officer, unit)
    urgent(house)
    rung()
    assert call_next(Alarm.objects.get())
    assert rung() == ["Mehmet", "Zeynep"]


def test_a_call_goes_by_mail_and_by_text_message_where_they_carry(
    house: House, unit: Unit, night: Any, mailbox: Mailbox, settings: Any
) -> None:
    settings.SMS_SENDER = "silent"
    Staff.objects.filter(pk=house.officer.pk).update(phone="0532 111 22 33")
    on_duty(house.officer, unit)
    case = urgent(house)
    rung()
    sent = Message.objects.filter(letter="alarm", staff=house.officer)
    assert sorted(sent.values_list("way", flat=True)) == ["email", "sms"]
    assert all(case.number in message.body for message in sent)


def test_a_demo_sign_in_is_called_on_the_screen_alone(house: House, unit: Unit, night: Any, mailbox: Mailbox) -> None:
    Staff.objects.update(is_demo=True)
    on_duty(house.officer, unit)
    urgent(house)
    assert rung() == ["Mehmet"]
    assert not Message.objects.filter(letter="alarm").exists()


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_the_same_moment_call_one_person_once(house: House, unit: Unit) -> None:
    with time_machine.travel(NIGHT, tick=False):
        on_duty(house.officer, unit)
        urgent(house)
        start, troubles = threading.Barrier(4), []

        def work() -> None:
            try:
                start.wait()
                ring(NIGHT)
            except Exception as trouble:
                troubles.append(trouble)
            finally:
                connections.close_all()

        workers = [threading.Thread(target=work) for _worker in range(4)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        assert troubles == [] and connection.vendor
        assert AlarmCall.objects.count() == 1
