"""Units hear of urgent cases at once and of the rest each working morning; nobody reads of what she may not see."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine

from mimer.cases import actions
from mimer.municipality.kinds import Priority
from mimer.municipality.models import Staff, Unit
from mimer.notify.delivery import deliver
from mimer.notify.listeners import Posts
from mimer.notify.models import Message
from mimer.notify.morning import send_digests
from mimer.notify.reading import read_events
from tests.cast import House
from tests.mail import Mailbox

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2026, 11, 24, 8, 0, tzinfo=ZoneInfo("Europe/Istanbul"))


@pytest.fixture
def unit(house: House) -> Unit:
    """Transport with its representative and deputy."""
    house.transport.representative, house.transport.deputy = house.representative, house.officer
    house.transport.save()
    return house.transport


def to_staff() -> list[Message]:
    read_events()
    return list(Message.objects.filter(staff__isnull=False).order_by("pk"))


def test_an_urgent_case_is_told_to_the_representative_at_once(house: House, unit: Unit, mailbox: Mailbox) -> None:
    case = house.assigned(priority=Priority.URGENT)
    (message,) = to_staff()
    assert message.staff == house.representative and case.number in message.body
    deliver()
    assert "representative@ornek.example" in mailbox.recipients


def test_other_cases_wait_for_the_morning(house: House, unit: Unit, mailbox: Mailbox) -> None:
    house.assigned()
    assert to_staff() == []


def test_the_morning_letter_lists_what_is_new_and_comes_once(house: House, unit: Unit, mailbox: Mailbox) -> None:
    with time_machine.travel(TUESDAY):
        new, taken = house.assigned(), house.assigned()
        actions.accept(taken, by=house.officer)
        assert send_digests() == 1
        send_digests()
    (message,) = to_staff()
    assert new.number in message.body and taken.number not in message.body


def test_there_is_no_morning_letter_when_nothing_waits_or_nobody_works(
    house: House, unit: Unit, mailbox: Mailbox
) -> None:
    assert send_digests() == 0
    house.assigned()
    with time_machine.travel(datetime(2026, 11, 29, 8, 0, tzinfo=ZoneInfo("Europe/Istanbul"))):
        assert send_digests() == 0  # a Sunday


def test_the_deputy_reads_when_the_representative_is_away_for_good(house: House, unit: Unit) -> None:
    Staff.objects.filter(pk=house.representative.pk).update(is_active=False)
    posts = Posts(TUESDAY.date())
    assert posts.reader(posts.units[unit.pk]) == house.officer


def test_nobody_reads_of_a_sensitive_case_she_is_not_named_for(house: House, mailbox: Mailbox) -> None:
    house.desk.representative = house.agent
    house.desk.save()
    house.assigned(house.staff_complaint, priority=Priority.URGENT)
    assert to_staff() == []
    with time_machine.travel(TUESDAY):
        assert send_digests() == 0
    house.desk.representative = house.manager
    house.desk.save()
    house.assigned(house.staff_complaint, priority=Priority.URGENT)
    assert len(to_staff()) == 1


def test_without_a_mail_server_no_letters_to_units_pile_up(house: House, unit: Unit, settings: Any) -> None:
    settings.EMAIL_URL = ""
    house.assigned(priority=Priority.URGENT)
    assert to_staff() == []
    assert send_digests() == 0
