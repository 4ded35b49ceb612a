"""The document system at the machines' doorway: a key, clear sentences, and nothing done twice."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from mimer.api import door, keys
from mimer.api.keys import make_key
from mimer.api.models import ApiKey
from mimer.cases import actions
from mimer.cases.actions import Draft
from mimer.cases.models import Case, Petition
from mimer.cases.paper import Paper
from mimer.municipality.kinds import Channel
from tests.cast import House
from tests.web.pictures import pdf, photo

ROOT = "/api/ebys/v1/"


@pytest.fixture
def answered(house: House) -> Case:
    case = actions.accept(house.assigned(channel=Channel.PETITION, paper=Paper()), by=house.officer)
    return actions.resolve(case, Draft("informed", "Çukuru kapattık."), by=house.officer)


@pytest.fixture
def ebys(db: None) -> Client:
    """The document system with its key; the tokens of pages are not asked of it."""
    return Client(enforce_csrf_checks=True, headers={"authorization": f"Bearer {make_key('ebys')}"})


def register(ebys: Client, case: Case, /, **told: Any) -> Any:
    fields = {
        "case": case.number,
        "kind": "incoming",
        "number": "E-42",
        "date": timezone.localdate().isoformat(),
    } | told
    return ebys.post(f"{ROOT}registrations/", json.dumps(fields), content_type="application/json")


def sign(ebys: Client, case: Case, /, **told: Any) -> Any:
    fields = {"case": case.number, "number": "E-77", "date": timezone.localdate().isoformat(), "pdf": pdf()} | told
    return ebys.post(f"{ROOT}signed/", fields)


def test_waiting_drafts_are_listed_with_their_files_until_they_are_signed(ebys: Client, answered: Case) -> None:
    (told,) = ebys.get(f"{ROOT}drafts/").json()["drafts"]
    assert (told["case"], told["unit_code"], told["handed_over"]) == (answered.number, "ULS", False)
    assert ebys.get(told["pdf"]).content.startswith(b"%PDF-")
    assert ebys.get(told["docx"]).content.startswith(b"PK")
    assert sign(ebys, answered).json() == {"result": "taken"}
    assert ebys.get(f"{ROOT}drafts/").json() == {"drafts": [], "after": None}
    assert ebys.get(told["pdf"]).status_code == 404


def test_a_long_list_is_read_page_by_page(ebys: Client, house: House, answered: Case, monkeypatch: Any) -> None:
    monkeypatch.setattr("mimer.api.ebys.A_PAGE", 1)
    other = actions.accept(house.assigned(channel=Channel.KEP), by=house.officer)
    actions.resolve(other, Draft("informed", "Baktık"), by=house.officer)
    first = ebys.get(f"{ROOT}drafts/").json()
    assert [row["case"] for row in first["drafts"]] == [answered.number] and first["after"] == answered.number
    second = ebys.get(f"{ROOT}drafts/?after={first['after']}").json()
    assert [row["case"] for row in second["drafts"]] == [other.number] and second["after"] is None


def test_a_number_and_a_signed_answer_are_taken_once(ebys: Client, answered: Case) -> None:
    for result in ("taken", "unchanged"):
        assert register(ebys, answered).json() == {"result": result}
        assert sign(ebys, answered).json() == {"result": result}
    petition = Petition.objects.get(case=answered)
    assert (petition.incoming_number, petition.outgoing_number) == ("E-42", "E-77")
    assert answered.events.filter(verb__in=["register_document", "sign_answer"]).count() == 2
    assert answered.attachments.count() == 1


@pytest.mark.parametrize(
    ("told", "about"),
    [
        ({"case": "2026-999999"}, "case"), ({"kind": "sideways"}, "flow"), ({"number": ""}, "number"), ({"number": 7}, "number"),
        ({"date": "15.01.2026"}, "date"), ({"date": "2999-01-01"}, "day"),
    ],
)  # fmt: skip
def test_a_registration_that_cannot_be_says_why(ebys: Client, answered: Case, told: Any, about: str) -> None:
    answer = register(ebys, answered, **told)
    assert (answer.status_code, answer.json()["about"]) == (422, about) and answer.json()["error"].endswith(
        (".", "999999")
    )
    assert Petition.objects.get(case=answered).incoming_number == ""


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"pdf": ""}, "dosya alanıyla"),
        ({"pdf": photo()}, "PDF değil"),
        ({"pdf": SimpleUploadedFile("a.pdf", b"%PDF-1.7 yar")}, "yarım"),
        ({"pdf": SimpleUploadedFile("a.pdf", b"MZ")}, "PDF olmalı"),
        ({"date": "2001-01-01"}, "önceki bir tarih"),
    ],
)
def test_a_signed_answer_that_cannot_be_says_why(ebys: Client, answered: Case, told: Any, sentence: str) -> None:
    answer = sign(ebys, answered, **told)
    assert answer.status_code == 422 and sentence in answer.json()["error"]
    assert not answered.attachments.exists()


def test_a_body_that_is_no_json_says_so(ebys: Client) -> None:
    for body in (b"", b"{", b"[]", b"\xff", b"[" * 50_000):
        answer = ebys.post(f"{ROOT}registrations/", body, content_type="application/json")
        assert answer.status_code == 422 and "JSON" in answer.json()["error"]


def test_without_its_key_nobody_is_let_in(answered: Case, house: House) -> None:
    key = make_key("ebys")
    wrong = [None, "Bearer ", f"Basic {key}", f"Bearer {key}x", f"Bearer {key[:9]}", "Bearer ş.ş"]
    for given in wrong:
        browser = Client(headers={"authorization": given} if given else {})
        browser.force_login(house.manager)
        for path in ("drafts/", f"drafts/{answered.number}.pdf", "registrations/", "signed/"):
            answer = browser.get(f"{ROOT}{path}")
            assert answer.status_code == 401 and "Bearer" in answer.json()["error"], (given, path)


def test_a_key_is_kept_as_a_hash_and_a_new_one_or_its_end_shuts_the_old(capsys: Any, db: None) -> None:
    call_command("ebys", "key", "ebys")
    first = capsys.readouterr().out.strip()
    row = ApiKey.objects.get()
    assert first.partition(".")[2] not in row.digest and keys.key_of(f"Bearer {first}") == row
    call_command("ebys", "key", "ebys")
    second = capsys.readouterr().out.strip()
    assert keys.key_of(f"Bearer {first}") is None and keys.key_of(f"Bearer {second}")
    call_command("ebys", "revoke", "ebys")
    assert keys.key_of(f"Bearer {second}") is None


def test_who_knocks_too_often_is_asked_to_wait(ebys: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(keys, "A_MINUTE", 2)
    ApiKey.objects.update(minute=0)
    monkeypatch.setattr(keys.time, "time", lambda: 6_000_000.0)
    assert [ebys.get(f"{ROOT}drafts/").status_code for _knock in range(3)] == [200, 200, 429]
    monkeypatch.setattr(keys.time, "time", lambda: 6_000_060.0)
    assert ebys.get(f"{ROOT}drafts/").status_code == 200


def test_guessing_keys_is_shut_for_a_while_and_shuts_out_no_key(ebys: Client) -> None:
    stranger = Client(headers={"authorization": "Bearer aaaa.bbbb"})
    answers = [stranger.get(f"{ROOT}drafts/").status_code for _knock in range(door.WRONG_KEYS + 1)]
    assert answers[-1] == 429 and set(answers[:-1]) == {401}
    assert ebys.get(f"{ROOT}drafts/").status_code == 200


def test_what_is_too_large_is_refused_before_it_is_read(ebys: Client, answered: Case, monkeypatch: Any) -> None:
    monkeypatch.setattr(door, "LARGEST_REQUEST", 100)
    answer = sign(ebys, answered)
    assert answer.status_code == 413 and "çok büyük" in answer.json()["error"]


def test_other_ways_and_addresses_are_told_in_json(ebys: Client) -> None:
    assert ebys.post(f"{ROOT}drafts/").status_code == 405
    assert ebys.get(f"{ROOT}registrations/").json()["error"].endswith("POST")
    assert (
        ebys.get("/api/ebys/v2/x").status_code == 404 and "docs/ebys.md" in ebys.get("/api/ebys/v2/x").json()["error"]
    )
