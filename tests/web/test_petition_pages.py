"""A petition on the pages: taken down at the desk, what it lacks said at once, its card, its drafts, its signed answer."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mimer.cases import actions
from mimer.cases.actions import Draft
from mimer.cases.models import Case
from mimer.cases.paper import Paper
from mimer.cases.states import LegalRegime
from mimer.intake.ebys.letter import official_letter
from mimer.municipality.kinds import Channel
from mimer.municipality.models import Municipality, Staff
from tests.cast import House
from tests.web.pictures import pdf, photo

TODAY = timezone.localdate


@pytest.fixture
def at(client: Client) -> Any:
    """The browser of this member of staff."""

    def sit_down(staff: Staff) -> Client:
        client.force_login(staff)
        return client

    return sit_down


def sheet(house: House, **changes: Any) -> dict[str, Any]:
    """A whole petition as the desk takes it down."""
    return {
        "channel": "petition", "text": "Sokağımızda çukur var", "subject": house.pothole.pk, "address": "Gül Sokak 12",
        "given_name": "Şükran", "family_name": "Ilgaz", "phone": "0533 765 43 21", "preferred_way": "phone", "language": "tr",
        "signature_kind": "wet", "has_name": "on", "has_address": "on", "pages": "2",
    } | changes  # fmt: skip


def taken(answer: Any) -> Case:
    assert answer.status_code == 302, answer.text[:3000]
    return Case.objects.get(pk=int(answer["Location"].rstrip("/").split("-")[-1]))


def on_paper(house: House, **seen: Any) -> Case:
    return actions.accept(house.assigned(channel=Channel.PETITION, paper=Paper(**seen)), by=house.officer)


def answered(house: House, **seen: Any) -> Case:
    return actions.resolve(on_paper(house, **seen), Draft("informed", "Ekibimiz çukuru kapattı."), by=house.officer)


def page_of(browser: Client, case: Case) -> str:
    return browser.get(reverse("case", args=[case.number])).text


def test_pages_are_kept_in_their_order_with_their_hashes(house: House, at: Any) -> None:
    pages = [photo(f"{number}.jpg", colour) for number, colour in ((1, "red"), (2, "green"), (3, "blue"))]
    case = taken(at(house.agent).post(reverse("desk_new"), sheet(house, papers=pages, pages="3")))
    files = list(case.attachments.all())
    assert [(file.name, file.kind) for file in files] == [(f"{number}.jpg", "petition") for number in (1, 2, 3)]
    page = page_of(at(house.officer), case)
    assert "Dilekçe sayfası" in page and "Islak imza" in page
    places = [page.index(file.sha256[:12]) for file in files]
    assert places == sorted(places)


def test_a_petition_has_its_own_number_and_day_at_the_document_system(house: House, at: Any) -> None:
    told = sheet(house, document_number="E-5", received_on=TODAY().isoformat(), incoming_on=TODAY().isoformat())
    case = taken(at(house.agent).post(reverse("desk_new"), told))
    assert (case.petition.incoming_number, case.petition.incoming_on, case.petition.pages) == ("E-5", TODAY(), 2)
    assert case.regime == LegalRegime.PETITION_3071
    found = at(house.agent).get(reverse("case_list"), {"q": "e5"}).text
    assert case.number in found
    assert case.number not in at(house.outsider).get(reverse("case_list"), {"q": "e5"}).text


@pytest.mark.parametrize("channel", ["kep", "e_devlet"])
def test_kep_and_e_devlet_count_from_their_own_delivery(house: House, at: Any, channel: str) -> None:
    told = sheet(house, channel=channel, signature_kind="", received_on="2026-01-04", received_time="23:40")
    case = taken(at(house.agent).post(reverse("desk_new"), told))
    received = timezone.localtime(case.received_at)
    assert (received.date().isoformat(), received.strftime("%H:%M")) == ("2026-01-04", "23:40")
    assert case.petition.delivered_at == case.received_at and case.petition.signature_kind == channel
    assert case.legal_clocks.get().started_on == received.date()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"signature_kind": ""}, "İmzanın türünü ya da olmadığını seçin"),
        ({"signature_kind": "tükenmez"}, "İmzanın türünü ya da olmadığını seçin"),
        ({"pages": "0"}, "en az 1"),
        ({"pages": "iki"}, "rakamla yazın"),
        ({"received_on": "2999-01-01"}, "bugünden sonra olamaz"),
        ({"incoming_on": "2999-01-01", "document_number": "E-1"}, "EBYS tarihi bugünden sonra olamaz"),
        ({"incoming_on": "2026-01-05"}, "numarasını da yazın"),
        ({"incoming_on": "2026-01-05", "document_number": "E-1"}, "bize ulaştığı günü EBYS tarihine göre düzeltin"),
        ({"channel": "kep", "received_on": ""}, "Teslim gününü yazın"),
        ({"channel": "kep", "received_on": "2026-01-05", "received_time": ""}, "Teslim saatini yazın"),
        ({"channel": "kep", "received_on": "2026-01-05", "received_time": "25:99"}, "14:05 gibi"),
    ],
)
def test_what_is_wrong_on_the_paper_is_said_and_nothing_typed_is_lost(
    house: House, at: Any, changes: Any, sentence: str
) -> None:
    answer = at(house.agent).post(reverse("desk_new"), sheet(house, **changes))
    assert answer.status_code == 422 and sentence in answer.text
    assert "Sokağımızda çukur var" in answer.text and 'name="has_name"' in answer.text and "checked" in answer.text
    assert not Case.objects.exists()


def test_a_delivery_later_today_is_refused(house: House, at: Any) -> None:
    later = timezone.localtime() + timedelta(minutes=5)
    told = sheet(
        house,
        channel="kep",
        received_on=later.date().isoformat(),
        received_time=later.strftime("%H:%M"),
        signature_kind="",
    )
    answer = at(house.agent).post(reverse("desk_new"), told)
    assert answer.status_code == 422 and ("şu andan sonra" in answer.text or "bugünden sonra" in answer.text)


def test_what_is_lacking_is_said_at_once_with_the_ways_on(house: House, at: Any) -> None:
    browser = at(house.agent)
    case = taken(browser.post(reverse("desk_new"), sheet(house, signature_kind="none")))
    for page in (browser.get(reverse("desk_saved", args=[case.number])).text, page_of(browser, case)):
        assert "İmza yok: 3071 m. 4; incelenemez (m. 6/c) ya da eksiği isteyin." in page
        for verb in ("ask_applicant", "not_examine", "refer", "split"):
            assert reverse("case_verb", args=[case.number, verb]) in page
    form = browser.get(reverse("case_verb", args=[case.number, "not_examine"]) + "?ground=missing_elements").text
    assert re.search(r'value="missing_elements"[^>]* checked', form)
    assert "Ad-soyad, imza ya da adres yok (3071 m. 4, 6/c)" in form


def test_a_whole_petition_is_not_nagged_about_and_a_call_has_no_card(house: House, at: Any) -> None:
    browser = at(house.officer)
    assert "3071 m. 4; incelenemez" not in page_of(browser, on_paper(house))
    assert 'id="dilekce"' not in page_of(browser, house.assigned(channel=Channel.PHONE))


def test_a_units_own_counter_takes_petitions_too(house: House, at: Any) -> None:
    case = taken(at(house.officer).post(reverse("unit_new"), sheet(house, papers=photo())))
    assert (case.channel, case.unit, case.attachments.get().kind) == (Channel.PETITION, house.transport, "petition")
    told = sheet(house, channel="kep", received_on="2026-01-05", received_time="10:00", text="Başka")
    assert at(house.officer).post(reverse("unit_new"), told).status_code == 422


def test_the_unit_of_a_part_sees_the_pages_of_the_whole_and_others_do_not(house: House, at: Any) -> None:
    case = taken(at(house.agent).post(reverse("desk_new"), sheet(house, papers=photo())))
    (part,) = actions.split(case, [(house.parcel, "Parselim imarlı mı?")], by=house.agent)
    file = case.attachments.get()
    address = reverse("case_file", args=[file.pk])
    assert file.sha256[:12] in page_of(at(house.outsider), part)
    assert at(house.outsider).get(address).status_code == 200
    other = Staff.objects.create(email="baska@ornek.example", given_name="Başka")
    assert at(other).get(address).status_code == 404
    photo_of_case = actions.attach(case, _checked(), "before", by=house.agent)
    assert at(house.outsider).get(reverse("case_file", args=[photo_of_case.pk])).status_code == 404


def _checked() -> Any:
    from mimer.cases.files import check_upload

    upload = photo("once.jpg", "black")
    return check_upload(upload, "once.jpg", upload.size)


def test_the_draft_leaves_as_pdf_and_docx_for_who_sees_the_case(house: House, at: Any) -> None:
    case = answered(house)
    page = page_of(at(house.officer), case)
    for kind, label, sign in (("pdf", "Taslak (PDF)", b"%PDF-"), ("docx", "Taslak (DOCX)", b"PK")):
        address = reverse("answer_draft", args=[case.number, kind])
        assert label in page and address in page
        answer = at(house.officer).get(address)
        assert answer.content.startswith(sign) and f"{case.number}-taslak.{kind}" in answer["Content-Disposition"]
        assert at(house.outsider).get(address).status_code == 404
        at(house.officer)
    assert at(house.officer).get(reverse("answer_draft", args=[case.number, "exe"])).status_code == 404


def test_without_an_answer_there_is_no_draft(house: House, at: Any) -> None:
    case = on_paper(house)
    assert "Taslak (PDF)" not in page_of(at(house.officer), case)
    assert at(house.officer).get(reverse("answer_draft", args=[case.number, "pdf"])).status_code == 404


def test_the_draft_speaks_of_the_paper_and_of_checked_remedies_only(house: House) -> None:
    house.transport.head = house.head
    house.transport.save()
    case = answered(house, incoming_number="E-5", incoming_on=TODAY())
    letter = official_letter(case, case.final_answers.get(), Municipality.get())
    assert letter.draft == "TASLAK" and letter.authority == (
        "T.C.",
        "DENEME BELEDİYE BAŞKANLIĞI",
        "Ulaşım Hizmetleri Müdürlüğü",
    )
    assert "E-5 sayılı dilekçeniz" in letter.references[0] and letter.addressee[0] == "Sayın Ayşe Işık"
    assert (letter.signer, letter.signer_title) == ("Kemal DENEME", "Ulaşım Hizmetleri Müdürü")
    assert letter.paragraphs == ("Ekibimiz çukuru kapattı.",) and letter.remedy == ""
    foi = actions.accept(house.assigned(channel=Channel.PETITION, type="foi", paper=Paper()), by=house.officer)
    actions.resolve(foi, Draft("informed", "Belge ekte."), by=house.officer)
    assert "4982 sayılı Kanun m. 13" in official_letter(foi, foi.final_answers.get(), Municipality.get()).remedy
    data = actions.accept(
        house.assigned(channel=Channel.PETITION, type="data_subject", paper=Paper()), by=house.officer
    )
    actions.resolve(data, Draft("informed", "Verileriniz ekte."), by=house.officer)
    assert official_letter(data, data.final_answers.get(), Municipality.get()).remedy == ""


def test_the_signed_answer_stands_first_and_the_citizen_reads_it(house: House, at: Any, client: Client) -> None:
    case = answered(house)
    actions.attach(case, _checked(), "before", by=house.officer)
    told = {"signed": pdf(), "number": "E-77", "day": TODAY().isoformat(), "last_event": case.last_event}
    at(house.officer).post(reverse("case_verb", args=[case.number, "sign_answer"]), told)
    page = page_of(at(house.officer), case)
    assert page.index("imzali.pdf") < page.index("once.jpg") and "E-77" in page
    file = case.attachments.get(kind="signed")
    client.logout()
    tracked = client.get(reverse("tracked", args=[case.number, case.tracking_code])).text
    assert "İmzalı cevabınız burada" in tracked and "imzali.pdf" in tracked
    opened = client.get(reverse("tracked_file", args=[case.number, case.tracking_code, file.pk]))
    assert opened.status_code == 200 and opened["Content-Type"] == "application/pdf"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"signed": photo()}, "bu dosya PDF değil"),
        ({"signed": ""}, "PDF dosyasını seçin"),
        ({"day": "2001-01-01"}, "önceki bir tarih taşıyamaz"),
        ({"day": "2999-01-01"}, "gelecekte olamaz"),
        ({"number": ""}, "EBYS numarasını yazın"),
    ],
)
def test_a_signed_answer_that_cannot_be_is_told_beside_its_field(
    house: House, at: Any, changes: Any, sentence: str
) -> None:
    case = answered(house)
    told = {"signed": pdf(), "number": "E-77", "day": TODAY().isoformat(), "last_event": case.last_event} | changes
    page = at(house.officer).post(reverse("case_verb", args=[case.number, "sign_answer"]), told).text
    assert sentence in page and ("number" in changes or 'value="E-77"' in page)
    assert not case.attachments.filter(kind="signed").exists()


def test_a_number_before_our_own_receipt_is_kept_and_flagged(house: House, at: Any) -> None:
    case = on_paper(house)
    told = {"flow": "incoming", "number": "E-42", "day": (TODAY() - timedelta(days=3)).isoformat()}
    at(house.agent).post(reverse("case_verb", args=[case.number, "register_document"]), told)
    assert "bize ulaştığı günden önce girmiş" in page_of(at(house.agent), case)


def test_the_ground_told_names_its_article(house: House, at: Any) -> None:
    case = on_paper(house)
    told = {"ground": "judicial", "text": "Konu mahkemede", "last_event": case.last_event}
    at(house.officer).post(reverse("case_verb", args=[case.number, "not_examine"]), told)
    sentence = "Yargı mercilerinin görevine giriyor (3071 m. 6/b)"
    assert sentence in page_of(at(house.officer), case)
    assert sentence in Client().get(reverse("tracked", args=[case.number, case.tracking_code])).text
