"""What people bring: calls with their results and repetitions, letters that are printed, and news that is sent once more."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from mimer.cases.models import Case
from mimer.municipality.kinds import Way
from mimer.notify import lists
from mimer.notify.asked import send_tracking_link
from mimer.notify.delivery import deliver
from mimer.notify.lists import CALLS, CallResult, NotWaiting, call_list, mark_printed, print_queue, record_call, resend
from mimer.notify.models import Message, MessageState
from mimer.notify.reading import read_events
from tests.cast import House
from tests.mail import Mailbox

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(house: House) -> Message:
    """Ayşe wants to be called; her application is in the list."""
    return waiting(house, Way.PHONE)


def waiting(house: House, way: str, address: str = "") -> Message:
    house.ayse.preferred_way, house.ayse.address = way, address
    house.ayse.save()
    case: Case = house.assigned()
    read_events()
    return Message.objects.get(case=case)


def test_a_call_to_make_stands_in_the_list_with_its_script(house: House, call: Message) -> None:
    (entry,) = call_list(house.agent)
    assert entry == call
    assert entry.case is not None and "görüşüyorum" in entry.body


def test_a_reached_citizen_leaves_the_list(house: House, call: Message) -> None:
    done = record_call(call, CallResult.REACHED, "Teşekkür etti", by=house.agent)
    assert done.state == MessageState.SENT and not call_list(house.agent)
    attempt = done.tries.get()
    assert attempt.ok and attempt.by == house.agent and "Teşekkür etti" in attempt.result


@pytest.mark.parametrize("result", [CallResult.NO_ANSWER, CallResult.BUSY, CallResult.CALL_LATER])
def test_who_is_not_reached_comes_back_later(house: House, call: Message, result: str) -> None:
    record_call(call, result, by=house.agent)
    assert not call_list(house.agent)
    assert list(lists.calls_later(house.agent)) == [call]
    with time_machine.travel(timezone.now() + timedelta(hours=5)):
        assert list(call_list(house.agent)) == [call]


def test_after_enough_calls_in_vain_a_letter_is_printed(house: House) -> None:
    call = waiting(house, Way.PHONE, address="Çay Sokak 5")
    house.ayse.email = ""
    house.ayse.save()
    for _ in range(CALLS):
        record_call(call, CallResult.NO_ANSWER, by=house.agent)
    call.refresh_from_db()
    assert call.state == MessageState.FAILED
    (letter,) = print_queue(house.agent)
    assert letter.event == call.event and letter.subject


def test_a_wrong_number_takes_another_way_at_once(house: House, call: Message) -> None:
    record_call(call, CallResult.WRONG_NUMBER, by=house.agent)
    assert Message.objects.get(event=call.event, state=MessageState.WAITING).way == Way.EMAIL


def test_two_agents_cannot_finish_the_same_call(house: House, call: Message) -> None:
    record_call(call, CallResult.REACHED, by=house.agent)
    with pytest.raises(NotWaiting):
        record_call(call, CallResult.NO_ANSWER, by=house.manager)


def test_printed_letters_leave_the_queue_once(house: House) -> None:
    letter = waiting(house, Way.LETTER, address="Çay Sokak 5")
    assert list(print_queue(house.agent)) == [letter]
    assert mark_printed([letter], by=house.agent) == 1
    assert mark_printed([letter], by=house.agent) == 0
    assert not print_queue(house.agent)
    assert letter.tries.count() == 1


def test_sensitive_cases_are_only_in_the_lists_of_those_named(house: House) -> None:
    house.ayse.preferred_way = Way.PHONE
    house.ayse.save()
    house.assigned(house.staff_complaint)
    read_events()
    assert not call_list(house.agent)
    assert len(call_list(house.manager)) == 1


def test_what_failed_can_be_sent_again_and_pressed_twice_goes_once(house: House, mailbox: Mailbox) -> None:
    mailbox.to_recipient["ayse@ornek.example"] = "550 no such user"
    house.ayse.phone = house.ayse.phone_raw = ""
    house.ayse.save()
    failed = waiting(house, Way.EMAIL)
    deliver()
    assert list(lists.failures(house.agent)) == [failed]
    mailbox.to_recipient.clear()
    again = resend(failed, by=house.agent)
    assert resend(failed, by=house.agent) == again
    deliver()
    again.refresh_from_db()
    assert again.state == MessageState.SENT and again.body == failed.body
    assert len(mailbox.letters) == 1
    assert not lists.failures(house.agent)


def test_a_link_that_failed_leaves_the_list_when_it_is_sent_again(house: House, mailbox: Mailbox) -> None:
    mailbox.to_recipient["ayse@ornek.example"] = "550 no such user"
    link = send_tracking_link(house.assigned())
    assert link is not None
    deliver()
    assert list(lists.failures(house.agent)) == [link]
    mailbox.to_recipient.clear()
    resend(link, by=house.agent)
    deliver()
    assert not lists.failures(house.agent)


def test_news_that_arrived_may_be_sent_once_more_as_a_new_letter(house: House, mailbox: Mailbox) -> None:
    sent = waiting(house, Way.EMAIL)
    deliver()
    resend(sent, by=house.agent)
    deliver()
    assert len({letter["Message-ID"] for letter in mailbox.letters}) == 2


def test_sent_again_it_takes_the_way_that_reaches_her_now(house: House, mailbox: Mailbox) -> None:
    sent = waiting(house, Way.EMAIL)
    deliver()
    house.ayse.email = ""
    house.ayse.save()
    again = resend(sent, by=house.agent)
    assert again.way == Way.PHONE and "görüşüyorum" in again.body


def test_what_still_waits_is_not_sent_again(house: House) -> None:
    message = waiting(house, Way.EMAIL)
    with pytest.raises(NotWaiting):
        resend(message, by=house.agent)


def test_who_cannot_be_reached_must_first_be_completed(house: House) -> None:
    house.ayse.email = house.ayse.phone = house.ayse.phone_raw = ""
    house.ayse.save()
    message = waiting(house, Way.EMAIL)
    with pytest.raises(NotWaiting, match="tamamlayın"):
        resend(message, by=house.agent)


def test_a_link_that_is_asked_for_is_sent_once_an_hour(house: House, mailbox: Mailbox) -> None:
    case = house.assigned()
    assert send_tracking_link(case) == send_tracking_link(case)
    deliver()
    (letter,) = mailbox.letters
    body = letter.get_body(("plain",))
    assert body is not None and case.tracking_code in body.get_content()
    house.ayse.email = ""
    house.ayse.save()
    case.refresh_from_db()
    assert send_tracking_link(Case.objects.get(pk=case.pk)) is None
