"""Every address x every role: who gets the page, who is sent to sign in, and for whom it is not there.

One line an address. An address without a line fails the test, and so does a line without an address.
"""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver
from django.utils import timezone

from mimer.cases import actions
from mimer.cases.models import Attachment, Case, Merge
from mimer.municipality.models import Absence, DutyShift
from mimer.notify.models import Alarm, AlarmCall, Message
from mimer.people.models import Person
from mimer.web.models import BulkAction, SavedFilter
from tests.cast import PASSWORD, House
from tests.privacy.breach import breach_of

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"

DESK = "agent manager"
UNIT = "officer representative head"
OTHER_UNIT = "outsider zoning_head"
# Who see a case of the transport unit that its crew works on; some of them only look.
LOOK = "mayor auditor"
WORK = f"{DESK} {UNIT} field_worker arbiter"
SEE = f"{WORK} {LOOK}"
STAFF = f"{SEE} {OTHER_UNIT} administrator greeter hall_manager moderator deputy_mayor"
REPORTS = "manager mayor auditor"
BREACHES = "manager administrator"
ALL = f"{STAFF} anonymous"
COUNTER = f"{DESK} {UNIT} {OTHER_UNIT}"

# (name, path, answer to GET, answer to POST): an answer is a status and for whom, `-` stands for all others. 302 leads on;
# a member of staff is never sent to sign in, who is not signed in always is, unless the line says otherwise.
Line = tuple[str, str, dict[str, int], dict[str, int]]


def page(who: str, others: int = 404, post: int = 200, get: int = 200) -> tuple[dict[str, int], dict[str, int]]:
    """The usual page: these roles get it, and what they send comes back with its errors (200) or leads on (302)."""
    return {who: get, "-": others}, {who: post, "-": others}


