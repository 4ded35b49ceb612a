"""Finding people, their cards, and the identity number that is shown for a recorded reason only."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mimer.people.models import CardChange, Person
from mimer.people.search import save_person
from mimer.privacy.models import Reveal
from mimer.web.forms.desk import contact_of
from tests.cast import House

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
IDENTITY = "10000000146"


@pytest.fixture
def sign_in(client: Client) -> Any:
    def enter(staff: Any) -> Client:
        client.force_login(staff, backend=BACKEND)
        return client

    return enter


@pytest.fixture
def known(house: House) -> Person:
    house.ayse.national_id = IDENTITY
    return save_person(house.ayse)


@pytest.mark.parametrize("typed", ["ışık", "AYSE IS", "0532 123 45 67", "5321234567", "ayse@ornek.example", IDENTITY])
def test_a_caller_is_found_while_her_name_or_number_is_typed(
    house: House, known: Person, sign_in: Any, typed: str
) -> None:
    case = house.assigned()
    page = sign_in(house.agent).get(reverse("desk_people"), {"caller": typed}).text
    assert "Ayşe Işık" in page and case.number in page and IDENTITY not in page


def test_a_case_number_leads_to_its_applicant(house: House, sign_in: Any) -> None:
    case = house.assigned()
    assert "Ayşe Işık" in sign_in(house.agent).get(reverse("desk_people"), {"caller": case.number}).text


def test_a_unit_finds_only_those_whose_cases_it_may_see(house: House, sign_in: Any) -> None:
    house.assigned()
    assert "Ayşe Işık" in sign_in(house.officer).get(reverse("desk_people"), {"caller": "ışık"}).text
    assert "Ayşe Işık" not in sign_in(house.outsider).get(reverse("desk_people"), {"caller": "ışık"}).text
    assert sign_in(house.mayor).get(reverse("desk_people"), {"caller": "ışık"}).status_code == 403


def test_a_message_is_offered_to_nobody_new_while_nothing_sends_one(
    house: House, known: Person, sign_in: Any, settings: Any
) -> None:
    client, card = sign_in(house.agent), reverse("person", args=[known.pk])
    assert 'value="sms"' not in client.get(card).text and 'value="sms"' not in client.get(reverse("desk_new")).text
    known.preferred_way = "sms"
    known.save()
    assert 'value="sms" selected' in client.get(card).text
    settings.SMS_SENDER = "silent"
    assert 'value="sms"' in client.get(reverse("desk_new")).text


def test_her_card_shows_contact_cases_and_a_masked_identity(house: House, known: Person, sign_in: Any) -> None:
    case, sensitive = house.assigned(), house.assigned(house.staff_complaint)
    page = sign_in(house.agent).get(reverse("person", args=[known.pk])).text
    assert case.number in page and sensitive.number not in page
    assert "100******46" in page and IDENTITY not in page


def test_a_card_is_for_those_who_see_one_of_her_cases(house: House, known: Person, client: Client) -> None:
    house.assigned()
    for part, status in (
        ("agent", 200),
        ("officer", 200),
        ("mayor", 200),
        ("outsider", 404),
        ("administrator", 404),
        ("greeter", 404),
    ):
        client.force_login(house.staff[part], backend=BACKEND)
        assert client.get(reverse("person", args=[known.pk])).status_code == status, part
    assert client.get(reverse("person", args=[999])).status_code == 404


def test_the_desk_keeps_how_she_wants_to_hear_from_us(house: House, known: Person, sign_in: Any) -> None:
    fields = {
        "phone": "0533 000 11 22",
        "email": "",
        "person_address": "Gül Sokak 1, Melikgazi",
        "preferred_way": "letter",
        "language": "en",
    }
    assert sign_in(house.agent).post(reverse("person", args=[known.pk]), fields).status_code == 302
    known.refresh_from_db()
    assert (known.phone, known.email, known.preferred_way, known.language) == ("+905330001122", "", "letter", "en")
    assert known.national_id == IDENTITY


def test_who_changed_a_card_is_kept_and_told_without_the_values(house: House, known: Person, sign_in: Any) -> None:
    client, card = sign_in(house.agent), reverse("person", args=[known.pk])
    as_it_stands = contact_of(known)
    client.post(card, as_it_stands)
    assert not CardChange.objects.exists()
    client.post(card, as_it_stands | {"email": "baska@ornek.example", "phone": ""})
    change = CardChange.objects.get()
    assert (change.person, change.staff, change.columns) == (known, house.agent, ["phone", "email"])
    assert "Telefon, E-posta" in client.get(card).text and "Elif Deneme" in client.get(card).text
    page = sign_in(house.auditor).get(reverse("administration_card_changes")).text
    assert "Elif Deneme" in page and "A*** I***" in page and "Telefon, E-posta" in page and "Işık" not in page


def test_a_way_without_its_address_is_refused_beside_the_field(house: House, known: Person, sign_in: Any) -> None:
    page = sign_in(house.agent).post(
        reverse("person", args=[known.pk]), {"preferred_way": "letter", "email": "a@b.example"}
    )
    assert page.status_code == 422 and "posta adresini yazın" in page.text and "a@b.example" in page.text


def test_who_only_reads_her_cases_changes_nothing(house: House, known: Person, sign_in: Any) -> None:
    house.assigned()
    sign_in(house.officer).post(
        reverse("person", args=[known.pk]), {"phone": "0533 000 11 22", "preferred_way": "none"}
    )
    known.refresh_from_db()
    assert known.phone == "+905321234567"


def test_the_identity_is_shown_once_and_the_reason_kept(house: House, known: Person, sign_in: Any) -> None:
    client = sign_in(house.agent)
    page = client.post(reverse("person_reveal", args=[known.pk]), {"reason": "Ruhsat başvurusu için karşılaştırma"})
    assert IDENTITY in page.text and "no-store" in page["Cache-Control"]
    seen = Reveal.objects.get()
    assert (seen.person, seen.staff, seen.reason) == (known, house.agent, "Ruhsat başvurusu için karşılaştırma")
    assert IDENTITY not in client.get(reverse("person", args=[known.pk])).text


@pytest.mark.parametrize("reason", ["", "  ", "iş"])
def test_without_a_reason_nothing_is_shown(house: House, known: Person, sign_in: Any, reason: str) -> None:
    page = sign_in(house.agent).post(reverse("person_reveal", args=[known.pk]), {"reason": reason})
    assert page.status_code == 422 and IDENTITY not in page.text and not Reveal.objects.exists()


def test_the_identity_stays_covered_for_outsiders_and_onlookers(house: House, known: Person, sign_in: Any) -> None:
    house.assigned()
    for part, status in (("outsider", 404), ("mayor", 403), ("administrator", 403)):
        answer = sign_in(house.staff[part]).post(reverse("person_reveal", args=[known.pk]), {"reason": "merak ettim"})
        assert answer.status_code == status
    assert not Reveal.objects.exists()


def test_a_card_asks_the_same_number_of_queries_however_many_cases(house: House, known: Person, sign_in: Any) -> None:
    client, counts = sign_in(house.agent), []
    house.assigned()
    for _round in range(3):  # the first signs in
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("person", args=[known.pk]))
        counts.append(len(queries))
        for _case in range(30):
            house.assigned()
    assert counts[1] == counts[2] <= 14
