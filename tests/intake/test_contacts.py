"""Contacts and messages: each is a row once, knows what came of it, and loses none of its words."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mimer.cases import actions
from mimer.cases.actions import Opening
from mimer.cases.actions.opening import Place
from mimer.cases.rules import NotAllowed
from mimer.cases.states import State
from mimer.intake.contacts import begin, conclude, known_at, repeated
from mimer.intake.incoming import Incoming, join, make_case, take, waiting
from mimer.intake.models import Contact, ContactOutcome, MessageKind
from mimer.intake.receive import Arrival
from mimer.municipality.kinds import Channel
from tests.cast import House

pytestmark = pytest.mark.django_db


def mail(house: House, **changes: object) -> Incoming:
    told = {
        "channel": Channel.EMAIL, "source_id": "<1@ev.example>", "address": house.ayse.email or "ayse@ev.example",
        "text": "Çukur büyüdü", "at": timezone.now() - timedelta(hours=2), "raw": b"From: ayse",
    } | changes  # fmt: skip
    return Incoming(**told)  # type: ignore[arg-type]


def test_the_same_call_told_twice_is_one_contact(house: House) -> None:
    first = begin(Channel.PHONE, source_id="call-1", address=house.ayse.phone)
    assert begin(Channel.PHONE, source_id="call-1", address="+900000000000") == first
    assert Contact.objects.get().address == house.ayse.phone


def test_an_outcome_names_what_it_is_about(house: House) -> None:
    contact = begin(Channel.PHONE)
    with pytest.raises(NotAllowed):
        conclude(contact, ContactOutcome.EXISTING_CASE, by=house.agent)
    with pytest.raises(NotAllowed):
        conclude(contact, ContactOutcome.TRANSFERRED, by=house.agent)
    conclude(contact, ContactOutcome.TRANSFERRED, by=house.agent, unit=house.zoning)
    kept = Contact.objects.get()
    assert (kept.unit, kept.agent, kept.ended_at is not None) == (house.zoning, house.agent, True)


def test_a_later_word_about_a_contact_takes_the_place_of_the_first_and_keeps_its_end(house: House) -> None:
    contact = conclude(begin(Channel.PHONE), ContactOutcome.DROPPED, by=house.agent)
    ended = contact.ended_at
    case = house.assigned()
    conclude(contact, ContactOutcome.EXISTING_CASE, by=house.agent, case=case)
    kept = Contact.objects.get()
    assert (kept.case, kept.ended_at, kept.person) == (case, ended, house.ayse)


def test_who_calls_again_within_the_week_is_counted(house: House) -> None:
    now = timezone.now()
    for days in (9, 3, 1):
        begin(Channel.PHONE, at=now - timedelta(days=days), address="+903520000000")
    assert repeated(begin(Channel.PHONE, at=now, address="+903520000000")) == 2


def test_a_message_taken_twice_is_kept_once_with_its_whole(house: House) -> None:
    first, again = take(mail(house)), take(mail(house, text="başka"))
    assert first == again
    assert first.raw.read() == b"From: ayse"
    assert [message.text for message in waiting()] == ["Çukur büyüdü"]


def test_a_message_of_a_thread_answers_the_question_its_case_waits_for(house: House) -> None:
    case = actions.ask_applicant(house.assigned(), "Hangi kapı?", by=house.officer)
    take(mail(house, case=case, text="5 numara"))
    case.refresh_from_db()
    assert case.state == State.ASSIGNED
    assert case.notes.last().text == "5 numara"
    assert not waiting().exists()


def test_further_words_move_nothing_and_stand_on_the_case(house: House) -> None:
    case = house.assigned()
    join(take(mail(house)), case, by=house.agent)
    case.refresh_from_db()
    assert (case.state, case.events.last().verb) == (State.ASSIGNED, "applicant_writes")
    assert Contact.objects.get().outcome == ContactOutcome.EXISTING_CASE


def test_a_case_made_of_a_message_was_received_when_the_message_was(house: House) -> None:
    message = take(mail(house))
    opening = Opening(text=message.text, subject=house.pothole, channel=Channel.EMAIL, place=Place(address="Çay 5"))
    case = make_case(message, Arrival(opening, person=house.ayse), by=house.agent)
    again = make_case(message, Arrival(opening, person=house.ayse), by=house.agent)
    assert case == again
    assert case.received_at == message.contact.started_at
    assert Contact.objects.get().case == case


def test_what_no_person_wrote_waits_for_nobody_but_what_cannot_be_read_does(house: House) -> None:
    take(mail(house, kind=MessageKind.AUTO_REPLY, source_id="<2>"))
    take(mail(house, kind=MessageKind.UNREADABLE, source_id="<3>", text="", reason="Kodlaması bilinmiyor"))
    assert [message.kind for message in waiting()] == [MessageKind.UNREADABLE]


def test_a_number_that_several_share_names_nobody(house: House) -> None:
    assert known_at(house.ayse.phone) == [house.ayse]
    house.ayse.__class__.objects.create(given_name="Ali", phone=house.ayse.phone)
    assert take(mail(house, address=house.ayse.phone, channel=Channel.WHATSAPP)).contact.person is None