LINES: list[Line] = [
    # The citizen, signed in nowhere.
    ("start", "/", *page(ALL)),
    ("apply", "/basvuru/", *page(ALL)),
    ("apply_drop", "/basvuru/taslak/{key}/sil/", *page(ALL, get=405, post=404)),
    ("apply_file", "/basvuru/taslak/{key}/ek/1/", *page(ALL, get=404, post=404)),
    ("apply_step", "/basvuru/taslak/{key}/yer/", *page(ALL, get=404, post=404)),
    ("applied", "/basvuru/tamam/{number}/{code}/", *page(ALL)),
    ("track", "/takip/", *page(ALL)),
    ("lost_code", "/takip/kod/", *page(ALL)),
    ("tracked", "/takip/{number}/{code}/", *page(ALL)),
    ("receipt", "/takip/{number}/{code}/makbuz.pdf", *page(ALL)),
    ("tracked_file", "/takip/{number}/{code}/ek/{file}/", *page(ALL)),
    ("tracked_verb", "/takip/{number}/{code}/withdraw/", *page(ALL)),
    ("privacy_notice", "/aydinlatma/", *page(ALL)),
    ("accessibility", "/erisilebilirlik/", *page(ALL)),
    ("subjects", "/konular/", *page(ALL)),
    ("ground", "/zemin.geojson", *page(ALL, post=405)),
    ("colours", "/kimlik/renkler.css", *page(ALL)),
    ("logo", "/kimlik/x.png", *page(ALL, get=404, post=404)),
    ("set_language", "/dil/setlang/", *page(ALL, get=302, post=302)),
    # Signing in: who is in already is led on.
    ("account_login", "/giris/", {"anonymous": 200, "-": 302}, {"anonymous": 200, "-": 302}),
    ("mfa_authenticate", "/giris/ikinci-adim/", {"-": 302}, {"-": 302}),
    ("account_inactive", "/giris/kapali/", *page(ALL, post=405)),
    ("account_reset_password", "/giris/parola/", *page(ALL)),
    ("account_reset_password_done", "/giris/parola/gonderildi/", *page(ALL, post=405)),
    ("account_reset_password_from_key", "/giris/parola/1-abc/", *page(ALL)),
    ("account_reset_password_from_key_done", "/giris/parola/tamam/", *page(ALL, post=405)),
    ("account_logout", "/cikis/", {STAFF: 200, "-": 302}, {"-": 302}),
    # One's own account; the second factor asks for the password first, and its codes are not there without it.
    ("profile", "/hesap/", *page(STAFF)),
    ("mfa_index", "/hesap/", *page(STAFF)),
    ("account_change_password", "/hesap/parola/", *page(STAFF)),
    ("account_reauthenticate", "/hesap/dogrula/", *page(STAFF)),
    ("mfa_reauthenticate", "/hesap/dogrula/kod/", *page(STAFF, get=302, post=302)),
    ("mfa_activate_totp", "/hesap/iki-adim/", *page(STAFF, get=302, post=302)),
    ("mfa_deactivate_totp", "/hesap/iki-adim/kapat/", *page(STAFF, get=404, post=404)),
    ("mfa_view_recovery_codes", "/hesap/kurtarma-kodlari/", *page(STAFF, get=404, post=405)),
    ("mfa_generate_recovery_codes", "/hesap/kurtarma-kodlari/yenile/", *page(STAFF, get=302, post=302)),
    ("mfa_download_recovery_codes", "/hesap/kurtarma-kodlari/indir/", *page(STAFF, get=404, post=404)),
    # Lists of what one may see.
    ("home", "/is/", *page(STAFF)),
    ("inbox", "/is/gelen/", *page(STAFF)),
    ("case_list", "/is/basvurular/", *page(STAFF)),
    ("case_filter", "/is/basvurular/suzgec/", *page(STAFF)),
    ("case_map", "/is/harita/", *page(STAFF)),
    ("case_points", "/is/harita/noktalar/?box=35,38,36,39", *page(STAFF)),
    ("saved_filters", "/is/suzgecler/", *page(STAFF, get=405, post=302)),
    ("bulk", "/is/toplu/", *page(STAFF, get=405, post=302)),
    ("bulk_undo", "/is/toplu/{bulk}/geri-al/", {STAFF: 405}, {"agent": 302, "-": 404}),  # only who did it
    # Who is there: the roster, the calls of the night, absences and leavers.
    ("duty", "/is/nobet/", *page("head zoning_head manager", others=403)),
    ("duty_copy", "/is/nobet/kopyala/", *page("head zoning_head manager", others=403, get=405, post=302)),
    (
        "duty_remove", "/is/nobet/{shift}/sil/",
        {"head zoning_head manager": 405, "-": 403}, {"head manager": 302, "zoning_head": 404, "-": 403},
    ),
    ("duty_restore", "/is/nobet/geri-al/x/", *page("head zoning_head manager", others=403, get=405, post=404)),
    ("alarm_banner", "/is/nobet/cagri/", *page(STAFF, post=405)),
    ("alarm_seen", "/is/nobet/cagri/{alarm}/", {STAFF: 405}, {"officer": 302, "-": 404}),
    ("alarm_called", "/is/nobet/cagri/{alarm}/arama/", *page(DESK, others=403, get=405, post=302)),
    ("absences", "/is/izinler/", *page(STAFF)),
    ("absence_end", "/is/izinler/{absence}/bitir/", {STAFF: 405}, {"officer head administrator": 302, "-": 404}),
    (
        "handing_over", "/is/devir/{staff}/",
        {"head administrator": 200, "zoning_head": 404, "-": 403}, {"head administrator": 200, "zoning_head": 404, "-": 403},
    ),
    # The ledger of promises.
    ("promises", "/is/sozler/", *page(f"head zoning_head manager deputy_mayor {LOOK}", others=403)),
    ("promise_cases", "/is/sozler/basvurular/?ne=open", *page(f"head zoning_head manager deputy_mayor {LOOK}", others=403)),
    # One case: whoever may not see it finds nothing there, the administrator too.
    ("case", "/is/basvuru/{number}/", *page(SEE)),
    ("case_presence", "/is/basvuru/{number}/kimler/", *page(SEE)),
    ("case_verb", "/is/basvuru/{number}/note/", {WORK: 200, LOOK: 302, "-": 404}, {SEE: 200, "-": 404}),
    ("case_file", "/is/ek/{file}/", *page(SEE)),
    ("answer_draft", "/is/basvuru/{number}/taslak.pdf", *page(STAFF, get=404, post=404)),
    ("staff_receipt", "/is/basvuru/{number}/makbuz.pdf", *page(DESK)),
    ("desk_saved", "/is/yeni/{number}/", *page(DESK)),
    # The desk and the units' own counters.
    ("desk_new", "/is/yeni/", *page(DESK, others=403, post=422)),
    ("unit_new", "/is/birim/yeni/", *page(f"{UNIT} {OTHER_UNIT}", others=403, post=422)),
    ("desk_help", "/is/yeni/yardim/", {COUNTER: 405, "-": 403}, {COUNTER: 200, "-": 403}),
    ("desk_people", "/is/kisiler/ara/", *page(COUNTER, others=403)),
    ("person", "/is/kisi/{person}/", {SEE: 200, "-": 404}, {DESK: 302, SEE: 200, "-": 404}),
    (
        "person_reveal", "/is/kisi/{person}/kimlik/",
        {f"{DESK} {UNIT}": 302, OTHER_UNIT: 404, "-": 403}, {f"{DESK} {UNIT}": 302, OTHER_UNIT: 404, "-": 403},
    ),
    ("call_list", "/is/arama-listesi/", *page(DESK, others=403, post=404)),
    ("cimer_list", "/is/cimer/", *page(DESK, others=403)),
    ("cimer_answer", "/is/cimer/{number}/", *page(DESK, others=403, get=404, post=404)),
    ("print_queue", "/is/baski/", *page(DESK, others=403, post=302)),
    ("message_resend", "/is/bildirim/{message}/yeniden/", {STAFF: 405}, {f"{DESK} {UNIT}": 302, "-": 404}),
    # Those who answer for the whole.
    ("foi_reports", "/is/raporlar/bilgi-edinme/", *page(REPORTS, others=403, get=302, post=302)),
    ("foi_report", "/is/raporlar/bilgi-edinme/2026/", *page(REPORTS, others=403)),
    ("foi_report_file", "/is/raporlar/bilgi-edinme/2026/rapor.xlsx", *page(REPORTS, others=403)),
    ("foi_report_row", "/is/raporlar/bilgi-edinme/2026/refused/", *page(REPORTS, others=403)),
    ("breaches", "/is/ihlaller/", *page(BREACHES, others=403)),
    ("breach_new", "/is/ihlaller/yeni/", *page(BREACHES, others=403, post=422)),
    ("breach", "/is/ihlaller/{breach}/", *page(BREACHES, others=403, post=422)),
    ("breach_notice", "/is/ihlaller/{breach}/bildirim.pdf", *page(BREACHES, others=403)),
    ("data_subject", "/is/kisisel-veri/{number}/", *page("manager", others=403, get=404, post=404)),
    # The field worker with her telephone.
    ("field", "/is/saha/", *page("field_worker", others=403)),
    ("field_case", "/is/saha/{number}/", *page("field_worker", others=403, post=404)),
    # The administrator's tables; the auditor reads who looked.
    ("administration", "/is/yonetim/", *page("administrator", others=403)),
    ("administration_municipality", "/is/yonetim/belediye/", *page("administrator", others=403)),
    ("administration_sensitive", "/is/yonetim/hassas-konular/", *page("administrator", others=403)),
    (
        "administration_sensitive_access", "/is/yonetim/hassas-konular/{sensitive}/",
        *page("administrator", others=403, post=302),
    ),
    ("administration_changes", "/is/yonetim/degisiklikler/", *page("administrator", others=403)),
    ("administration_reveals", "/is/yonetim/kimlik-kayitlari/", *page("administrator auditor", others=403)),
    ("administration_card_changes", "/is/yonetim/kart-kayitlari/", *page("administrator auditor", others=403)),
    ("administration_case_views", "/is/yonetim/hassas-kayitlari/", *page("administrator auditor", others=403)),
    ("administration_holidays", "/is/yonetim/tatiller/yenile/", *page("administrator", others=403, get=405, post=302)),
    ("administration_law", "/is/yonetim/sureler/yenile/", *page("administrator", others=403, get=405, post=302)),
    (
        "administration_second_factor", "/is/yonetim/personel/{staff}/ikinci-adim/",
        *page("administrator", others=403, get=405, post=302),
    ),
    ("administration_table", "/is/yonetim/konular/", *page("administrator", others=403)),
    ("administration_new", "/is/yonetim/konular/yeni/", *page("administrator", others=403)),
    ("administration_row", "/is/yonetim/konular/{subject}/", *page("administrator", others=403)),
    (
        "administration_close", "/is/yonetim/konular/{subject}/kaldir/",
        *page("administrator", others=403, get=405, post=302),
    ),
    (
        "administration_open", "/is/yonetim/konular/{subject}/kullan/",
        *page("administrator", others=403, get=405, post=302),
    ),
    (
        "administration_delete", "/is/yonetim/konular/{subject}/sil/",
        *page("administrator", others=403, get=405, post=404),
    ),
    # Machines, with a key; to people, whoever they are, these addresses say that theirs is missing.
    ("ebys_drafts", "/api/ebys/v1/drafts/", *page(ALL, get=401, post=401)),
    ("ebys_draft", "/api/ebys/v1/drafts/{number}.pdf", *page(ALL, get=401, post=401)),
    ("ebys_registration", "/api/ebys/v1/registrations/", *page(ALL, get=401, post=401)),
    ("ebys_signed", "/api/ebys/v1/signed/", *page(ALL, get=401, post=401)),
    ("ebys_nowhere", "/api/ebys/x", *page(ALL, get=401, post=401)),
    # Every component on one page, for developers only.
    ("components", "/bilesenler/", *page(STAFF, get=404, post=404)),
]  # fmt: skip


