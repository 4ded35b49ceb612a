"""A petition from the desk to the signed answer: its elements, its numbers, its parts, and what the law does not examine."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from mimer.cases import actions
from mimer.cases.actions import Draft, Registration
from mimer.cases.actions.ending import not_examined_grounds
from mimer.cases.actors import RULE, Citizen
from mimer.cases.files import CheckedFile
from mimer.cases.models import AttachmentKind, Case, Petition
from mimer.cases.paper import Paper, pages_of
from mimer.cases.rules import NotAllowed
from mimer.cases.search import search_cases
from mimer.cases.states import State
from mimer.municipality.kinds import Channel
from mimer.municipality.models import LegalGround
from mimer.municipality.statutes import load_law
from tests.cast import House

TODAY = timezone.localdate


def petition(house: House, **seen: Any) -> Case:
    """A paper petition about a pothole, at the unit."""
    return house.assigned(channel=Channel.PETITION, paper=Paper(**seen))


def signed(words: bytes = b"cevap") -> CheckedFile:
    content = b"%PDF-1.7\n" + words + b"\n%%EOF"
    return CheckedFile("cevap.pdf", content, "application/pdf", ".pdf", f"{hash(words) & 0xFFFF:064x}")


def page(number: int) -> CheckedFile:
    return CheckedFile(f"{number}.jpg", bytes([number]), "image/jpeg", ".jpg", f"{number:064x}")


def incoming(number: str = "E-12345678-622.01-4521") -> Registration:
    return Registration("incoming", number, TODAY())


def answered(case: Case, house: House) -> Case:
    actions.accept(case, by=house.officer)
    return actions.resolve(case, Draft("informed", "Baktık"), by=house.officer)


def test_what_a_petition_lacks_is_kept_with_it_and_with_its_first_event(house: House) -> None:
    case = petition(house, signature_kind="none", has_address=False, pages=3)
    assert case.petition.lacks == ["signature", "address"]
    assert case.events.get(seq=1).facts["lacks"] == ["signature", "address"]
    assert case.petition.pages == 3


def test_a_call_or_a_message_is_never_a_petition(house: House) -> None:
    for channel in (Channel.PHONE, Channel.WHATSAPP):
        with pytest.raises(NotAllowed, match="dilekçe değildir"):
            house.open(channel=channel, paper=Paper())
        case = house.assigned(channel=channel)
        with pytest.raises(NotAllowed, match="dilekçe değildir"):
            actions.change_regime(case, ["PETITION_3071"], "Öyle saydım", by=house.agent)
        with pytest.raises(NotAllowed, match="EBYS kaydı olmaz"):
            actions.register_document(case, incoming(), by=house.agent)
        assert not Petition.objects.filter(case=case).exists()


@pytest.mark.parametrize("typed", ["E-12345678-622.01-4521", "e 12345678 622 01 4521", "E12345678.622.01.4521", "4521"])
def test_a_number_of_the_document_system_is_found_however_it_is_typed(house: House, typed: str) -> None:
    case, other = petition(house), petition(house)
    actions.register_document(case, incoming(), by=house.agent)
    actions.register_document(other, incoming("E-12345678-622.01-9999"), by=house.agent)
    assert search_cases(Case.objects.all(), typed) == [case]
    assert search_cases(Case.objects.visible_to(house.outsider), typed) == []


def test_a_number_told_twice_is_one_event_and_a_corrected_one_another(house: House) -> None:
    case = petition(house)
    for _time in range(2):
        actions.register_document(case, incoming(), by=house.agent)
    assert case.events.filter(verb="register_document").count() == 1
    actions.register_document(case, incoming("E-7"), by=house.agent)
    assert Petition.objects.get(case=case).incoming_number == "E-7"
    assert not search_cases(Case.objects.all(), "E-12345678-622.01-4521")


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        (Registration("incoming", " ", date(2026, 1, 5)), "EBYS numarasını yazın"),
        (Registration("incoming", "E" * 61, date(2026, 1, 5)), "en çok 60 karakter"),
        (Registration("incoming", "E-1", date(2999, 1, 1)), "gelecekte olamaz"),
        (Registration("outgoing", "E-1", date(2001, 1, 1)), "önceki bir tarih taşıyamaz"),
        (Registration("sideways", "E-1", date(2026, 1, 5)), "Gelen evrak mı giden evrak mı"),
    ],
)
def test_a_registration_that_cannot_be_gets_its_sentence(house: House, told: Registration, sentence: str) -> None:
    case = petition(house)
    with pytest.raises(NotAllowed, match=sentence):
        actions.register_document(case, told, by=house.agent)
    assert Petition.objects.get(case=case).incoming_number == ""


def test_a_written_case_that_came_without_a_petition_gets_one_with_its_number(house: House) -> None:
    case = house.assigned(channel=Channel.KEP)
    actions.register_document(case, incoming(), by=RULE)
    assert Petition.objects.get(case=case).signature_kind == "kep"


def test_the_signed_answer_is_kept_seen_by_the_citizen_and_numbers_the_answer(house: House) -> None:
    case = answered(petition(house), house)
    kept = actions.sign_answer(case, signed(), "E-77", TODAY(), by=house.officer)
    assert (kept.kind, kept.public) == (AttachmentKind.SIGNED, True)
    assert Petition.objects.get(case=case).signed_at
    assert case.final_answers.get().document_number == "E-77"
    again = actions.sign_answer(case, signed(), "E-77", TODAY(), by=house.agent)
    assert again == kept and case.events.filter(verb="sign_answer").count() == 1


def test_the_signed_answer_is_evidence_where_a_document_number_is_asked(house: House) -> None:
    case = house.assigned(house.parcel, channel=Channel.PETITION, paper=Paper())
    actions.accept(case, by=house.outsider)
    with pytest.raises(NotAllowed, match="belge ya da yazı numarası"):
        actions.propose_answer(case, Draft("positive", "Konut alanı"), by=house.outsider)
    actions.sign_answer(case, signed(), "E-77", TODAY(), by=house.outsider)
    actions.propose_answer(case, Draft("positive", "Konut alanı"), by=house.outsider)
    assert case.final_answers.get().document_number == "E-77"


def test_a_file_that_is_no_whole_pdf_and_an_answer_before_receipt_are_refused(house: House) -> None:
    case = answered(petition(house), house)
    half = CheckedFile("cevap.pdf", b"%PDF-1.7", "application/pdf", ".pdf", "2" * 64)
    for file, day, sentence in (
        (page(1), TODAY(), "bu dosya PDF değil"),
        (half, TODAY(), "yarım ya da bozuk"),
        (signed(), TODAY() - timedelta(days=1), "önceki bir tarih taşıyamaz"),
        (signed(), TODAY() + timedelta(days=1), "gelecekte olamaz"),
    ):
        with pytest.raises(NotAllowed, match=sentence):
            actions.sign_answer(case, file, "E-77", day, by=house.officer)
    assert not case.attachments.exists()


def test_the_parts_of_a_petition_share_its_pages_and_its_number_but_not_its_answer(house: House) -> None:
    case = petition(house, pages=2)
    for number in (1, 2, 1):  # the same sheet laid down twice is kept once
        actions.attach(case, page(number), AttachmentKind.PETITION, by=Citizen())
    (part,) = actions.split(case, [(house.water, "Su da yok")], by=house.agent)
    actions.register_document(case, incoming(), by=house.agent)
    actions.register_document(case, Registration("outgoing", "E-90", TODAY()), by=house.agent)
    assert [file.name for file in pages_of(part)] == ["1.jpg", "2.jpg"]
    assert set(search_cases(Case.objects.all(), "E-12345678-622.01-4521")) == {case, part}
    assert search_cases(Case.objects.all(), "E-90") == [case]
    assert part.events.filter(verb="register_document").exists()


def test_a_part_cut_later_has_the_number_at_once(house: House) -> None:
    case = petition(house)
    actions.register_document(case, incoming(), by=house.agent)
    (part,) = actions.split(case, [(house.water, "Su da yok")], by=house.agent)
    assert Petition.objects.get(case=part).incoming_number == incoming().number
    assert Petition.objects.get(case=case).incoming_number == incoming().number
    assert set(search_cases(Case.objects.all(), incoming().number)) == {case, part}


def test_pages_of_a_sensitive_petition_stay_with_it(house: House) -> None:
    case = house.assigned(house.staff_complaint, channel=Channel.PETITION, paper=Paper())
    actions.attach(case, page(1), AttachmentKind.PETITION, by=Citizen())
    (part,) = actions.split(case, [(house.pothole, "Yolda çukur da var")], by=house.manager)
    assert not pages_of(part).exists()


def test_grounds_of_cimer_are_for_what_came_by_cimer(house: House) -> None:
    by_paper, by_cimer = petition(house), house.assigned(channel=Channel.CIMER)
    assert [row.code for row in not_examined_grounds(by_paper)] == ["no_subject", "judicial", "missing_elements"]
    assert not_examined_grounds(by_cimer)[0].code.startswith("cimer_")
    with pytest.raises(NotAllowed, match="gerekçesini seçin"):
        actions.not_examine(by_paper, "cimer_private", "Özel hukuk", by=house.officer)
    actions.not_examine(by_cimer, "cimer_private", "Özel hukuk", by=house.officer)
    assert by_cimer.state == State.CLOSED


def test_a_lawyers_row_counts_from_its_day_and_an_unchecked_article_is_not_told(house: House) -> None:
    load_law()
    case = petition(house)
    LegalGround.objects.filter(code="judicial").update(valid_to=TODAY() - timedelta(days=1))
    LegalGround.objects.create(
        kind="not_examined",
        code="other_rule",
        name_tr="Yeni gerekçe",
        name_en="New",
        article="9999 m. 1",
        valid_from=TODAY(),
    )
    told = {row.code: row.with_article for row in not_examined_grounds(case)}
    assert "judicial" not in told
    assert told["other_rule"] == "Yeni gerekçe"
    assert told["no_subject"] == "Belli bir konuyu içermiyor (3071 m. 6/a)"


def test_nobody_of_another_unit_numbers_or_signs(house: House) -> None:
    case = answered(petition(house), house)
    with pytest.raises(NotAllowed, match="sizin göreviniz değil"):
        actions.register_document(case, incoming(), by=house.outsider)
    with pytest.raises(NotAllowed, match="sizin göreviniz değil"):
        actions.sign_answer(case, signed(), "E-1", TODAY(), by=house.outsider)
