"""The single screen at a unit's own counter: less than the desk's, and only people the unit has met."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mimer.cases.models import Case
from mimer.municipality.kinds import Channel
from mimer.people.models import CardChange
from tests.cast import House
from tests.web.test_desk_call import BACKEND, call, taken


@pytest.fixture
def sign_in(client: Client) -> Any:
    def enter(staff: Any) -> Client:
        client.force_login(staff, backend=BACKEND)
        return client

    return enter


def test_a_unit_takes_down_what_is_told_at_its_own_counter(house: House, sign_in: Any) -> None:
    client = sign_in(house.officer)
    page = client.get(reverse("unit_new")).text
    assert "Birim masası" in page and 'value="petition"' in page and 'name="channel" value="phone"' not in page
    case = taken(client.post(reverse("unit_new"), call(house, channel="unit")))
    assert (case.channel, case.unit) == (Channel.UNIT, house.transport)
    other = taken(client.post(reverse("unit_new"), call(house, channel="unit", subject=house.parcel.pk)))
    assert other.unit == house.zoning
    assert client.get(reverse("desk_saved", args=[other.number])).status_code == 200


def test_a_unit_cannot_write_through_the_desks_doors_nor_answer_at_once(house: House, sign_in: Any) -> None:
    client = sign_in(house.officer)
    assert client.post(reverse("unit_new"), call(house, channel="phone")).status_code == 422
    page = client.post(reverse("unit_new"), call(house, channel="unit", act="informed", answer="Tamam"))
    assert page.status_code == 422 and "sizin göreviniz değil" in page.text
    assert Case.objects.count() == 0


def test_a_unit_neither_chooses_nor_rewrites_somebody_it_never_met(house: House, sign_in: Any) -> None:
    house.assigned()
    client = sign_in(house.outsider)
    chosen = call(house, channel="unit", person=house.ayse.pk, email="baska@ornek.example")
    page = client.post(reverse("unit_new"), chosen)
    assert page.status_code == 422 and "Seçtiğiniz kişi bulunamadı" in page.text
    named = {"given_name": "Ayşe", "family_name": "Işık", "phone": "0532 123 45 67", "email": "baska@ornek.example"}
    case = taken(client.post(reverse("unit_new"), call(house, channel="unit", subject=house.parcel.pk, **named)))
    house.ayse.refresh_from_db()
    assert case.applicant != house.ayse and house.ayse.email == "ayse@ornek.example"
    assert client.get(reverse("person", args=[house.ayse.pk])).status_code == 404


def test_a_unit_goes_on_with_somebody_it_knows(house: House, sign_in: Any) -> None:
    house.assigned()
    chosen = call(house, channel="unit", person=house.ayse.pk, phone="0544 111 22 33")
    case = taken(sign_in(house.officer).post(reverse("unit_new"), chosen))
    assert case.applicant == house.ayse and CardChange.objects.get().staff == house.officer


@pytest.mark.parametrize("text", ["Kaldırımda büyük bir çukur var", "Başka bir konu"])
def test_a_document_number_of_another_unit_does_not_tell_its_case(house: House, sign_in: Any, text: str) -> None:
    case = house.assigned(channel=Channel.UNIT, source_id="EV-1")
    told = call(house, channel="unit", subject=house.parcel.pk, document_number="EV-1", text=text)
    page = sign_in(house.outsider).post(reverse("unit_new"), told)
    assert page.status_code == 422 and "Bu numarayla kayıtlı bir başvuru var." in page.text
    assert case.number not in page.text
    assert case.number in sign_in(house.officer).post(reverse("unit_new"), told | {"text": "Başka"}).text
