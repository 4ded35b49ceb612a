"""A complaint in somebody's real words, from her first page to the close she gives herself, each step in Chromium."""

import csv
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from mimer.cases.integrity import find_faults
from mimer.cases.models import Case
from mimer.cases.states import State
from tests.browser.test_case_life import Visitor
from tests.cast import House
from tests.shared_data import SHARED, needs_shared
from tests.web.pictures import photo

TEXTS = SHARED / "tr_text" / "tr_municipal_complaints_8_units.csv"
A_DUG_UP_STREET = "yg-t0235"
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), needs_shared("tr_text")]


@pytest.fixture(autouse=True)
def _somebody_sends_sms(settings: Any) -> None:
    settings.SMS_SENDER = "silent"


def real_words() -> str:
    with TEXTS.open(encoding="utf-8", newline="") as rows:
        return next(row["text"] for row in csv.DictReader(rows) if row["id"] == A_DUG_UP_STREET)


def test_real_words_are_routed_answered_and_closed(house: House, page: Any, live_server: Any, tmp_path: Path) -> None:
    visitor, words = Visitor(page, live_server), real_words()
    case = applies(visitor, words)
    assert (case.text, case.state, case.unit) == (words, State.ASSIGNED, house.transport)

    visitor.sits(house.officer)
    visitor.case(case)
    visitor.expects(words)
    page.keyboard.press("a")
    visitor.expects("İşleme aldınız")
    form = visitor.verb("resolve")
    picture = tmp_path / "sonra.jpg"
    picture.write_bytes(photo().read())
    form.locator("input[type=file]").set_input_files(picture)
    form.get_by_label("Olumlu", exact=True).check()
    form.get_by_label("Başvurana cevabınız").fill("Kazılan yeri doldurup asfaltladık.")
    form.get_by_role("button", name="Sonuçlandır").click()
    visitor.expects("Sonuçlandırdınız")

    page.goto("about:blank")  # what the case page still asks for would bring its cookies back
    page.context.clear_cookies()
    visitor.opens(f"/takip/{case.number}/{case.tracking_code}/")
    visitor.expects("Kazılan yeri doldurup asfaltladık.")
    page.get_by_role("button", name="Evet, çözüldü").click()
    visitor.expects("Başvurunuzu kapattık")
    case.refresh_from_db()
    assert (case.state, case.outcome) == (State.CLOSED, "positive")
    assert visitor.complaints == [] and list(find_faults()) == []


def applies(visitor: Visitor, words: str) -> Case:
    """Through the citizen's pages, until the number stands there."""
    page, go_on = visitor.page, visitor.page.get_by_role("button", name="Devam et")
    visitor.opens("/basvuru/")
    page.get_by_label("Kendi sözlerinizle anlatın").fill(words)
    go_on.click()
    page.get_by_label("Yol çukuru").first.check()
    go_on.click()
    page.get_by_label("Adres ya da tarif").fill("Çay Sokak 5")
    page.get_by_label("Mahalle").select_option(label="Fatih")
    go_on.click()
    page.get_by_label("Adınız", exact=True).fill("Şükran")
    page.get_by_label("Soyadınız").fill("Ilgaz")
    page.get_by_label("Kısa mesaj (SMS) ile").check()
    page.get_by_label("Telefonunuz").fill("0533 765 43 21")
    go_on.click()
    visitor.expects(words)
    page.get_by_role("button", name="Başvuruyu gönder").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Başvurunuzu aldık")
    return Case.objects.get()
