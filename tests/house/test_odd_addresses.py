"""Every address with parameters nobody means: the page as without them, a sentence, or nothing there, but never a fault."""

from typing import Any

import pytest
from django.test import Client

from tests.house.test_url_role import BACKEND, LINES, Scene, scene

__all__ = ["scene"]

ODD = ["²", "\0", "-²", "9" * 30, "1_²", "nan,1,2,3"]
NAMES = (
    "after", "tab", "q", "ara", "canned", "below", "konu", "kisi", "kanal", "caller", "person", "box", "gorunum",
    "kagit", "body", "sort", "state", "unit", "subject", "neighbourhood", "category", "officer", "channel", "type",
    "priority", "late", "since", "until", "from", "to", "outcome", "day", "crew", "next", "kim", "staff", "table",
)  # fmt: skip
READERS = ("manager", "officer", "field_worker", "administrator")


def _faults(browser: Client, method: str, path: str) -> list[str]:
    found = []
    for odd in ODD:
        response = getattr(browser, method)(path, dict.fromkeys(NAMES, odd))
        if response.status_code >= 500:
            found.append(f"{path} {odd[:12]!r}")
    return found


@pytest.mark.parametrize("part", READERS)
def test_no_address_breaks_on_odd_parameters(part: str, scene: Scene) -> None:
    browser = _browser(scene, part)
    paths = [
        line[1].format(**scene.words) for line in LINES if line[0] not in ("account_logout", "receipt", "staff_receipt")
    ]
    assert [fault for path in paths for fault in _faults(browser, "get", path)] == []


@pytest.mark.parametrize("verb", ["note", "resolve", "refer", "route", "assign", "merge", "plan", "ask_applicant"])
def test_no_verb_breaks_on_odd_parameters(verb: str, scene: Scene) -> None:
    path = f"/is/basvuru/{scene.words['number']}/{verb}/"
    assert [fault for part in ("manager", "officer") for fault in _faults(_browser(scene, part), "get", path)] == []


@pytest.mark.parametrize(
    ("part", "path", "fields"),
    [
        ("manager", "/is/toplu/", {"case": ["9" * 30, "²"], "verb": "close"}),
        ("manager", "/is/suzgecler/", {"forget": "²"}),
        ("manager", "/is/basvuru/{number}/kimler/", {"last_event": "²"}),
        ("manager", "/is/basvuru/{number}/note/", {"last_event": "²", "text": "Not"}),
        ("officer", "/is/basvuru/{number}/resolve/", {"fill": "1", "canned": "abc"}),
        ("manager", "/is/baski/", {"act": "print", "letter": ["9" * 30]}),
        ("manager", "/is/arama-listesi/", {"act": "reached", "message": "9" * 30}),
        ("manager", "/is/yeni/", {"person": "²", "subject": "9" * 30, "neighbourhood": "²", "canned": "²"}),
        ("manager", "/is/yeni/yardim/", {"person": "9" * 30, "subject": "9" * 5000, "neighbourhood": "9" * 30}),
        ("administrator", "/is/yonetim/hassas-konular/{sensitive}/", {"named": ["²", "9" * 30]}),
    ],
)
def test_no_form_breaks_on_odd_numbers(part: str, path: str, fields: dict[str, Any], scene: Scene) -> None:
    response = _browser(scene, part).post(path.format(**scene.words), fields)
    assert response.status_code < 500


def _browser(scene: Scene, part: str) -> Client:
    browser = Client(raise_request_exception=False)
    if part != "anonymous":
        browser.force_login(scene.house.staff[part], backend=BACKEND)
    return browser
