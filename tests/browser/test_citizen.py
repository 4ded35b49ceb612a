"""The citizen's pages in a real browser: with and without JavaScript, by keyboard alone, on a telephone, before axe."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from mimer.cases import actions
from mimer.cases.models import Case
from mimer.municipality.models import Question
from mimer.municipality.models.subjects import QuestionKind
from tests.web.citizen_door import photo

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = [390, 1366]
Axe = Callable[[Any], None]


@pytest.fixture(autouse=True)
def _somebody_sends_sms(settings: Any) -> None:
    settings.SMS_SENDER = "silent"


@pytest.fixture(autouse=True)
def _as_quick_as_a_machine(settings: Any) -> None:
    settings.RATE_LIMITS = False


@pytest.fixture
def town(transactional_db: None, house: Any) -> Any:
    """The cast, with a question about potholes."""
    Question.objects.create(
        subject=house.pothole, code="deep", kind=QuestionKind.YES_NO, text_tr="Derin mi?", required=True
    )
    return house


def open_page(browser: Browser, width: int = 1366, scripts: bool = True) -> Page:
    context = browser.new_context(viewport={"width": width, "height": 900}, locale="tr-TR", java_script_enabled=scripts)
    page = context.new_page()
    page.on("console", lambda message: pytest.fail(message.text) if message.type == "error" else None)
    return page


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Devam et").click()


def walk(page: Page, address: str, look: Callable[[Page], None]) -> Case:
    """Applies from the first page to the last; `look` sees every page, also with its errors."""
    page.goto(address)
    look(page)
    page.get_by_role("link", name="Başvuru yapın").click()
    look(page)
    go_on(page)
    expect(page.get_by_role("link", name="Ne olduğunu birkaç sözcükle yazın")).to_be_visible()
    look(page)
    page.get_by_label("Kendi sözlerinizle anlatın").fill("Asfaltta büyük bir çukur var")
    picture = photo(gps=(38.7201, 35.5002))
    page.locator("#id_photos").set_input_files(
        {"name": "cukur.jpg", "mimeType": "image/jpeg", "buffer": picture.read()}
    )
    page.get_by_role("button", name="Seçtiğim dosyaları ekle").click()
    expect(page.get_by_role("button", name=re.compile("Çıkar.*cukur.jpg"))).to_be_visible()
    look(page)
    go_on(page)
    look(page)
    go_on(page)
    look(page)
    page.get_by_label("Yol çukuru").first.check()
    go_on(page)
    page.get_by_label("Evet").check()
    look(page)
    go_on(page)
    expect(page.get_by_label("Evet, fotoğrafı çektiğim yerde")).to_be_checked()
    look(page)
    page.get_by_label("Adres ya da tarif").fill("Çay Sokak 5")
    go_on(page)
    go_on(page)
    look(page)
    page.get_by_label("Adınız", exact=True).fill("Ayşe")
    page.get_by_label("Soyadınız").fill("Işık")
    page.get_by_label("Kısa mesaj (SMS) ile").check()
    page.get_by_label("Telefonunuz").fill("0532 123 45 67")
    go_on(page)
    expect(page.get_by_text("0532 123 45 67")).to_be_visible()
    look(page)
    page.get_by_role("button", name="Başvuruyu gönder").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Başvurunuzu aldık")
    look(page)
    case = Case.objects.get()
    expect(page.get_by_text(case.number, exact=True)).to_be_visible()
    return case


@pytest.mark.parametrize("width", WIDTHS)
def test_she_applies_and_axe_finds_nothing(
    browser: Browser, live_server: Any, town: Any, expect_no_axe_violations: Axe, width: int
) -> None:
    def look(page: Page) -> None:
        page.wait_for_load_state("networkidle")
        expect_no_axe_violations(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    page = open_page(browser, width)
    case = walk(page, live_server.url, look)
    assert (case.neighbourhood, case.attachments.count(), case.answers) == (town.fatih, 1, {"deep": "yes"})
    page.get_by_role("link", name="Başvurunuzu görün").click()
    look(page)


def test_she_applies_without_javascript(browser: Browser, live_server: Any, town: Any) -> None:
    page = open_page(browser, 390, scripts=False)
    case = walk(page, live_server.url, lambda _page: None)
    assert (round(case.lat or 0, 4), case.address) == (38.7201, "Çay Sokak 5")


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_on_the_pages_that_inform(
    browser: Browser, live_server: Any, town: Any, expect_no_axe_violations: Axe, width: int
) -> None:
    page = open_page(browser, width)
    for path in ("/takip/", "/konular/?q=cukur", "/konular/", "/aydinlatma/", "/erisilebilirlik/"):
        page.goto(live_server.url + path)
        expect_no_axe_violations(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_she_follows_answers_and_disagrees(
    browser: Browser, live_server: Any, town: Any, expect_no_axe_violations: Axe, width: int
) -> None:
    case = town.assigned()
    actions.ask_applicant(case, "Çukur nerede?", by=town.officer)
    page = open_page(browser, width)
    page.goto(live_server.url + "/takip/")
    page.get_by_label("Başvuru numarası").fill(case.number.replace("-", " "))
    page.get_by_label("Takip kodu").fill(case.tracking_code.lower())
    page.get_by_role("button", name="Durumu göster").click()
    expect(page.get_by_text("Sizden bilgi bekliyoruz")).to_be_visible()
    expect_no_axe_violations(page)
    page.get_by_role("link", name="Cevap yazın").click()
    page.get_by_role("button", name="Cevabı gönder").click()
    expect_no_axe_violations(page)
    page.get_by_label("Cevabınız").fill("Okulun önünde")
    page.get_by_role("button", name="Cevabı gönder").click()
    expect(page.get_by_text("Cevabınızı aldık, teşekkürler.")).to_be_visible()
    case.refresh_from_db()
    actions.accept(case, by=town.officer)
    actions.refer(case, town.waterworks, "KASKİ'ye ilettik.", by=town.officer)
    page.reload()
    expect_no_axe_violations(page)
    page.get_by_role("link", name="Sorunum çözülmedi").click()
    expect(page.get_by_text("yasal bir itiraz değildir")).to_be_visible()
    expect_no_axe_violations(page)
    page.get_by_label("Çözülmeyen nedir?").fill("Hâlâ duruyor")
    page.get_by_role("button", name="Çözülmediğini bildir").click()
    expect(page.get_by_text("birim yeniden ilgilenecek")).to_be_visible()


def test_the_map_chooses_a_place_and_follows_the_neighbourhood(browser: Browser, live_server: Any, town: Any) -> None:
    page = open_page(browser)
    page.goto(f"{live_server.url}/basvuru/?konu={town.pothole.code}")
    page.get_by_label("Kendi sözlerinizle anlatın").fill("Çukur")
    go_on(page)
    page.get_by_label("Hayır").check()
    go_on(page)
    page.get_by_label("Mahalle").select_option(label="Fatih")
    expect(page.locator(".map-name", has_text="Fatih")).to_be_visible()
    page.locator(".map-canvas").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Yer haritada seçildi.")).to_be_visible()
    assert abs(float(page.locator("#id_lat").input_value()) - 38.72) < 0.01
    go_on(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Size nasıl ulaşalım?")


def test_the_keyboard_alone_is_enough(browser: Browser, live_server: Any, town: Any) -> None:
    page = open_page(browser)
    page.goto(f"{live_server.url}/basvuru/?konu={town.staff_complaint.code}")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    tab_to(page, "#id_text")
    page.keyboard.type("Görevli kaba davrandı")
    tab_to(page, "button:has-text('Devam et')")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Size nasıl ulaşalım?")
    tab_to(page, "[name=who]")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_text("Adınızı vermezseniz")).to_be_visible()
    tab_to(page, "button:has-text('Devam et')")
    page.keyboard.press("Enter")
    tab_to(page, "button:has-text('Başvuruyu gönder')")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Başvurunuzu aldık")
    assert Case.objects.get().applicant is None


def tab_to(page: Page, selector: str) -> None:
    """Presses Tab until the element has the focus."""
    for _press in range(60):
        if page.locator(selector).first.evaluate("(it) => it === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab never reached {selector}")
