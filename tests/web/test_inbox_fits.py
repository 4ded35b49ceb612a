"""A unit's inbox on a small laptop: 25 cases without scrolling, and a bulk bar only when a case is chosen."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from mimer.cases.models import Case
from tests.cast import House

# What a browser leaves of a 1366x768 screen after its own bars and the task bar.
LAPTOP = {"width": 1366, "height": 657}


@pytest.fixture
def inbox(page: Any, live_server: Any, house: House, client: Any, settings: Any) -> Any:
    for _ in range(26):
        house.assigned()
    client.force_login(house.officer)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page.set_viewport_size(LAPTOP)
    page.goto(f"{live_server.url}/is/gelen/?tab=unit")
    return page


@pytest.mark.browser
def test_twenty_five_cases_stand_on_a_laptop_without_scrolling(inbox: Any) -> None:
    row = inbox.locator(".case-table tbody tr").nth(24).bounding_box()
    assert row["y"] + row["height"] <= LAPTOP["height"]


@pytest.mark.browser
def test_every_case_takes_one_line(inbox: Any) -> None:
    heights = {
        round(box["height"]) for box in (row.bounding_box() for row in inbox.locator(".case-table tbody tr").all())
    }
    assert max(heights) <= 24


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1024, 1366])
@pytest.mark.parametrize("language", ["tr", "en"])
def test_how_long_is_left_is_read_whole(inbox: Any, width: int, language: str) -> None:
    now = timezone.now()
    first, second = Case.objects.order_by("pk")[:2]
    for case, due in ((first, now - timedelta(minutes=59)), (second, now + timedelta(minutes=59, seconds=30))):
        Case.objects.filter(pk=case.pk).update(due_at=due)
    inbox.context.add_cookies([{"name": "dil", "value": language, "url": inbox.url}])
    inbox.set_viewport_size({"width": width, "height": 768})
    inbox.reload()
    expect(inbox.locator(".cell-due").first).to_contain_text(
        {"tr": "59 dakika gecikti", "en": "59 minutes late"}[language]
    )
    cut = inbox.evaluate(
        "[...document.querySelectorAll('.cell-due')].filter(cell => cell.scrollWidth > cell.clientWidth).length"
    )
    assert cut == 0
    names = inbox.evaluate("[...document.querySelectorAll('.cell-what')].map(cell => cell.clientWidth)")
    assert min(names) > 150


@pytest.mark.browser
def test_the_bulk_bar_shows_once_a_case_is_chosen(inbox: Any) -> None:
    bar = inbox.locator(".bulk")
    assert not bar.is_visible()
    inbox.locator(".pick").first.check()
    assert bar.is_visible()
