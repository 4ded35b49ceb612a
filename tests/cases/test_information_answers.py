"""Answers to information requests: grounds by article, parts removed, the way to object, and words of their own."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mimer.cases import actions
from mimer.cases.actions import Draft
from mimer.cases.models import Case
from mimer.cases.rules import NotAllowed
from mimer.municipality.kinds import CaseType
from mimer.municipality.models import LegalGround, LegalPeriod
from mimer.municipality.statutes import load_law
from mimer.notify.models import Message
from mimer.notify.reading import read_events
from tests.cast import House

pytestmark = pytest.mark.django_db

BOARD = "Bilgi Edinme Değerlendirme Kuruluna"


@pytest.fixture
def request_of(house: House) -> Case:
    load_law()
    return actions.accept(house.assigned(type=CaseType.FOI), by=house.officer)


def refusal(**changes: Any) -> Draft:
    return Draft(
        **{"outcome": "negative", "text": "Verilemiyor", "reason": "Sır", "grounds": ["trade_secret"]} | changes
    )


def letter(case: Case) -> str:
    while read_events():
        pass
    return Message.objects.filter(case=case, letter__in=("resolve", "refer_information")).get().body


@pytest.mark.parametrize("outcome", ["negative", "partial"])
def test_what_is_not_given_needs_a_ground_of_the_law(house: House, request_of: Case, outcome: str) -> None:
    with pytest.raises(NotAllowed, match="yasal gerekçe") as refused:
        actions.resolve(request_of, refusal(outcome=outcome, grounds=[]), by=house.officer)
    assert refused.value.about == "grounds"


@pytest.mark.parametrize(
    "draft",
    [
        refusal(grounds=["unheard_of"]),
        refusal(outcome="positive"),
        refusal(outcome="negative", parts_removed=True),
        refusal(outcome="not_found"),
    ],
)
def test_an_answer_the_law_on_information_does_not_know_is_refused(
    house: House, request_of: Case, draft: Draft
) -> None:
    with pytest.raises(NotAllowed):
        actions.resolve(request_of, draft, by=house.officer)


def test_a_ground_that_was_not_yet_law_on_the_day_of_receipt_is_refused(house: House, request_of: Case) -> None:
    LegalGround.objects.filter(code="trade_secret").update(valid_from=timezone.localdate() + timedelta(days=1))
    with pytest.raises(NotAllowed):
        actions.resolve(request_of, refusal(), by=house.officer)


def test_other_cases_know_no_such_grounds(house: House) -> None:
    load_law()
    case = actions.accept(house.assigned(), by=house.officer)
    with pytest.raises(NotAllowed):
        actions.resolve(case, refusal(), by=house.officer)


def test_information_needs_no_photo_of_finished_work(house: House, request_of: Case) -> None:
    actions.resolve(request_of, Draft("positive", "Ektedir"), by=house.officer)
    assert request_of.outcome == "positive"


def test_the_letter_names_the_ground_with_its_article_and_the_way_to_the_board(house: House, request_of: Case) -> None:
    actions.resolve(request_of, refusal(outcome="partial", parts_removed=True), by=house.officer)
    body = letter(request_of)
    assert "Ticari sır (4982 m. 23)" in body
    assert "Gizli kısımlar çıkarılarak verildi" in body
    assert BOARD in body and "15 gün" in body


def test_an_answer_that_gives_everything_speaks_of_no_board(house: House, request_of: Case) -> None:
    actions.resolve(request_of, Draft("informed", "Ektedir"), by=house.officer)
    assert BOARD not in letter(request_of)


def test_what_nobody_checked_is_not_printed(house: House, request_of: Case) -> None:
    LegalPeriod.objects.filter(code="FOI_4982").update(remedy_certainty="unverified")
    LegalGround.objects.filter(code="trade_secret").update(certainty="unverified")
    from django.core.cache import cache

    cache.clear()
    actions.resolve(request_of, refusal(), by=house.officer)
    body = letter(request_of)
    assert BOARD not in body
    assert "Ticari sır" in body and "m. 23" not in body


def test_the_page_of_the_citizen_shows_ground_and_remedy(house: House, request_of: Case, client: Client) -> None:
    actions.resolve(request_of, refusal(), by=house.officer)
    page = client.get(reverse("tracked", args=[request_of.number, request_of.tracking_code])).content.decode()
    assert "Ticari sır (4982 m. 23)" in page and BOARD in page


def test_the_officer_chooses_grounds_on_the_page_and_keeps_what_she_typed(
    house: House, request_of: Case, client: Client
) -> None:
    client.force_login(house.officer)
    address = reverse("case_verb", args=[request_of.number, "resolve"])
    shown = client.get(address).content.decode()
    assert "4982 m. 23" in shown and "Haklı bulunmadı" not in shown
    typed = {"outcome": "negative", "text": "Bu belge verilemez", "reason": "Sır", "last_event": request_of.last_event}
    refused = client.post(address, typed).content.decode()
    assert "en az bir yasal gerekçe" in refused and "Bu belge verilemez" in refused
    client.post(address, typed | {"grounds": ["trade_secret", "private_life"]})
    assert request_of.final_answers.get().grounds == ["trade_secret", "private_life"]
    story = client.get(reverse("case", args=[request_of.number])).content.decode()
    assert "Özel hayatın gizliliği (4982 m. 21)" in story


def test_what_another_body_holds_is_passed_on_in_words_of_its_own(house: House, request_of: Case) -> None:
    actions.refer(request_of, house.waterworks, "KASKİ'ye ilettik", by=house.officer)
    body = letter(request_of)
    assert "İstediğiniz bilgi ya da belge belediyemizde değil" in body and "görevi değil" not in body


def test_an_appeal_stands_on_the_page_with_the_unchecked_period_marked(
    house: House, request_of: Case, client: Client
) -> None:
    actions.resolve(request_of, refusal(), by=house.officer)
    actions.record_appeal(request_of, "board", timezone.localdate(), "2026/7", by=house.agent)
    client.force_login(house.officer)
    page = client.get(reverse("case", args=[request_of.number])).content.decode()
    assert "2026/7" in page and "15 iş günü" in page and "doğrulanmadı" in page
    client.force_login(house.outsider)
    assert client.get(reverse("case", args=[request_of.number])).status_code == 404
