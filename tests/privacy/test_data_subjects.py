"""An application for one's own data (6698): nothing without the identity check, then everything, and a row that says so."""

import hashlib
import json
import zipfile
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mimer.cases import actions
from mimer.cases.actors import Citizen
from mimer.cases.files import CheckedFile
from mimer.cases.models import AttachmentKind, Case
from mimer.municipality.kinds import CaseType
from mimer.municipality.statutes import load_law
from mimer.notify.reading import read_events
from mimer.people.models import Person
from mimer.people.search import save_person
from mimer.privacy.collection import NotChecked, check_identity, collect
from mimer.privacy.models import Collection, Reveal
from tests.cast import House

pytestmark = pytest.mark.django_db


def file(name: str, content: bytes) -> CheckedFile:
    return CheckedFile(name, content, "application/pdf", ".pdf", hashlib.sha256(content).hexdigest())


@pytest.fixture
def asked(house: House) -> Case:
    """Ayşe, who applied before, asks what is held on her."""
    load_law()
    old = actions.accept(house.assigned(text="Kaldırımda çukur"), by=house.officer)
    actions.attach(old, file("dilekce.pdf", b"%PDF hers"), by=Citizen())
    actions.attach(old, file("ic-rapor.pdf", b"%PDF ours"), AttachmentKind.DOCUMENT, by=house.officer)
    actions.note(old, "Komşusu şikâyetçi", by=house.officer)
    actions.note(old, "Ekip yolda", to_citizen=True, by=house.officer)
    actions.resolve(old, actions.Draft("informed", "Çukur programda"), by=house.officer)
    actions.rate(old, 4, "Sağ olun", by=Citizen())
    house.open(house.staff_complaint, text="Görevli kaba davrandı")
    somebody = save_person(Person(given_name="Fatma", family_name="Kaya", phone="0533 000 00 00"))
    house.open(applicant=somebody, text="Başkasının sözü")
    Reveal.objects.create(person=house.ayse, staff=house.officer, reason="Tapu kaydı için", case_number=old.number)
    while read_events():
        pass
    return house.open(house.parcel, type=CaseType.DATA_SUBJECT, text="Hakkımda ne tutuyorsunuz?")


def opened(archive: bytes) -> tuple[zipfile.ZipFile, dict[str, Any]]:
    book = zipfile.ZipFile(BytesIO(archive))
    return book, json.loads(book.read("veriler.json"))


def test_nothing_is_given_out_before_the_identity_was_checked(house: House, asked: Case) -> None:
    with pytest.raises(NotChecked, match="kimliğini"):
        collect(asked, by=house.manager)
    assert not Collection.objects.exists()


def test_everything_held_on_her_is_in_the_archive(house: House, asked: Case) -> None:
    check_identity(asked, "id_seen", by=house.agent)
    book, data = opened(collect(asked, by=house.manager))
    text = json.dumps(data, ensure_ascii=False)
    told = [
        "Işık",
        "ayse@ornek.example",
        "Kaldırımda çukur",
        "Ekip yolda",
        "Çukur programda",
        "Sağ olun",
        "Tapu kaydı için",
    ]
    assert not [words for words in told if words not in text]
    assert data["messages"] and data["cases"][-1]["number"] == asked.number
    (hers,) = [name for name in book.namelist() if name.startswith("dosyalar/")]
    assert book.read(hers) == b"%PDF hers"
    assert book.read("ozet.pdf").startswith(b"%PDF") and b"StructTreeRoot" in book.read("ozet.pdf")


def test_notes_among_staff_and_other_peoples_words_are_not(house: House, asked: Case) -> None:
    check_identity(asked, "kep", by=house.agent)
    _book, data = opened(collect(asked, by=house.manager))
    text = json.dumps(data, ensure_ascii=False)
    assert not [words for words in ("Komşusu", "Başkasının", "Fatma", "Mehmet") if words in text]


def test_another_record_under_the_same_identity_number_belongs_to_her(house: House, asked: Case) -> None:
    house.ayse.national_id = "10000000146"
    save_person(house.ayse)
    twin = save_person(Person(given_name="Ayse", family_name="Isik", national_id="10000000146"))
    house.open(applicant=twin, text="İkinci kaydımdaki söz")
    asked.refresh_from_db()
    check_identity(asked, "id_seen", by=house.agent)
    _book, data = opened(collect(asked, by=house.manager))
    assert len(data["person"]) == 2 and "İkinci kaydımdaki söz" in json.dumps(data, ensure_ascii=False)


def test_a_sensitive_case_is_left_to_who_is_named_for_it_and_that_is_said(house: House, asked: Case) -> None:
    check_identity(asked, "id_seen", by=house.agent)
    _book, all_of_it = opened(collect(asked, by=house.manager))
    assert "Görevli kaba davrandı" in json.dumps(all_of_it, ensure_ascii=False)
    house.manager.sensitive_subjects.all().delete()
    house.manager.__dict__.pop("scope", None)
    _book, data = opened(collect(asked, by=house.manager))
    assert "Görevli kaba davrandı" not in json.dumps(data, ensure_ascii=False)
    assert data["sensitive_cases_not_included"] == 1
    assert Collection.objects.first().left_out == 1


def test_it_is_written_down_who_gave_out_what_and_when(house: House, asked: Case) -> None:
    check_identity(asked, "e_signature", by=house.agent)
    archive = collect(asked, by=house.manager)
    row = Collection.objects.get()
    assert (row.by, row.person, row.case, row.files) == (house.manager, house.ayse, asked, 1)
    assert row.sha256 == hashlib.sha256(archive).hexdigest()


def test_the_page_leads_from_the_check_to_the_archive(house: House, client: Client, asked: Case) -> None:
    client.force_login(house.manager)
    address = reverse("data_subject", args=[asked.number])
    assert address in client.get(reverse("case", args=[asked.number])).content.decode()
    assert "Derle ve indir" not in client.get(address).content.decode()
    refused = client.post(address, {"act": "collect"}, follow=True)
    assert "Önce başvuranın kimliğini doğrulayın" in refused.content.decode()
    assert "Kimliğin nasıl doğrulandığını seçin" in client.post(address, {"act": "check"}).content.decode()
    page = client.post(address, {"act": "check", "how": "id_seen"}, follow=True).content.decode()
    assert "Kimliği görüldü" in page and "Hatice Deneme" in page and "Derle ve indir" in page
    answer = client.post(address, {"act": "collect"})
    assert answer["Content-Type"] == "application/zip" and zipfile.is_zipfile(BytesIO(answer.content))


def test_an_anonymous_application_gives_nobody_anything(house: House) -> None:
    load_law()
    case = house.open(type=CaseType.DATA_SUBJECT, applicant=None)
    check_identity(case, "id_seen", by=house.agent)
    with pytest.raises(NotChecked, match="isimsiz"):
        collect(case, by=house.manager)


@pytest.mark.parametrize("name", ["agent", "officer", "mayor", "auditor", "administrator", "outsider"])
def test_only_the_data_protection_role_has_the_page(house: House, client: Client, asked: Case, name: str) -> None:
    check_identity(asked, "id_seen", by=house.agent)
    client.force_login(house.staff[name])
    assert client.get(reverse("data_subject", args=[asked.number])).status_code == 403
    assert client.post(reverse("data_subject", args=[asked.number]), {"act": "collect"}).status_code == 403


def test_other_cases_have_no_such_page(house: House, client: Client) -> None:
    client.force_login(house.manager)
    assert client.get(reverse("data_subject", args=[house.assigned().number])).status_code == 404
