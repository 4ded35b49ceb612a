"""The house speaks English as completely as Turkish: the catalogue has every text, and no page stays half translated."""

import re
from collections.abc import Callable, Iterable
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.test import Client
from django.utils import timezone

from mimer.cases import actions
from mimer.cases.actions.answering import Draft
from mimer.cases.models import Case, UnitRequest
from mimer.cases.states import Outcome
from mimer.doorway.texts import problems
from mimer.intake.models import Application
from tests.cast import House, make_house
from tests.web.citizen_door import Walk

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
# Letters that Turkish has and English does not; ç, ö and ü are left out because names in English keep them.
TURKISH_ONLY = re.compile("[ğĞşŞıİ]")
# What is called so in every language.
NAMES = ("MİMER", "CİMER", "Türkçe")
READ_ALOUD = {"title", "alt", "aria-label", "placeholder", "value", "content"}

DESK = [
    "/is/", "/is/gelen/", "/is/basvurular/", "/is/basvurular/?q=cukur", "/is/basvurular/suzgec/", "/is/harita/",
    "/is/yeni/", "/is/kisiler/ara/?caller=0532", "/is/arama-listesi/", "/is/cimer/", "/is/baski/", "/hesap/",
]  # fmt: skip
UNIT = ["/is/", "/is/gelen/", "/is/basvurular/", "/is/birim/yeni/", "/is/harita/"]
ADMINISTRATION = [
    "belediye/", "hassas-konular/", "degisiklikler/", "kimlik-kayitlari/", "hassas-kayitlari/", "birimler/",
    "personel/", "ekipler/", "konular/", "konular/yeni/", "basliklar/", "kurallar/", "mahalleler/", "kurumlar/", "tatiller/",
    "saatler/", "saatler/yeni/",
]  # fmt: skip


def test_every_text_is_translated() -> None:
    assert problems() == []


class Visible(HTMLParser):
    """Every text of a page that somebody sees or hears."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.language = ""
        self._silent = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "html":
            self.language = said.get("lang") or ""
        self._silent += tag in ("script", "style")
        if not (tag == "input" and said.get("type") in ("hidden", "text", "search")):
            self.texts += [value for name, value in said.items() if name in READ_ALOUD and value]

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.texts.append(data)


def data_of_the_house() -> list[str]:
    """Whatever people wrote into the tables, longest first: names, words of citizens, letters that were made."""
    found = set()
    for model in apps.get_models():
        fields = [
            row.name for row in model._meta.concrete_fields if isinstance(row, (models.CharField, models.TextField))
        ]
        for values in model._default_manager.values_list(*fields) if fields else []:
            found |= {line.strip() for value in values if isinstance(value, str) for line in value.splitlines()}
    for draft in Application.objects.values_list("data", flat=True):  # her unsent words stand on her own pages
        found |= {typed for typed in draft.values() if isinstance(typed, str)}
    return sorted((text for text in found if TURKISH_ONLY.search(text)), key=len, reverse=True)


def left_in_turkish(html: str, data: Iterable[str]) -> list[str]:
    """The texts of the page's own that still have a letter only Turkish has."""
    found = []
    for text in Visible(html).texts:
        for known in (*data, *NAMES):
            text = text.replace(known, "")
        if TURKISH_ONLY.search(text):
            found.append(text.strip())
    return found


def english(house: House, part: str = "") -> Client:
    client = Client()
    if part:
        client.force_login(house.staff[part], backend=BACKEND)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


@pytest.fixture
def house(db: None) -> House:
    return make_house()


Check = Callable[[Client, Iterable[str]], None]


@pytest.fixture
def speaks_english() -> Check:
    def check(client: Client, paths: Iterable[str]) -> None:
        pages = {path: client.get(path) for path in paths}
        data = data_of_the_house()
        assert {path: page.status_code for path, page in pages.items() if page.status_code != 200} == {}
        html = {path: page.content.decode() for path, page in pages.items()}
        assert {path: left_in_turkish(page, data) for path, page in html.items() if left_in_turkish(page, data)} == {}
        assert {path for path, page in html.items() if "<html" in page and Visible(page).language != "en"} == set()

    return check