@dataclass
class Scene:
    """The house with one case on everybody's way, and a browser for each part."""

    house: House
    case: Case
    words: dict[str, Any]
    browsers: dict[str, tuple[Client, SimpleCookie]]

    def ask(self, part: str, method: str, path: str) -> HttpResponse:
        """The answer of the house; whatever it did is taken back, so that the next reader finds the same house."""
        browser, cookies = self.browsers[part]
        browser.cookies = SimpleCookie(cookies.output(header=""))
        with transaction.atomic():
            response: HttpResponse = getattr(browser, method)(path)
            transaction.set_rollback(True)
        if response.status_code == 401:
            cache.clear()  # wrong keys are counted there
        return response


@pytest.fixture
def scene(house: House) -> Iterator[Scene]:
    """One house for all lines; what it refuses is not worth a log."""
    logging.disable(logging.CRITICAL)
    yield _scene(house)
    logging.disable(logging.NOTSET)


def _scene(house: House) -> Scene:
    case = actions.accept(house.assigned(), by=house.officer)
    actions.plan(case, timezone.localdate() + timedelta(days=1), crew=house.crew, by=house.officer)
    file = Attachment.objects.create(
        case=case, kind="citizen", file=ContentFile(b"<svg onload=alert(1)>", name="a.svg"), name="a.svg", size=1,
        content_type="image/svg+xml", sha256="0" * 64, at=timezone.now(), public=True,
    )  # fmt: skip
    message = Message.objects.create(
        key="scene",
        case=case,
        person=house.ayse,
        letter="open_case",
        way="email",
        state="failed",
        made_at=timezone.now(),
    )
    words = {
        "number": case.number, "code": case.tracking_code, "file": file.pk, "message": message.pk,
        "person": house.ayse.pk, "subject": house.pothole.pk, "sensitive": house.staff_complaint.pk,
        "staff": house.officer.pk, "key": "00000000-0000-4000-8000-000000000000",
        "breach": breach_of(house.manager).pk, "bulk": BulkAction.objects.create(staff=house.agent, verb="merge", done=[]).pk,
    }  # fmt: skip
    words |= _on_duty(house, case)
    browsers = {}
    for part in [*house.staff, "anonymous"]:
        browser = Client()
        if part != "anonymous":
            browser.force_login(house.staff[part], backend=BACKEND)
        browsers[part] = (browser, browser.cookies)
    return Scene(house, case, words, browsers)


