"""The call list and the print queue: nobody is called twice, every letter gets paper, mistakes can be taken back."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mimer.cases import actions
from mimer.municipality.kinds import Priority, Way
from mimer.municipality.models import Staff
from mimer.notify.models import Message, MessageState
from mimer.notify.reading import read_events
from mimer.people.search import save_person
from tests.cast import House

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def sign_in(client: Client) -> Any:
    def enter(staff: Any) -> Client:
        client.force_login(staff, backend=BACKEND)
        return client

    return enter


def wishing(house: House, way: Way) -> None:
    house.ayse.preferred_way, house.ayse.address = way, "Gül Sokak 1, 38030 Melikgazi / KAYSERİ"
    save_person(house.ayse)


def waiting_message(house: House, way: Way, **changes: Any) -> Message:
    """A question to her that waits to be brought by people."""
    wishing(house, way)
    case = house.assigned(**changes)
    actions.ask_applicant(case, "Çukur tam olarak nerede?", by=house.officer)
    read_events()
    return Message.objects.get(case=case, way=way, letter="ask_applicant")


def on_the_phone(client: Client, message: Message, act: str, **fields: str) -> Any:
    return client.post(reverse("call_list"), {"message": message.pk, "act": act} | fields, follow=True)


def test_a_call_in_hand_shows_number_script_and_results(house: House, sign_in: Any) -> None:
    message = waiting_message(house, Way.PHONE)
    client = sign_in(house.agent)
    assert "Ayşe Işık" in client.get(reverse("call_list")).text
    page = on_the_phone(client, message, "take").text
    assert "tel:+905321234567" in page and "Çukur tam olarak nerede?" in page and "Açan olmadı" in page


def test_two_agents_do_not_call_the_same_person(house: House, sign_in: Any) -> None:
    message = waiting_message(house, Way.PHONE)
    on_the_phone(sign_in(house.agent), message, "take")
    client = sign_in(house.manager)
    assert "Elif Deneme arıyor" in client.get(reverse("call_list")).text
    assert "başka biri arıyor" in on_the_phone(client, message, "take").text
    assert "başka biri üstlendi" in on_the_phone(client, message, "reached").text
    message.refresh_from_db()
    assert message.state == MessageState.WAITING and message.claimed_by == house.agent


def test_all_that_waits_for_one_person_is_told_in_one_call(house: House, sign_in: Any) -> None:
    first, second = waiting_message(house, Way.PHONE), waiting_message(house, Way.PHONE)
    on_the_phone(sign_in(house.agent), first, "take")
    assert "başka biri arıyor" in on_the_phone(sign_in(house.manager), second, "take").text
    page = on_the_phone(sign_in(house.agent), first, "reached").text
    assert second.case and "tel:" in page and second.case.number in page


def test_a_call_given_back_is_free_for_the_next(house: House, sign_in: Any) -> None:
    message = waiting_message(house, Way.PHONE)
    on_the_phone(sign_in(house.agent), message, "take")
    on_the_phone(sign_in(house.agent), message, "let_go")
    assert "tel:" in on_the_phone(sign_in(house.manager), message, "take").text


def test_who_was_reached_leaves_the_list(house: House, sign_in: Any) -> None:
    message = waiting_message(house, Way.PHONE)
    client = sign_in(house.agent)
    on_the_phone(client, message, "take")
    assert "Görüşme kaydedildi" in on_the_phone(client, message, "reached", note="Köşede dedi").text
    message.refresh_from_db()
    assert message.state == MessageState.SENT and "Köşede dedi" in message.tries.get().result
    assert "listede değil" in on_the_phone(client, message, "reached").text


def test_who_did_not_answer_comes_back_later(house: House, sign_in: Any) -> None:
    message = waiting_message(house, Way.PHONE)
    page = on_the_phone(sign_in(house.agent), message, "no_answer").text
    assert "Sonra aranacaklar" in page and "yeniden listede görünür" in page


def test_a_wrong_number_takes_another_way(house: House, sign_in: Any) -> None:
    message = waiting_message(house, Way.PHONE)
    assert "başka bir yolla" in on_the_phone(sign_in(house.agent), message, "wrong_number").text
    assert Message.objects.filter(event=message.event).exclude(way=Way.PHONE).exists()


def test_the_urgent_are_called_first(house: House, sign_in: Any) -> None:
    calm = waiting_message(house, Way.PHONE)
    urgent = waiting_message(house, Way.PHONE, priority=Priority.URGENT)
    page = sign_in(house.agent).get(reverse("call_list")).text
    assert calm.case and urgent.case and page.index(urgent.case.number) < page.index(calm.case.number)


def test_a_sensitive_case_is_not_called_by_those_not_named_for_it(house: House, sign_in: Any) -> None:
    wishing(house, Way.PHONE)
    case = house.assigned(house.staff_complaint)
    actions.ask_applicant(case, "Ne zaman oldu?", by=house.manager)
    read_events()
    message = Message.objects.get(case=case, letter="ask_applicant")
    assert case.number not in sign_in(house.agent).get(reverse("call_list")).text
    assert sign_in(house.agent).post(reverse("call_list"), {"message": message.pk, "act": "take"}).status_code == 404
    assert case.number in sign_in(house.manager).get(reverse("call_list")).text


# Letters


def at_the_printer(client: Client, act: str, *letters: Message) -> Any:
    return client.post(reverse("print_queue"), {"act": act, "letter": [letter.pk for letter in letters]}, follow=True)


def test_chosen_letters_come_out_as_one_document(house: House, sign_in: Any) -> None:
    letters = [waiting_message(house, Way.LETTER) for _ in range(2)]
    client = sign_in(house.agent)
    assert "Gül Sokak 1" in client.get(reverse("print_queue")).text
    answer = at_the_printer(client, "print", *letters)
    assert answer["Content-Type"] == "application/pdf"
    assert max(int(count) for count in re.findall(rb"/Count (\d+)", answer.content)) == 2
    assert Message.objects.filter(state=MessageState.WAITING, way=Way.LETTER).count() >= 2


def test_posted_letters_leave_the_queue_and_can_be_taken_back(house: House, sign_in: Any) -> None:
    letter = waiting_message(house, Way.LETTER)
    client = sign_in(house.agent)
    assert "1 mektup postaya verildi" in at_the_printer(client, "printed", letter).text
    letter.refresh_from_db()
    assert letter.state == MessageState.SENT
    assert "geri alındı" in at_the_printer(client, "back", letter).text
    letter.refresh_from_db()
    assert letter.state == MessageState.WAITING and letter.tries.count() == 2


def test_only_who_marked_a_letter_takes_it_back(house: House, sign_in: Any) -> None:
    letter = waiting_message(house, Way.LETTER)
    at_the_printer(sign_in(house.agent), "printed", letter)
    at_the_printer(sign_in(house.manager), "back", letter)
    letter.refresh_from_db()
    assert letter.state == MessageState.SENT


def test_nothing_chosen_says_so(house: House, sign_in: Any) -> None:
    waiting_message(house, Way.LETTER)
    assert "en az bir mektup seçin" in at_the_printer(sign_in(house.agent), "print").text


def test_a_letter_without_an_address_is_shown_as_such_and_not_chosen(house: House, sign_in: Any) -> None:
    waiting_message(house, Way.LETTER)
    house.ayse.address = ""
    save_person(house.ayse)
    page = sign_in(house.agent).get(reverse("print_queue")).text
    assert "Adresi yok" in page and " checked" not in page


@pytest.mark.parametrize("name", ["call_list", "print_queue"])
def test_lists_ask_the_same_number_of_queries_however_long(house: House, sign_in: Any, name: str) -> None:
    way = Way.PHONE if name == "call_list" else Way.LETTER
    client, counts = sign_in(house.agent), []
    for _round in range(2):
        waiting_message(house, way)
        waiting_message(house, way)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(name))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


# Once more


def test_a_message_goes_out_again_from_its_case(house: House, sign_in: Any) -> None:
    letter = waiting_message(house, Way.LETTER)
    at_the_printer(sign_in(house.agent), "printed", letter)
    sign_in(house.officer).post(reverse("message_resend", args=[letter.pk]))
    assert Message.objects.filter(key__startswith=f"{letter.key}:again", state=MessageState.WAITING).count() == 1


@pytest.mark.parametrize(("part", "status"), [("outsider", 404), ("mayor", 404), ("administrator", 404)])
def test_others_do_not_send_it(house: House, sign_in: Any, part: str, status: int) -> None:
    letter = waiting_message(house, Way.LETTER)
    staff: Staff = house.staff[part]
    assert sign_in(staff).post(reverse("message_resend", args=[letter.pk])).status_code == status
