"""The administrator's pages in Chromium, on a desk and on a telephone: axe finds nothing and nothing runs out of the screen."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.cast import House

PAGES = [
    "/is/yonetim/", "/is/yonetim/belediye/", "/is/yonetim/konular/", "/is/yonetim/konular/{subject}/",
    "/is/yonetim/personel/", "/is/yonetim/personel/{staff}/", "/is/yonetim/birimler/{unit}/", "/is/yonetim/saatler/yeni/",
    "/is/yonetim/hassas-konular/", "/is/yonetim/hassas-konular/{sensitive}/", "/is/yonetim/degisiklikler/",
    "/is/yonetim/kimlik-kayitlari/", "/hesap/", "/hesap/parola/",
]  # fmt: skip


@pytest.fixture
def paths(house: House) -> list[str]:
    words = {
        "subject": house.pothole.pk, "staff": house.officer.pk, "unit": house.transport.pk,
        "sensitive": house.staff_complaint.pk,
    }  # fmt: skip
    return [path.format(**words) for path in PAGES]


@pytest.fixture
def selin(page: Any, live_server: Any, client: Any, house: House, settings: Any) -> Any:
    """The administrator's browser."""
    client.force_login(house.administrator, backend="allauth.account.auth_backends.AuthenticationBackend")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    return page


@pytest.mark.browser
@pytest.mark.parametrize("width", [1366, 390])
def test_every_page_can_be_used_by_everybody(
    width: int, selin: Any, live_server: Any, paths: list[str], expect_no_axe_violations: Callable[[Any], None]
) -> None:
    complaints: list[str] = []
    selin.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    selin.set_viewport_size({"width": width, "height": 800})
    for path in paths:
        selin.goto(f"{live_server.url}{path}")
        expect_no_axe_violations(selin)
        assert selin.evaluate("document.documentElement.scrollWidth") <= width, path
    assert complaints == []


@pytest.mark.browser
def test_closing_a_unit_can_be_undone_from_the_message(selin: Any, live_server: Any, house: House) -> None:
    crew = f"{live_server.url}/is/yonetim/ekipler/{house.crew.pk}/"
    selin.goto(crew)
    selin.get_by_role("button", name="Kullanımdan kaldır").click()
    assert selin.get_by_role("row", name="Asfalt ekibi").get_by_text("kullanım dışı").is_visible()
    selin.get_by_role("button", name="Geri al").click()
    assert not selin.get_by_role("row", name="Asfalt ekibi").get_by_text("kullanım dışı").is_visible()
    house.crew.refresh_from_db()
    assert house.crew.active


@pytest.mark.browser
def test_an_error_takes_the_focus_and_leads_to_its_field(selin: Any, live_server: Any, house: House) -> None:
    selin.goto(f"{live_server.url}/is/yonetim/personel/{house.officer.pk}/")
    selin.get_by_label("E-posta adresi").fill("")
    selin.get_by_role("button", name="Kaydet").click()
    summary = selin.get_by_role("alert").filter(has_text="Bir sorun var")
    summary.wait_for()
    assert summary.evaluate("element => element === document.activeElement")
    selin.get_by_role("link", name="E-posta adresi boş kalmış; yazın").click()
    assert selin.get_by_label("E-posta adresi").evaluate("element => element === document.activeElement")
