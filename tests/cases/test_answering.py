"""Honest answers: declared outcomes, evidence fit for them, approval, and pointing to whoever is competent."""

from dataclasses import replace

import pytest

from mimer.cases import actions
from mimer.cases.actions import Draft
from mimer.cases.actors import RULE, Citizen
from mimer.cases.files import CheckedFile
from mimer.cases.models import AnswerState, Attachment, AttachmentKind, Case
from mimer.cases.rules import NotAllowed
from mimer.cases.states import Outcome, State
from mimer.municipality.kinds import Evidence
from tests.cast import House

PHOTO = CheckedFile("sonra.jpg", b"resim", "image/jpeg", ".jpg", "a" * 64)
DONE = Draft("positive", "Çukur kapatıldı")


def at_work(house: House) -> Case:
    return actions.accept(house.assigned(), by=house.officer)


def test_done_field_work_needs_its_after_photo(house: House) -> None:
    case = at_work(house)
    with pytest.raises(NotAllowed, match="sonrası"):
        actions.resolve(case, Draft("positive", "Çukur kapatıldı"), by=house.officer)
    actions.attach(case, PHOTO, AttachmentKind.AFTER, by=house.officer)
    actions.resolve(case, Draft("positive", "Çukur kapatıldı"), by=house.officer)
    assert (case.state, case.outcome) == (State.RESOLVED, Outcome.POSITIVE)


def test_a_photo_from_before_proves_nothing(house: House) -> None:
    case = at_work(house)
    actions.attach(case, PHOTO, AttachmentKind.BEFORE, by=house.officer)
    with pytest.raises(NotAllowed, match="sonrası"):
        actions.resolve(case, Draft("positive", "Çukur kapatıldı"), by=house.officer)


def test_a_no_needs_its_reason_but_no_photo(house: House) -> None:
    case = at_work(house)
    with pytest.raises(NotAllowed, match="gerekçe"):
        actions.resolve(case, Draft("negative", "Yapılamayacak"), by=house.officer)
    actions.resolve(case, Draft("negative", "Yapılamayacak", reason="Yol il özel idaresinin"), by=house.officer)
    assert case.outcome == Outcome.NEGATIVE


@pytest.mark.parametrize("outcome", ["forwarded", "duplicate", "withdrawn", "invalid", "", "great"])
def test_outcomes_of_other_verbs_cannot_be_declared(house: House, outcome: str) -> None:
    with pytest.raises(NotAllowed, match="Sonucu seçin"):
        actions.resolve(at_work(house), Draft(outcome, "Bitti"), by=house.officer)


def test_a_subject_may_ask_for_a_description_of_the_work(house: House) -> None:
    house.pothole.evidence = Evidence.NOTE
    house.pothole.save()
    case = at_work(house)
    with pytest.raises(NotAllowed, match="açıklaması"):
        actions.resolve(case, Draft("positive", "Bitti"), by=house.officer)
    actions.resolve(case, Draft("positive", "Bitti", reason="Üç metre asfalt döküldü"), by=house.officer)


def test_where_approval_is_needed_the_officer_proposes_and_the_head_signs(house: House) -> None:
    case = actions.accept(house.assigned(house.parcel), by=house.outsider)
    draft = Draft("positive", "Konut alanıdır", document_number="E.55")
    with pytest.raises(NotAllowed):
        actions.resolve(case, draft, by=house.zoning_head)
    actions.propose_answer(case, draft, by=house.outsider)
    assert case.final_answers.get().state == AnswerState.PROPOSED
    with pytest.raises(NotAllowed):
        actions.approve(case, by=house.outsider)
    actions.approve(case, "Konut alanıdır, 5 kat", by=house.zoning_head)
    answer = case.final_answers.get()
    assert (answer.text, answer.by, answer.approved_by) == ("Konut alanıdır, 5 kat", house.outsider, house.zoning_head)


def test_a_document_number_is_missed_before_it_reaches_the_head(house: House) -> None:
    case = actions.accept(house.assigned(house.parcel), by=house.outsider)
    with pytest.raises(NotAllowed, match="numarası"):
        actions.propose_answer(case, Draft("positive", "Konut alanıdır"), by=house.outsider)


def test_what_is_sent_back_says_what_is_missing(house: House) -> None:
    case = actions.accept(house.assigned(house.parcel), by=house.outsider)
    actions.propose_answer(case, Draft("informed", "Konut"), by=house.outsider)
    with pytest.raises(NotAllowed, match="düzeltilmesi"):
        actions.send_back(case, "", by=house.zoning_head)
    actions.send_back(case, "Plan notunu ekleyin", by=house.zoning_head)
    assert case.state == State.IN_PROGRESS
    assert case.final_answers.get().state == AnswerState.SENT_BACK


