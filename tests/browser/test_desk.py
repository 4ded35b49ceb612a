"""The desk in Chromium: a whole call by keyboard alone, the lists, a telephone's width, and what axe finds (nothing)."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from mimer.cases import actions
from mimer.cases.models import Case
from mimer.municipality.models import Question
from mimer.notify.reading import read_events
from mimer.people.search import save_person
from tests.cast import House

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(page: Any, live_server: Any, house: House) -> Iterator[Any]:
    """The agent's browser; a console error fails the test (that a form came back with its errors is none)."""
    client = Client()
    client.force_login(house.agent, backend="allauth.account.auth_backends.AuthenticationBackend")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    complaints: list[str] = []
    page.on(
        "console",
        lambda said: complaints.append(said.text) if said.type == "error" and "422" not in said.text else None,
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.base = live_server.url
    yield page
    assert complaints == []


def focused(page: Any) -> Any:
    return page.locator(":focus")


def test_an_agent_takes_a_whole_call_by_keyboard_alone(desk: Any, house: House) -> None:
    choices = [{"code": "yes", "tr": "Evet, düşen oldu", "en": "Yes"}, {"code": "no", "tr": "Hayır", "en": "No"}]
    Question.objects.create(
        subject=house.pothole, code="danger", kind="choice", text_tr="Tehlike var mı?", choices=choices
    )
    earlier, keys = house.assigned(), desk.keyboard
    desk.goto(desk.base + "/is/yeni/")
    expect(focused(desk)).to_have_id("caller-q")
    keys.type("ayse isi")
    expect(desk.locator("#found")).to_contain_text(earlier.number)
    keys.press("Enter")
    expect(desk.locator("#caller")).to_contain_text("Ayşe Işık")
    expect(focused(desk)).to_have_id("id_text")
    keys.type("Asfaltta koca bir çukur var, bir motosikletli düştü")
    expect(desk.locator("#suggestions button").first).to_contain_text("Yol çukuru")
    keys.press("Tab")
    keys.press("Enter")
    expect(desk.locator("#promise")).to_contain_text("Ulaşım Hizmetleri Müdürlüğü")
    expect(focused(desk)).to_have_attribute("name", "soru-danger")
    keys.press("Space")
    keys.press("F8")
    keys.type("Çay Sokak 5")
    expect(desk.locator("#near")).to_contain_text(earlier.number)
    keys.press("Enter")  # goes on; it never sends half a call
    keys.press("Control+Enter")
    desk.wait_for_url("**/is/yeni/2026-*/")
    case = Case.objects.order_by("-pk")[0]
    expect(desk.locator(".big-number")).to_have_text(case.number)
    assert (case.applicant, case.subject, case.answers) == (house.ayse, house.pothole, {"danger": "yes"})
    assert case.address == "Çay Sokak 5" and case.text.startswith("Asfaltta")
    expect(focused(desk)).to_contain_text("Yeni çağrı")
    keys.press("Enter")
    desk.wait_for_url("**/is/yeni/?kanal=phone")


def test_what_was_typed_to_find_somebody_unknown_is_not_typed_again(desk: Any) -> None:
    desk.goto(desk.base + "/is/yeni/")
    desk.keyboard.type("Zehra Nur Çetin")
    expect(desk.locator("#found")).to_contain_text("Kayıtlı kimse bulunamadı")
    desk.keyboard.press("Enter")
    expect(desk.locator("#id_given_name")).to_have_value("Zehra Nur")
    expect(desk.locator("#id_family_name")).to_have_value("Çetin")
    expect(focused(desk)).to_have_id("id_phone")


def test_another_channel_keeps_what_was_typed_and_asks_for_day_and_number(desk: Any) -> None:
    desk.goto(desk.base + "/is/yeni/")
    desk.locator("#id_text").fill("Dilekçedeki sözler")
    desk.get_by_label("Dilekçe", exact=True).check(force=True)
    expect(desk.get_by_label("EBYS evrak ya da dış kayıt numarası")).to_be_visible()
    expect(desk.locator("#id_text")).to_have_value("Dilekçedeki sözler")


def test_a_field_drawn_larger_by_hand_makes_no_complaint_when_its_part_comes_anew(desk: Any, house: House) -> None:
    desk.goto(desk.base + "/is/yeni/")
    desk.keyboard.press("F4")
    desk.keyboard.type("Asfaltta koca bir çukur var")
    desk.locator("#suggestions button").first.click()
    expect(desk.locator("#promise")).to_contain_text("Ulaşım")
    desk.locator("#id_answer").evaluate("field => { field.style.height = '200px'; }")  # as its handle does
    desk.locator("#id_subject").select_option(str(house.water.pk))
    expect(desk.locator("#say")).to_contain_text("KASKİ")
    desk.wait_for_load_state("networkidle")


def test_the_map_writes_the_point_and_shows_what_is_near(desk: Any, house: House) -> None:
    near = house.assigned()
    desk.goto(desk.base + "/is/yeni/")
    desk.locator("#id_subject").select_option(str(house.pothole.pk))
    expect(desk.locator("#promise")).to_contain_text("Ulaşım")
    desk.evaluate(
        """() => { for (const [id, value] of [["id_lat", "38.72"], ["id_lon", "35.5"]]) document.getElementById(id).value = value;
        document.getElementById("id_lat").dispatchEvent(new Event("change", { bubbles: true })); }"""
    )
    expect(desk.locator("#near")).to_contain_text(near.number)
    desk.get_by_text("Ada / parsel ya da harita").click()
    canvas = desk.locator("[data-map]")
    canvas.click(position={"x": 60, "y": 60})
    assert desk.locator("#id_lat").input_value() != "38.72"


@pytest.mark.parametrize("width", [390, 1366])
def test_axe_finds_nothing_on_the_desks_pages(
    desk: Any, house: House, expect_no_axe_violations: Callable[[Any], None], width: int
) -> None:
    desk.set_viewport_size({"width": width, "height": 768})
    for way in ("phone", "letter"):
        house.ayse.preferred_way, house.ayse.address = way, "Gül Sokak 1, 38030 Melikgazi"
        save_person(house.ayse)
        actions.ask_applicant(house.assigned(), "Çukur nerede?", by=house.officer)
        read_events()
    number = Case.objects.order_by("-pk")[0].number
    for path in (
        "yeni/", "yeni/?kanal=petition", f"yeni/{number}/", f"kisi/{house.ayse.pk}/", "arama-listesi/", "baski/",
    ):  # fmt: skip
        desk.goto(f"{desk.base}/is/{path}")
        desk.wait_for_load_state("networkidle")
        expect_no_axe_violations(desk)
        assert desk.evaluate("document.documentElement.scrollWidth") <= width, path
    desk.goto(f"{desk.base}/is/yeni/")
    desk.locator("[data-save]").click()
    desk.locator("[data-error-summary]").wait_for()
    expect_no_axe_violations(desk)
    assert desk.title().startswith("Hata:")
