"""The map in a real browser under the strict content policy: points, ground, and choosing a place without a mouse."""

import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from mimer.doorway.build import PAGES

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'"
)
GROUND = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"name": "Gesi"},
            "geometry": {"type": "Polygon", "coordinates": [[[35.4, 38.7], [35.6, 38.7], [35.6, 38.8], [35.4, 38.7]]]},
        }
    ],
}
POINTS = [
    {"lat": 38.72 + step / 50, "lon": 35.45 + step / 50, "title": f"Çukur {step}", "href": "/is/"} for step in (0, 1, 2)
]

CHOOSER = (
    '<input id="lat" aria-label="Enlem"><input id="lon" aria-label="Boylam">'
    '<div data-map tabindex="0" data-lat="38.72" data-lon="35.48" data-lat-field="lat" data-lon-field="lon"'
    ' data-locate="here"></div>'
)

pytestmark = pytest.mark.browser


class StrictHandler(SimpleHTTPRequestHandler):
    """Serves files with our content policy and without a word on the terminal."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder whose pages are served, with the built scripts beside them, and its address."""
    (tmp_path / "build").symlink_to(PAGES)
    (tmp_path / "ground.json").write_text(json.dumps(GROUND))
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(StrictHandler, directory=str(tmp_path)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield tmp_path, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def open_page(page: Page, site: tuple[Path, str], body: str) -> list[str]:
    """Opens a page with this body; gives the list its console complaints come to."""
    folder, address = site
    complaints: list[str] = []
    page.on(
        "console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    (folder / "index.html").write_text(
        '<!doctype html><html lang="tr"><head><meta charset="utf-8"><title>Harita</title>'
        '<link rel="icon" href="data:,">'
        '<link rel="stylesheet" href="/build/mimer.css"><link rel="stylesheet" href="/build/map.css">'
        '<script type="module" src="/build/main.js"></script><script type="module" src="/build/map.js"></script></head>'
        f"<body><main><h1>Harita</h1>{body}</main></body></html>",
        encoding="utf-8",
    )
    page.goto(address)
    return complaints


def test_points_and_ground_are_drawn_without_a_complaint(page: Page, site, expect_no_axe_violations) -> None:
    complaints = open_page(
        page,
        site,
        '<div data-map role="region" aria-label="Harita" tabindex="0" data-zoom-in="Yakınlaştır"'
        ' data-zoom-out="Uzaklaştır" data-ground-url="/ground.json" data-points="p"></div>'
        f'<script id="p" type="application/json">{json.dumps(POINTS)}</script>',
    )
    expect(page.locator(".map-pin")).to_have_count(3)
    expect(page.locator("path.map-ground")).to_have_count(1)
    expect(page.get_by_text("Gesi")).to_be_attached()
    page.get_by_title("Çukur 1").click()
    expect(page.get_by_role("link", name="Çukur 1")).to_be_visible()
    expect_no_axe_violations(page)
    assert complaints == []


def test_names_lie_below_the_pins_and_point_at_nothing(page: Page, site) -> None:
    middle = {"type": "Point", "coordinates": [35.45, 38.72]}
    ground = {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "properties": {"name": "Gesi"}, "geometry": middle}],
    }
    (site[0] / "ground.json").write_text(json.dumps(ground))
    body = '<div data-map tabindex="0" data-ground-url="/ground.json" data-points="p"></div>'
    open_page(page, site, f'{body}<script id="p" type="application/json">{json.dumps(POINTS)}</script>')
    name = page.locator(".map-name")
    expect(name).to_have_text("Gesi")
    level = "(element, pane) => Number(getComputedStyle(element.closest(pane)).zIndex)"
    pins = page.locator(".map-pin").first.evaluate(level, ".leaflet-marker-pane")
    assert name.evaluate(level, ".leaflet-pane") < pins
    assert name.evaluate("element => getComputedStyle(element, '::before').display") == "none"


def test_a_place_is_chosen_by_click_and_by_keyboard(page: Page, site) -> None:
    complaints = open_page(
        page,
        site,
        CHOOSER,
    )
    page.locator("[data-map]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#lat")).to_have_value("38.720000")
    expect(page.locator("#lon")).to_have_value("35.480000")
    page.locator("[data-map]").click(position={"x": 300, "y": 40})
    expect(page.locator("#lat")).not_to_have_value("38.720000")
    assert complaints == []


def test_the_device_position_is_offered_where_it_can_be_had(page: Page, site) -> None:
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": 38.73, "longitude": 35.5})
    open_page(
        page,
        site,
        CHOOSER + '<button id="here" type="button" hidden>Buradayım</button>',
    )
    page.get_by_role("button", name="Buradayım").click()
    expect(page.locator("#lat")).to_have_value("38.730000")
