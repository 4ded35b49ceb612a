"""One whole life in Chromium: desk, unit, plan, field photo, approval, not solved, answered again, closed; and axe on the way."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from mimer.cases import actions
from mimer.cases.models import Case
from mimer.cases.states import State
from mimer.knowledge.models import CannedAnswer
from mimer.municipality.models import Staff
from tests.cast import House, open_every_day
from tests.web.pictures import photo

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _every_day(house: House) -> None:
    open_every_day(house.transport)


class Visitor:
    """Somebody at a browser; whoever sits down signs in."""

    def __init__(self, page: Any, live_server: Any) -> None:
        self.page, self.base = page, live_server.url
        self.complaints: list[str] = []
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def sits(self, staff: Staff) -> None:
        client = Client()
        client.force_login(staff)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.page.goto("about:blank")  # an open case page would go on asking who else is here, as nobody
        self.page.context.clear_cookies()
        self.page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": self.base}])

    def opens(self, path: str) -> None:
        self.page.goto(self.base + path)

    def case(self, case: Case) -> None:
        self.opens(f"/is/basvuru/{case.number}/")

    def verb(self, verb: str) -> Any:
        """Opens a verb by its button and waits for its form."""
        form = self.page.locator(f"form[data-verb={verb}]")
        if not form.is_visible():
            self.page.locator(f"details:has([hx-get$='/{verb}/']) > summary").click()
        form.wait_for()
        return form

    def expects(self, words: str) -> None:
        self.page.get_by_text(words).first.wait_for()


@pytest.fixture
def visitor(page: Any, live_server: Any) -> Visitor:
    return Visitor(page, live_server)


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    return _picture(tmp_path / "sonra.jpg")


@pytest.fixture
def second_picture(tmp_path: Path) -> Path:
    return _picture(tmp_path / "yine-sonra.jpg", "green")


def _picture(path: Path, colour: str = "gray") -> Path:
    path.write_bytes(photo(colour=colour).read())
    return path


def test_a_case_lives_from_the_desk_to_an_honest_ending(
    house: House, visitor: Visitor, picture: Path, second_picture: Path
) -> None:
    house.pothole.needs_approval = True
    house.pothole.save()
    case, page = house.open(), visitor.page

    visitor.sits(house.agent)
    visitor.case(case)
    form = visitor.verb("route")
    form.get_by_label("Listede ara").fill("ulasim")
    assert form.locator("select[name=unit]").input_value() == str(house.transport.pk)
    form.get_by_label("Neden bu birim?").fill("Yol onların")
    form.get_by_role("button", name="Havale et").click()
    visitor.expects("Havale ettiniz.")

    visitor.sits(house.officer)
    visitor.case(case)
    page.keyboard.press("a")
    visitor.expects("İşleme aldınız")
    visitor.verb("plan").get_by_role("button", name="Programa al").click()
    visitor.expects("Programa aldınız")

    visitor.sits(house.field_worker)
    page.set_viewport_size({"width": 390, "height": 844})
    visitor.opens("/is/saha/")
    page.locator(".job a").click()
    page.locator("summary", has_text="Yapıldı").click()
    page.set_input_files("#yapildi_photos", picture)
    page.locator("details[open] button", has_text="Yapıldı").click()
    visitor.expects("elinize sağlık")
    page.set_viewport_size({"width": 1366, "height": 768})

    visitor.sits(house.head)
    visitor.case(case)
    form = visitor.verb("approve")
    form.get_by_label("Başvurana gidecek cevap").fill("Çukuru kapattık, geçmiş olsun.")
    form.get_by_role("button", name="Onayla").click()
    visitor.expects("Onayladınız")

    visitor.sits(house.agent)
    visitor.case(case)
    form = visitor.verb("not_solved")
    form.get_by_label("Başvuran ne dedi?").fill("Yağmurda yine çöktü")
    form.get_by_role("button").first.click()
    visitor.expects("birim yeniden bakacak")
    case.refresh_from_db()
    assert case.state == State.ASSIGNED

    visitor.sits(house.officer)
    visitor.case(case)
    page.keyboard.press("a")
    visitor.expects("İşleme aldınız")
    page.keyboard.press("r")
    form = page.locator("form[data-verb=propose_answer]")
    form.get_by_label("Olumlu", exact=True).check()
    form.get_by_label("Başvurana cevabınız").fill("Bu kez betonladık.")
    form.get_by_role("button", name="Cevabı onaya sun").click()
    visitor.expects("bir “sonrası” fotoğrafı gerekir")
    form = page.locator("form[data-verb=propose_answer]")
    form.locator("input[type=file]").set_input_files(second_picture)
    form.get_by_role("button", name="Cevabı onaya sun").click()
    visitor.expects("Cevabı onaya sundunuz")

    visitor.sits(house.head)
    visitor.case(case)
    visitor.verb("approve").get_by_role("button", name="Onayla").click()
    visitor.expects("Onayladınız")
    visitor.sits(house.agent)
    visitor.case(case)
    visitor.verb("close").get_by_role("button", name="Kapat").click()
    visitor.expects("Kapattınız")
    case.refresh_from_db()
    assert (case.state, case.outcome) == (State.CLOSED, "positive")
    assert visitor.complaints == []


def test_a_ready_answer_takes_its_place_without_losing_the_photo(house: House, visitor: Visitor, picture: Path) -> None:
    CannedAnswer.objects.create(outcome="positive", title_tr="Yapıldı", text_tr="Sayın {applicant}, yapıldı.")
    case = actions.accept(house.assigned(), by=house.officer)
    visitor.sits(house.officer)
    visitor.case(case)
    form = visitor.verb("resolve")
    form.locator("input[type=file]").set_input_files(picture)
    form.get_by_label("Olumlu", exact=True).check()
    form.locator("select[name=canned]").select_option(label="Yapıldı")
    expect(visitor.page.locator("#resolve_text")).to_have_value("Sayın Ayşe Işık, yapıldı.")
    form.get_by_role("button", name="Sonuçlandır").click()
    visitor.expects("Sonuçlandırdınız")
    assert visitor.complaints == []


def test_two_who_look_at_the_same_case_are_told(house: House, visitor: Visitor, browser: Any, live_server: Any) -> None:
    case = house.assigned()
    other = Visitor(browser.new_context(locale="tr-TR").new_page(), live_server)
    other.sits(house.representative)
    with other.page.expect_response("**/kimler/"):
        other.case(case)
    visitor.sits(house.officer)
    visitor.case(case)
    visitor.expects("Zeynep Deneme de bu başvuruya bakıyor.")
    other.page.context.close()


def test_letters_lead_to_verbs_and_places_but_never_while_writing(house: House, visitor: Visitor) -> None:
    case, page = actions.accept(house.assigned(), by=house.officer), visitor.page
    visitor.sits(house.officer)
    visitor.case(case)
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    note = page.locator("form[data-verb=note] textarea")
    note.wait_for()
    note.click()
    page.keyboard.type("gina?r")
    assert note.input_value() == "gina?r"
    note.blur()
    page.keyboard.press("g")
    page.keyboard.press("i")
    page.wait_for_url("**/is/gelen/")


def test_a_field_form_waits_for_the_network_and_loses_nothing(house: House, visitor: Visitor) -> None:
    case, page = house.assigned(), visitor.page
    actions.plan(case, timezone.localdate(), crew=house.crew, by=house.officer)
    visitor.sits(house.field_worker)
    visitor.opens(f"/is/saha/{case.number}/")
    page.locator("summary", has_text="Not yaz").click()
    page.locator("#not_text").fill("Rögar kapağı da kırık")
    page.context.set_offline(True)
    page.locator("details[open] button", has_text="Not yaz").click()
    visitor.expects("Bağlantı yok")
    assert page.locator("#not_text").input_value() == "Rögar kapağı da kırık"
    page.context.set_offline(False)
    visitor.expects("Notunuz eklendi.")
    assert case.notes.filter(text="Rögar kapağı da kırık").count() == 1


@pytest.mark.parametrize("width", [390, 1366])
def test_axe_finds_nothing_on_the_case_and_field_pages(
    house: House, visitor: Visitor, expect_no_axe_violations: Callable[[Any], None], width: int
) -> None:
    case = actions.accept(house.assigned(), by=house.officer)
    actions.merge(house.assigned(), case, by=house.agent)
    actions.plan(case, timezone.localdate(), crew=house.crew, by=house.officer)
    paths = [
        (house.officer, f"/is/basvuru/{case.number}/"), (house.officer, f"/is/basvuru/{case.number}/resolve/"),
        (house.agent, f"/is/basvuru/{case.number}/correct_place/"), (house.agent, f"/is/basvuru/{case.number}/split/"),
        (house.mayor, f"/is/basvuru/{case.number}/"), (house.field_worker, "/is/saha/"),
        (house.field_worker, "/is/saha/?gorunum=harita"), (house.field_worker, f"/is/saha/{case.number}/"),
    ]  # fmt: skip
    visitor.page.set_viewport_size({"width": width, "height": 800})
    for staff, path in paths:
        visitor.sits(staff)
        visitor.opens(path)
        expect_no_axe_violations(visitor.page)
        assert visitor.page.evaluate("document.documentElement.scrollWidth") <= width, path
    assert visitor.complaints == []


@pytest.mark.parametrize("verb", ["note", "route", "reclassify"])
def test_every_form_opens_without_scripts(house: House, browser: Any, live_server: Any, verb: str) -> None:
    context = browser.new_context(java_script_enabled=False, locale="tr-TR")
    visitor = Visitor(context.new_page(), live_server)
    visitor.sits(house.agent)
    case = house.assigned()
    visitor.case(case)
    visitor.page.locator(f"details:has([hx-get$='/{verb}/']) > summary").click()
    visitor.page.locator(f"details:has([hx-get$='/{verb}/']) a").click()
    assert visitor.page.locator(f"form[data-verb={verb}]").is_visible()
    context.close()


def test_who_sends_from_an_old_page_lands_on_the_error_and_her_words(house: House, visitor: Visitor) -> None:
    case, page = actions.accept(house.assigned(), by=house.officer), visitor.page
    page.set_viewport_size({"width": 390, "height": 844})
    visitor.sits(house.representative)
    visitor.case(case)
    form = visitor.verb("ask_applicant")
    form.locator("textarea").fill("Evde misiniz?")
    actions.plan(Case.objects.get(pk=case.pk), timezone.localdate(), by=house.officer)
    form.get_by_role("button", name="Başvurana sor").click()
    summary = page.locator("[data-error-summary]")
    expect(summary).to_be_focused()
    expect(summary).to_be_in_viewport(ratio=1)
    assert page.title().startswith("Hata:")
    expect(page.locator("textarea:visible")).to_have_value("Evde misiniz?")
    expect(page.locator("textarea:visible")).to_be_in_viewport()
