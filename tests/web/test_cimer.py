"""CİMER: typed over with number and day, a hidden identity that stays hidden, and answers carried back by hand."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mimer.cases import actions
from mimer.cases.actions.opening import Place
from mimer.cases.models import Case
from mimer.cases.rules import NotAllowed, verbs_for
from mimer.municipality.kinds import CaseType, Channel
from mimer.municipality.models import Municipality
from mimer.notify.reading import read_events
from tests.cast import House

pytestmark = pytest.mark.django_db

NUMBER = "26-0012345678"
NAME, PHONE, MAIL = "Ayşe", "532 123", "ayse@ornek.example"


def form(house: House, **changes: Any) -> dict[str, Any]:
    yesterday = timezone.localdate() - timedelta(days=1)
    return {
        "channel": "cimer", "document_number": NUMBER, "received_on": yesterday.isoformat(), "received_time": "23:40",
        "text": "Kaldırımda çukur var", "subject": house.pothole.pk, "type": "tip", "address": "Çay Sokak 5",
        "given_name": "Ayşe", "family_name": "Işık", "phone": "0532 123 45 67", "identity_hidden": "on", "key": "k1",
    } | changes  # fmt: skip


@pytest.fixture
def desk(house: House, client: Client) -> Client:
    client.force_login(house.agent)
    return client


@pytest.fixture
def hidden(house: House) -> Case:
    """A tip-off about a pothole whose informant CİMER names to the desk alone; the crew is on its way."""
    Municipality.objects.update(email="")
    case = house.assigned(channel=Channel.CIMER, external_number=NUMBER, source_id=NUMBER, identity_hidden=True)
    actions.plan(case, timezone.localdate(), crew=house.crew, by=house.officer)
    while read_events():
        pass
    return case


def test_the_record_at_cimer_gives_number_day_and_hour(house: House, desk: Client) -> None:
    desk.post(reverse("desk_new"), form(house))
    case = Case.objects.get()
    local = timezone.localtime(case.received_at)
    assert (case.external_number, case.source_id, case.channel) == (NUMBER, NUMBER, "cimer")
    assert (local.date(), f"{local:%H:%M}") == (timezone.localdate() - timedelta(days=1), "23:40")
    assert case.type == CaseType.TIP and case.identity_hidden and case.regime == "CIMER"
    assert case.legal_due_on == local.date() + timedelta(days=30)


def test_an_information_request_from_cimer_follows_the_law_on_information_too(house: House, desk: Client) -> None:
    desk.post(reverse("desk_new"), form(house, type="foi"))
    assert set(Case.objects.get().legal_clocks.values_list("regime", flat=True)) == {"FOI_4982", "CIMER"}


@pytest.mark.parametrize(("name", "sentence"), [
    ("document_number", "CİMER başvuru numarasını yazın"),
    ("received_on", "CİMER kaydının gününü seçin"),
])  # fmt: skip
def test_without_number_or_day_nothing_is_recorded_and_nothing_typed_is_lost(
    house: House, desk: Client, name: str, sentence: str
) -> None:
    page = desk.post(reverse("desk_new"), form(house, **{name: ""})).content.decode()
    assert sentence in page and "Kaldırımda çukur var" in page
    assert not Case.objects.exists()


def test_an_hour_to_come_is_refused(house: House, desk: Client, time_machine_at_noon: None) -> None:
    typed = form(house, received_on=timezone.localdate().isoformat(), received_time="15:00")
    assert "şu andan sonra olamaz" in desk.post(reverse("desk_new"), typed).content.decode()


@pytest.fixture
def time_machine_at_noon() -> Any:
    with time_machine.travel(datetime(2026, 11, 18, 9, tzinfo=UTC)):
        yield


def test_the_same_number_again_leads_to_the_first_case(house: House, desk: Client) -> None:
    desk.post(reverse("desk_new"), form(house))
    first = Case.objects.get()
    page = desk.post(reverse("desk_new"), form(house, text="Başka sözler", key="k2")).content.decode()
    assert Case.objects.count() == 1
    assert reverse("case", args=[first.number]) in page and "Başka sözler" in page


def test_other_channels_hide_nobody(house: House, desk: Client) -> None:
    desk.post(reverse("desk_new"), form(house, channel="phone"))
    case = Case.objects.get()
    assert not case.identity_hidden and case.external_number == ""


def test_the_screen_offers_the_kinds_that_cimer_knows(house: House, desk: Client) -> None:
    page = desk.get(reverse("desk_new") + "?kanal=cimer").content.decode()
    assert "CİMER başvuru numarası" in page and "kimliği gizli" in page
    assert "kimliği gizli" not in desk.get(reverse("desk_new") + "?kanal=petition").content.decode()


@pytest.mark.parametrize("name", ["officer", "representative", "head", "field_worker", "arbiter", "mayor", "auditor"])
def test_a_hidden_identity_is_kept_from_everybody_but_the_desk(
    house: House, client: Client, hidden: Case, name: str
) -> None:
    supporter = house.assigned(channel=Channel.CIMER, identity_hidden=True, source_id="26-2")
    actions.merge(supporter, hidden, by=house.agent)
    known = house.assigned(
        text="Bir başka çukur", place=Place(address="Uzak Sokak 9")
    )  # by the same applicant, with her name
    client.force_login(house.staff[name])
    pages = [
        reverse("case", args=[hidden.number]), reverse("case", args=[supporter.number]), reverse("inbox"),
        reverse("case_list"), reverse("case_list") + "?q=çukur", reverse("home"), reverse("case_map"),
        reverse("case_list") + "?q=Ayşe",
    ]  # fmt: skip
    if name == "field_worker":
        pages = [reverse("field"), reverse("field_case", args=[hidden.number])]
    for address in pages:
        answer = client.get(address, follow=True)
        assert answer.status_code in (200, 404), address
        body = answer.content.decode()
        assert MAIL not in body, address
        if "q=Ay" in address:  # found by the case that names her, never by the one that does not
            assert hidden.number not in body and supporter.number not in body
        else:
            assert "Işık" not in body and NAME not in body and PHONE not in body, address
    if name != "field_worker":
        named = client.get(reverse("case", args=[known.number])).content.decode()
        assert NAME in named and hidden.number not in named, "her other case gives the hidden one away"


def test_a_hidden_case_leads_nobody_to_the_card_of_its_informant(house: House, client: Client, hidden: Case) -> None:
    client.force_login(house.officer)
    assert client.get(reverse("person", args=[house.ayse.pk])).status_code == 404
    for typed in ("Ayşe", "0532 123 45 67", hidden.number):
        assert "Işık" not in client.get(reverse("desk_people"), {"caller": typed}).content.decode()
    house.assigned(text="Bir başka çukur")
    card = client.get(reverse("person", args=[house.ayse.pk])).content.decode()
    assert "Işık" in card and hidden.number not in card


def test_ready_answers_do_not_name_her(house: House, hidden: Case) -> None:
    from mimer.knowledge.models import CannedAnswer
    from mimer.web.forms.answers import filled

    assert "Ayşe" not in filled(CannedAnswer(text_tr="Sayın {applicant}"), hidden)


@pytest.mark.parametrize("name", ["agent", "manager"])
def test_the_desk_sees_her_and_is_warned(house: House, client: Client, hidden: Case, name: str) -> None:
    client.force_login(house.staff[name])
    page = client.get(reverse("case", args=[hidden.number])).content.decode()
    assert "Ayşe Işık" in page and "Kimliği gizli" in page


def test_the_outsider_finds_nothing(house: House, client: Client, hidden: Case) -> None:
    client.force_login(house.outsider)
    assert client.get(reverse("case", args=[hidden.number])).status_code == 404
    assert hidden.number not in client.get(reverse("case_list"), {"q": NUMBER}, follow=True).content.decode()


def test_the_number_of_cimer_leads_straight_to_the_case(house: House, client: Client, hidden: Case) -> None:
    client.force_login(house.officer)
    answer = client.get(reverse("case_list"), {"q": NUMBER})
    assert answer.status_code == 302 and answer["Location"] == reverse("case", args=[hidden.number])


def answered(house: House, case: Case) -> Case:
    return actions.resolve(case, actions.Draft("informed", "Çukur kapatıldı, bilgi verildi."), by=house.officer)


def test_an_answer_waits_until_it_is_entered_at_cimer(house: House, desk: Client, hidden: Case) -> None:
    assert NUMBER not in desk.get(reverse("cimer_list")).content.decode()
    answered(house, hidden)
    assert NUMBER in desk.get(reverse("cimer_list")).content.decode()
    page = desk.get(reverse("cimer_answer", args=[hidden.number])).content.decode()
    assert "Çukur kapatıldı, bilgi verildi.</textarea>" in page and NUMBER in page
    desk.post(reverse("case_verb", args=[hidden.number, "answered_elsewhere"]))
    assert NUMBER not in desk.get(reverse("cimer_list")).content.decode()
    events = hidden.events.count()
    hidden.refresh_from_db()
    actions.answered_elsewhere(hidden, by=house.agent)
    assert hidden.events.count() == events, "ticked twice, it is still one event"


def test_a_second_answer_has_to_be_entered_again(house: House, desk: Client, hidden: Case) -> None:
    actions.answered_elsewhere(answered(house, hidden), by=house.agent)
    actions.not_solved(hidden, "Duruyor", by=house.agent)
    assert not Case.objects.to_enter_in_cimer().exists()
    answered(house, actions.accept(hidden, by=house.officer))
    assert Case.objects.to_enter_in_cimer().get() == hidden


def test_only_what_came_from_cimer_is_entered_there(house: House, client: Client) -> None:
    case = actions.accept(house.assigned(), by=house.officer)
    answered(house, case)
    assert "answered_elsewhere" not in verbs_for(case, house.agent)
    with pytest.raises(NotAllowed):
        actions.answered_elsewhere(case, by=house.agent)
    client.force_login(house.agent)
    assert client.get(reverse("cimer_answer", args=[case.number])).status_code == 404


def test_the_unit_does_not_see_the_list_of_the_desk(house: House, client: Client, hidden: Case) -> None:
    answered(house, hidden)
    client.force_login(house.officer)
    assert client.get(reverse("cimer_list")).status_code == 403
    assert client.get(reverse("cimer_answer", args=[hidden.number])).status_code == 403