def cases_in_every_state(house: House) -> dict[str, Case]:
    """One case for each thing that may have happened to it."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    accepted = actions.accept(house.assigned(), by=house.officer)
    planned = actions.plan(
        actions.accept(house.assigned(), by=house.officer), tomorrow, crew=house.crew, by=house.officer
    )
    returned = actions.return_to_desk(house.assigned(), "not_ours", "Not our road", by=house.officer)
    asked = actions.ask_applicant(actions.accept(house.assigned(), by=house.officer), "Which door?", by=house.officer)
    waiting = actions.accept(house.assigned(), by=house.officer)
    actions.ask_unit(waiting, house.zoning, "Whose road is it?", by=house.officer)
    actions.unit_replies(UnitRequest.objects.get(case=waiting), "The city's", by=house.zoning_head)
    actions.await_third_party(waiting, house.waterworks, "Is the pipe yours?", by=house.officer)
    proposed = actions.accept(house.assigned(house.parcel), by=house.outsider)
    actions.propose_answer(proposed, Draft(Outcome.INFORMED, "Housing, five floors"), by=house.outsider)
    answered = actions.accept(house.assigned(), by=house.officer)
    actions.resolve(answered, Draft(Outcome.NEGATIVE, "Not this year", reason="No budget"), by=house.officer)
    referred = actions.refer(house.open(house.water), house.waterworks, "Call 185", by=house.agent)
    withdrawn = actions.withdraw(house.open(), "No longer needed", by=house.agent)
    merged = actions.merge(house.assigned(), accepted, by=house.agent)
    actions.note(accepted, "Looked at it", by=house.officer)
    return {
        "registered": house.open(), "assigned": house.assigned(), "accepted": accepted, "planned": planned,
        "returned": returned, "asked": asked, "waiting": waiting, "proposed": proposed, "answered": answered,
        "referred": referred, "withdrawn": withdrawn, "merged": merged,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("part", "paths"),
    [
        ("", ["/", "/konular/", "/takip/", "/aydinlatma/", "/erisilebilirlik/", "/giris/", "/giris/parola/", "/basvuru/"]),
        ("agent", DESK), ("manager", DESK), ("officer", UNIT), ("head", [*UNIT, "/hesap/parola/"]),
        ("field_worker", ["/is/saha/"]),
        ("administrator", ["/is/yonetim/", *(f"/is/yonetim/{path}" for path in ADMINISTRATION)]),
    ],
)  # fmt: skip
def test_the_main_pages_speak_english(part: str, paths: list[str], house: House, speaks_english: Check) -> None:
    cases_in_every_state(house)
    speaks_english(english(house, part), paths)


def test_a_case_speaks_english_to_the_unit_and_to_the_citizen_whatever_happened(
    house: House, speaks_english: Check
) -> None:
    cases = cases_in_every_state(house)
    speaks_english(english(house, "manager"), [f"/is/basvuru/{case.number}/" for case in cases.values()])
    speaks_english(english(house, "head"), [f"/is/basvuru/{cases[name].number}/" for name in ("accepted", "planned")])
    speaks_english(english(house), [f"/takip/{case.number}/{case.tracking_code}/" for case in cases.values()])


def test_every_form_of_a_case_speaks_english(house: House, speaks_english: Check) -> None:
    cases = cases_in_every_state(house)
    at = f"/is/basvuru/{cases['accepted'].number}/"
    verbs = (
        "plan ask_applicant ask_unit interim_answer resolve reclassify correct_place split return_to_desk refer note"
    )
    speaks_english(english(house, "head"), [f"{at}{verb}/" for verb in f"{verbs} attach assign extend".split()])


def test_the_wizard_and_its_errors_speak_english(house: House) -> None:
    walk = Walk(english(house), house)
    for step in (walk.words, walk.subject, walk.place, walk.contact, None):
        pages = [walk.client.get(walk.url), walk.client.post(walk.url, {})] if step else [walk.client.get(walk.url)]
        data = data_of_the_house()
        assert [left_in_turkish(page.content.decode(), data) for page in pages] == [[] for _page in pages]
        if step:
            step()
    walk.send()
    assert left_in_turkish(walk.client.get(walk.url).content.decode(), data_of_the_house()) == []


def test_a_text_left_in_turkish_is_found() -> None:
    html = '<html lang="en"><p title="Gönderiliyor">Yanıtlandı</p><p>Kıranardı</p><script>ığş</script></html>'
    assert left_in_turkish(html, ["Kıranardı"]) == ["Yanıtlandı"]