def _on_duty(house: House, case: Case) -> dict[str, int]:
    """A shift and an absence of the officer, and a call that reached her."""
    now, today = timezone.now(), timezone.localdate()
    shift = DutyShift.objects.create(
        unit=house.transport, staff=house.officer, starts_at=now, ends_at=now + timedelta(hours=8)
    )
    absence = Absence.objects.create(staff=house.officer, starts_on=today, ends_on=today)
    alarm = Alarm.objects.create(
        case=case, event=case.events.latest("seq"), unit=house.transport, started_at=now, next_at=now
    )
    AlarmCall.objects.create(alarm=alarm, staff=house.officer, called_as="duty", turn=1, at=now)
    return {"shift": shift.pk, "absence": absence.pk, "alarm": alarm.pk}


def expected(line: Line, method: str) -> dict[str, str]:
    """For each part the answer that the line promises."""
    answers = line[2] if method == "get" else line[3]
    named = {part: status for who, status in reversed(answers.items()) if who != "-" for part in who.split()}
    found = {}
    for part in ALL.split():
        status = named.get(part, answers.get("-"))
        if part == "anonymous" and part not in named:
            found[part] = "sign in"
        else:
            found[part] = "on" if status == 302 else str(status)
    return found


def told(response: HttpResponse, part: str) -> str:
    """What an answer comes to: a status, a way on, or the way to sign in."""
    if response.status_code != 302:
        return str(response.status_code)
    to_sign_in = response["Location"].startswith("/giris/") and part == "anonymous"
    return "sign in" if to_sign_in else "on"


