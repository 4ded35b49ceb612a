"""Whose a case is, what it is about and where: route, return, rule, reclassify, split, correct, assign."""

import pytest

from mimer.cases import actions
from mimer.cases.actions.opening import Place
from mimer.cases.models import NoteKind
from mimer.cases.rules import NotAllowed
from mimer.municipality.kinds import CaseType
from mimer.municipality.models import RoutingRule
from tests.cast import House


def test_the_rule_routes_to_the_unit_of_the_subject_and_says_so(house: House) -> None:
    case = house.assigned()
    assert case.unit == house.transport
    assert case.events.last().facts["reason"] == "subject"


def test_a_person_must_say_why_she_sends_it_there(house: House) -> None:
    case = house.assigned()
    with pytest.raises(NotAllowed, match="Neden bu birime"):
        actions.route(case, house.zoning, "  ", by=house.agent)
    actions.route(case, house.zoning, "Ruhsatla ilgili", by=house.agent)
    assert case.unit == house.zoning
    assert case.notes.get(kind=NoteKind.REASON).text == "Ruhsatla ilgili"


def test_sending_it_where_it_is_changes_nothing(house: House) -> None:
    case = house.assigned()
    events = case.last_event
    actions.route(case, house.transport, "Onların işi", by=house.agent)
    assert case.last_event == events


def test_the_new_unit_starts_without_the_officer_and_day_of_the_old(house: House) -> None:
    case = house.assigned()
    actions.accept(case, by=house.officer)
    actions.return_to_desk(case, "not_ours", "İmarın", by=house.officer)
    actions.route(case, house.zoning, "İmarın", by=house.agent)
    assert (case.officer, case.crew, case.planned_for) == (None, None, None)


def test_a_return_needs_a_ground_and_words(house: House) -> None:
    case = house.assigned()
    with pytest.raises(NotAllowed, match="İade gerekçesini seçin"):
        actions.return_to_desk(case, "bored", "Bizim değil", by=house.officer)
    with pytest.raises(NotAllowed, match="Hangi birimin"):
        actions.return_to_desk(case, "not_ours", "", by=house.officer)


def test_after_the_second_return_only_the_arbiter_routes_and_her_ruling_becomes_a_rule(house: House) -> None:
    case = house.assigned()
    actions.return_to_desk(case, "not_ours", "İmarın", by=house.officer)
    actions.route(case, house.zoning, "İmarın", by=house.agent)
    actions.return_to_desk(case, "not_ours", "Ulaşımın", by=house.outsider)
    with pytest.raises(NotAllowed):
        actions.route(case, house.transport, "Ulaşımın", by=house.agent)
    actions.route(case, house.zoning, "Kaldırım ruhsatı imarın", by=house.arbiter)
    ruling = RoutingRule.objects.get(is_ruling=True)
    assert (ruling.unit, ruling.subject) == (house.zoning, house.pothole)
    assert "ruhsat" not in ruling.reason_tr + ruling.reason_en, "her words stay with the case"
    assert case.number in ruling.reason_tr and case.number in ruling.reason_en
    assert case.notes.filter(text="Kaldırım ruhsatı imarın").exists()
    assert house.assigned().unit == house.zoning


def test_another_subject_brings_its_own_target_and_both_dates_stay_in_the_event(house: House) -> None:
    case = house.assigned()
    due = case.due_at
    actions.reclassify(case, house.water, reason="Su arızası", by=house.agent)
    facts = case.events.last().facts
    assert case.subject == house.water
    assert case.due_at < due
    assert (facts["from_due"], facts["due"]) == (due.isoformat(), case.due_at.isoformat())


def test_a_clock_that_stands_still_takes_over_the_difference(house: House) -> None:
    case = house.assigned()
    actions.ask_applicant(case, "Hangi kapı?", by=house.officer)
    left = case.clock_left
    actions.reclassify(case, house.water, reason="Su arızası", by=house.agent)
    assert case.due_at is None
    assert case.clock_left == max(0, left - 39 * 3600)


def test_another_type_may_bring_another_law(house: House) -> None:
    case = house.assigned()
    assert case.legal_due_on is None
    actions.reclassify(case, case.subject, CaseType.FOI, reason="Belge istiyor", by=house.agent)
    assert case.regime == "FOI_4982"
    assert case.legal_due_on is not None


def test_a_better_place_is_kept_and_found(house: House) -> None:
    case = house.assigned()
    actions.correct_place(case, Place(lat=38.7, lon=35.4, address="Ihlamur Caddesi 7"), by=house.officer)
    assert (case.lat, case.address, case.neighbourhood) == (38.7, "Ihlamur Caddesi 7", None)
    event = case.events.last()
    assert event.facts["from"] == [38.72, 35.5, house.fatih.pk]
    note = case.notes.get(pk=event.facts["note"])
    assert (note.kind, note.text) == (NoteKind.INSIDE, "Önceki yer: Fatih, Çay Sokak 5")


def test_a_point_without_a_neighbourhood_is_named_after_the_one_it_lies_in(house: House) -> None:
    case = house.assigned(place=Place(address="Çay Sokak 5"))
    actions.correct_place(case, Place(lat=38.721, lon=35.501, address="Çay Sokak 5"), by=house.officer)
    assert case.neighbourhood == house.fatih
    assert case.events.last().facts["to"] == [38.721, 35.501, house.fatih.pk] and not case.notes.exists()


def test_a_petition_on_three_subjects_becomes_three_cases_that_know_each_other(house: House) -> None:
    case = house.assigned()
    parts = actions.split(case, [(house.water, "Sular kesik"), (house.parcel, "İmarı ne?")], by=house.agent)
    assert [part.unit for part in parts] == [house.desk, house.zoning]
    assert {part.split_from.origin for part in parts} == {case}
    assert {part.applicant for part in parts} == {house.ayse}
    assert case.events.last().facts["parts"] == [part.pk for part in parts]


def test_a_split_that_fails_makes_no_part_at_all(house: House) -> None:
    case = house.assigned()
    with pytest.raises(NotAllowed):
        actions.split(case, [(house.water, "Sular kesik"), (house.parcel, "   ")], by=house.agent)
    assert case.parts.count() == 0


def test_a_case_is_given_only_to_somebody_who_works_on_it(house: House) -> None:
    case = house.assigned()
    with pytest.raises(NotAllowed, match="Ilgaz"):
        actions.assign(case, house.outsider, by=house.officer)
    actions.assign(case, house.representative, by=house.officer)
    assert case.officer == house.representative
    actions.assign(case, None, by=house.officer)
    assert case.officer is None


def test_the_desk_works_on_its_own_cases_and_its_manager_is_their_head(house: House) -> None:
    case = house.assigned(house.water)
    actions.accept(case, by=house.agent)
    actions.interim_answer(case, "KASKİ'yi aradık", by=house.manager)
    assert case.officer == house.agent
    with pytest.raises(NotAllowed):
        actions.accept(house.assigned(), by=house.agent)