def test_an_ending_by_another_way_leaves_no_proposal_waiting(house: House) -> None:
    case = actions.accept(house.assigned(house.parcel), by=house.outsider)
    actions.propose_answer(case, Draft("informed", "Konut"), by=house.outsider)
    actions.withdraw(case, "Gerek kalmadı", by=house.agent)
    assert case.final_answers.get().state == AnswerState.SENT_BACK


def test_the_desk_ends_only_what_it_told_on_the_spot(house: House) -> None:
    case = house.open()
    with pytest.raises(NotAllowed, match="yerinde verilen bilgi"):
        actions.resolve(case, Draft("negative", "Olmaz", reason="Olmaz"), by=house.agent)
    actions.resolve(case, Draft("informed", "Asfalt programı haziranda"), by=house.agent)
    assert case.outcome == Outcome.INFORMED


def test_pointing_to_the_competent_body_is_an_answer(house: House) -> None:
    case = house.assigned(house.water)
    actions.refer(case, house.waterworks, "KASKİ'ye ilettik; 185'i arayın", "E.9", by=house.agent)
    assert (case.state, case.outcome, case.external_body) == (State.RESOLVED, Outcome.FORWARDED, house.waterworks)
    assert case.final_answers.get().document_number == "E.9"


def test_the_same_file_twice_is_kept_once(house: House) -> None:
    case = at_work(house)
    first = actions.attach(case, PHOTO, AttachmentKind.AFTER, by=house.officer)
    events = case.last_event
    assert actions.attach(case, PHOTO, AttachmentKind.AFTER, by=house.officer) == first
    assert (Attachment.objects.count(), case.last_event) == (1, events)


def test_the_photo_that_the_citizen_rejected_proves_nothing(house: House) -> None:
    case = at_work(house)
    actions.attach(case, PHOTO, AttachmentKind.AFTER, by=house.officer)
    actions.resolve(case, DONE, by=house.officer)
    actions.accept(actions.not_solved(case, "Yine çöktü", by=Citizen()), by=house.officer)
    with pytest.raises(NotAllowed, match="sonrası"):
        actions.resolve(case, DONE, by=house.officer)
    actions.attach(case, replace(PHOTO, sha256="b" * 64), AttachmentKind.AFTER, by=house.officer)
    actions.close(actions.resolve(case, DONE, by=house.officer), by=RULE)
    actions.accept(actions.reopen(case, "Yağmurda yine çöktü", by=house.agent), by=house.officer)
    with pytest.raises(NotAllowed, match="sonrası"):
        actions.resolve(case, DONE, by=house.officer)


def test_the_head_signs_only_what_is_proved(house: House) -> None:
    case = actions.accept(house.assigned(house.parcel), by=house.outsider)
    actions.propose_answer(case, Draft("positive", "Konut alanıdır", document_number="E.55"), by=house.outsider)
    house.parcel.evidence = Evidence.PHOTO
    house.parcel.save()
    with pytest.raises(NotAllowed, match="sonrası"):
        actions.approve(case, by=house.zoning_head)
    with pytest.raises(NotAllowed, match="onayda"):
        actions.reclassify(case, house.pothole, reason="Çukurmuş", by=house.zoning_head)


def test_an_officer_does_not_free_herself_of_the_signature_by_another_subject(house: House) -> None:
    case = actions.accept(house.assigned(house.parcel), by=house.outsider)
    with pytest.raises(NotAllowed, match="müdür ya da masa"):
        actions.reclassify(case, house.pothole, reason="Çukurmuş", by=house.outsider)
    assert (case.subject, case.last_event) == (house.parcel, 3)
    actions.reclassify(case, house.parcel, "request", reason="İstiyor", by=house.outsider)
    actions.reclassify(case, house.pothole, reason="Çukurmuş", by=house.zoning_head)
    assert case.subject == house.pothole


def test_the_desk_corrects_a_subject_that_needs_approval_unless_it_answers_itself(house: House) -> None:
    actions.reclassify(house.assigned(house.parcel), house.pothole, reason="Çukurmuş", by=house.agent)
    house.water.needs_approval = True
    house.water.save()
    with pytest.raises(NotAllowed, match="müdür ya da masa"):
        actions.reclassify(house.assigned(house.water), house.pothole, reason="Çukurmuş", by=house.agent)
    actions.reclassify(house.assigned(house.water), house.pothole, reason="Çukurmuş", by=house.manager)


def test_the_citizens_own_photo_of_the_trouble_is_no_proof_of_the_work(house: House) -> None:
    case = actions.accept(house.assigned(), by=house.officer)
    hers = CheckedFile("cukur.jpg", b"x", "image/jpeg", ".jpg", "c" * 64)
    actions.attach(case, hers, by=Citizen())
    actions.attach(case, hers, AttachmentKind.AFTER, by=house.officer)
    with pytest.raises(NotAllowed, match="sonrası"):
        actions.resolve(case, Draft("positive", "Kapatıldı"), by=house.officer)