def patterns(resolver: Any) -> Iterator[URLPattern]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield entry
        else:
            yield from patterns(entry)


def test_every_address_has_its_line_and_every_line_its_address() -> None:
    addresses = [pattern.name for pattern in patterns(get_resolver())]
    assert sorted(addresses) == sorted(line[0] for line in LINES)


def test_the_lines_speak_of_the_whole_cast(scene: Scene) -> None:
    assert set(scene.browsers) == set(ALL.split())
    assert all(
        set(who.split()) <= set(ALL.split()) | {"-"} for line in LINES for answers in line[2:] for who in answers
    )


@pytest.mark.parametrize("method", ["get", "post"])
def test_each_role_gets_the_answer_of_the_line(method: str, scene: Scene) -> None:
    wrong = {}
    for line in LINES:
        path, promised = line[1].format(**scene.words), expected(line, method)
        found = {part: told(scene.ask(part, method, path), part) for part in ALL.split()}
        wrong |= {(line[0], part): (said, promised[part]) for part, said in found.items() if said != promised[part]}
    assert wrong == {}, "(address, part): (what it says, what its line promises)"


def test_nothing_is_done_without_the_token_of_the_page(scene: Scene) -> None:
    """The check comes before the page itself, so it holds for whoever is signed in."""
    stranger = Client(enforce_csrf_checks=True)
    stranger.force_login(scene.house.manager, backend=BACKEND)
    pages = [
        line for line in LINES if not line[0].startswith("ebys_")
    ]  # machines have no page and no cookie, but a key
    answers = {line[0]: stranger.post(line[1].format(**scene.words)) for line in pages}
    assert {name for name, answer in answers.items() if answer.status_code != 403} == set()
    assert all("Sayfanın süresi doldu" in answer.content.decode() for answer in answers.values())


