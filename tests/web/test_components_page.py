"""Every component in a real browser before axe: for staff and for citizens, with and without errors, wide and narrow."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.cast import House

SIGHTS = ["?gorunum=staff", "?gorunum=staff&hata=1", "?gorunum=citizen", "?gorunum=citizen&hata=1"]


@pytest.fixture
def signed_in(page: Any, live_server: Any, house: House, client: Any, settings: Any) -> Any:
    settings.DEBUG = True
    client.force_login(house.agent)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    return page


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1366])
@pytest.mark.parametrize("sight", SIGHTS)
def test_axe_finds_nothing_wrong_with_the_components(
    signed_in: Any, live_server: Any, expect_no_axe_violations: Callable[[Any], None], sight: str, width: int
) -> None:
    complaints: list[str] = []
    signed_in.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    signed_in.set_viewport_size({"width": width, "height": 800})
    signed_in.goto(f"{live_server.url}/bilesenler/{sight}")
    expect_no_axe_violations(signed_in)
    assert signed_in.evaluate("document.documentElement.scrollWidth") <= width
    assert complaints == []  # the content policy let everything through that the components need


@pytest.mark.browser
def test_the_summary_of_errors_takes_the_focus_and_leads_to_the_field(signed_in: Any, live_server: Any) -> None:
    signed_in.goto(f"{live_server.url}/bilesenler/?hata=1")
    assert signed_in.title().startswith("Hata:")
    assert signed_in.evaluate("document.activeElement.hasAttribute('data-error-summary')")
    signed_in.get_by_role("link", name="Ne olduğunu yazın").click()
    assert signed_in.evaluate("document.activeElement.id") == "id_text"


@pytest.mark.browser
def test_a_slash_leads_to_the_search_box_unless_somebody_is_writing(signed_in: Any, live_server: Any) -> None:
    signed_in.goto(f"{live_server.url}/bilesenler/")
    words = signed_in.locator("#id_text")
    words.press("/")
    assert words.input_value() == "/"
    words.blur()
    signed_in.keyboard.press("/")
    assert signed_in.evaluate("document.activeElement.id") == "rail-q"


@pytest.mark.django_db
def test_the_page_is_not_there_in_production(client: Any, house: House) -> None:
    client.force_login(house.agent)
    assert client.get("/bilesenler/").status_code == 404