TOLD = {"text": "Çukur", "subject": "{subject}", "address": "Çay Sokak", "language": "tr", "key": "1"}
# What is sent with the id of something that its sender may not see: to an outsider the scene's case, to the desk a sensitive one.
FOREIGN: list[tuple[str, str, dict[str, str]]] = [
    ("outsider", "/is/toplu/", {"case": "{foreign}", "verb": "accept"}),
    ("outsider", "/is/toplu/", {"case": "{foreign}", "verb": "assign", "officer": "{outsider}"}),
    ("outsider", "/is/birim/yeni/", {"channel": "unit", "supports": "{foreign}"} | TOLD),
    ("outsider", "/is/birim/yeni/", {"supports": "{foreign}", "look": "1", "channel": "unit"}),
    ("outsider", "/is/yeni/yardim/", {"supports": "{foreign}", "part": "place", "channel": "unit"}),
    ("outsider", "/is/suzgecler/", {"forget": "{filter}"}),
    ("agent", "/is/toplu/", {"case": "{foreign}", "verb": "route", "unit": "{unit}", "reason": "Onların"}),
    ("agent", "/is/toplu/", {"case": "{own}", "verb": "merge", "main_number": "{foreign_number}"}),
    ("agent", "/is/basvuru/{own_number}/merge/", {"main": "{foreign_number}"}),
    ("agent", "/is/yeni/", {"channel": "phone", "supports": "{foreign}"} | TOLD),
    ("agent", "/is/arama-listesi/", {"message": "{call}", "act": "take"}),
    ("agent", "/is/arama-listesi/", {"message": "{call}", "act": "reached"}),
    ("agent", "/is/baski/", {"letter": "{letter}", "act": "print"}),
    ("agent", "/is/baski/", {"letter": "{letter}", "act": "printed"}),
]  # fmt: skip
SECRET = "Müdür yolu kendi evine yaptırdı"


@pytest.mark.parametrize("sent", FOREIGN, ids=lambda sent: f"{sent[0]} {sent[1]} {' '.join(sent[2])}")
def test_the_id_of_what_one_may_not_see_reaches_nothing(sent: tuple[str, str, dict[str, str]], scene: Scene) -> None:
    part, path, fields = sent
    house, own = scene.house, scene.house.assigned()
    foreign = scene.case if part == "outsider" else house.assigned(house.staff_complaint, text=SECRET)
    waiting = {"case": foreign, "person": house.ayse, "letter": "open_case", "body": SECRET, "state": "waiting"}
    call, letter = (
        Message.objects.create(key=way, way=way, made_at=timezone.now(), **waiting) for way in ("phone", "letter")
    )
    saved = SavedFilter.objects.create(staff=house.head, name="Geciken", query="late=1")
    words = {
        "foreign": foreign.pk, "foreign_number": foreign.number, "own": own.pk, "own_number": own.number, "call": call.pk,
        "letter": letter.pk, "filter": saved.pk, "outsider": house.outsider.pk, "subject": house.pothole.pk,
        "unit": house.transport.pk,
    }  # fmt: skip
    before = _rows(foreign)
    answer = scene.browsers[part][0].post(
        path.format(**words), {name: value.format(**words) for name, value in fields.items()}, follow=True
    )
    assert _rows(foreign) == before
    assert SavedFilter.objects.filter(pk=saved.pk).exists()
    assert foreign.text not in answer.content.decode(errors="replace")
    assert foreign.applicant_name not in answer.content.decode(errors="replace") or part == "agent"


def _rows(case: Case) -> list[Any]:
    """Everything that stands about a case."""
    tied = Merge.objects.filter(Q(main=case) | Q(supporter=case))
    kept = (
        Case.objects.filter(pk=case.pk),
        case.events.all(),
        case.notes.all(),
        tied,
        Message.objects.filter(case=case),
    )
    return [list(rows.values()) for rows in kept]


def test_the_ids_of_others_sent_along_show_nothing_and_change_nothing(scene: Scene) -> None:
    """Each page gets what its own form would hold, with a person, a case and a message of another unit put in."""
    house, case, words = scene.house, scene.case, scene.words
    foreign = {
        "person": words["person"],
        "case": case.pk,
        "main": case.number,
        "supports": case.pk,
        "message": words["message"],
    }
    sent = foreign | {
        "channel": "unit", "text": "Kaldırımda çukur", "subject": house.parcel.pk, "address": "Gül Sokak 1", "verb": "note",
        "email": "baska@ornek.example", "phone": "0544 111 22 33", "preferred_way": "email", "act": "take",
    }  # fmt: skip
    own = house.assigned(house.parcel, applicant=None)
    paths = {line[1].format(**chosen) for line in LINES for chosen in (words, words | {"number": own.number})}
    browser, before = scene.browsers["outsider"][0], _of_others(scene)
    for path in sorted(path for path in paths if path.startswith("/is/")):
        for body in (sent, sent | {"choose": words["person"]}, sent | {"part": "caller"}):
            page = browser.post(path, body).text
            assert "Işık" not in page and house.ayse.email not in page, path
    assert _of_others(scene) == before
    assert not own.merges.exists()


def _of_others(scene: Scene) -> list[Any]:
    """Everything that stands about the applicant and the case of another unit."""
    case, person = scene.case, scene.house.ayse
    rows = (
        Case.objects.filter(pk=case.pk),
        Person.objects.filter(pk=person.pk),
        case.events.all(),
        case.messages.all(),
    )
    return [*(list(found.values()) for found in rows), person.cases.count()]


INLINE = {
    "script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")", re.I),
    "style": re.compile(r"<style|\sstyle\s*=", re.I),
    "handler": re.compile(r"<[^>]+\son[a-z]+\s*=", re.I),
    "javascript:": re.compile(r"(href|src|action)\s*=\s*[\"']?\s*javascript:", re.I),
    "foreign address": re.compile(r"<(script|link|img|iframe)\b[^>]*\b(src|href)\s*=\s*[\"']?(https?:)?//", re.I),
}


@pytest.mark.parametrize("english", [False, True], ids=["tr", "en"])
def test_every_page_keeps_the_policy_it_sends(english: bool, scene: Scene) -> None:
    for line in LINES:
        answer = _shown(line, scene, english)
        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy, line[0]
        assert "unsafe" not in policy, line[0]
        assert answer["X-Content-Type-Options"] == "nosniff", line[0]
        assert answer["X-Frame-Options"] == "DENY", line[0]
        assert answer["Referrer-Policy"] == ("strict-origin" if "{code}" in line[1] else "same-origin"), line[0]
        if answer["Content-Type"].startswith("text/html"):
            html = answer.content.decode()
            found = {what: found[0] for what, rule in INLINE.items() if (found := rule.search(html))}
            assert found == {}, line[0]


def _shown(line: Line, scene: Scene, english: bool) -> HttpResponse:
    """The page as somebody sees it who may."""
    part = next((part for part, said in expected(line, "get").items() if said == "200"), "anonymous")
    cookies = scene.browsers[part][1]
    cookies["dil"] = "en" if english else "tr"
    return scene.ask(part, "get", line[1].format(**scene.words))


@pytest.mark.parametrize("name", ["case_file", "tracked_file"])
def test_an_upload_of_a_dangerous_kind_is_only_ever_a_download(name: str, scene: Scene) -> None:
    path = next(line[1] for line in LINES if line[0] == name).format(**scene.words)
    response = scene.ask("agent", "get", path)
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(scene: Scene, settings: Any) -> None:
    browser = Client()
    browser.get("/giris/")
    browser.post("/giris/", {"login": scene.house.agent.email, "password": PASSWORD})
    session = browser.cookies[settings.SESSION_COOKIE_NAME]
    assert session["httponly"]
    assert session["samesite"] == "Lax"
    assert browser.cookies["csrftoken"]["samesite"] == "Lax"
