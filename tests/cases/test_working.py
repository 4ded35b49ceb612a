"""The work itself: accept, plan, ask the citizen, ask another unit, await another body."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from mimer.cases import actions
from mimer.cases.actions import Draft
from mimer.cases.actors import RULE, Citizen
from mimer.cases.models import Case, NoteKind
from mimer.cases.rules import NotAllowed
from mimer.cases.states import State
from mimer.municipality.kinds import ClockKind
from mimer.municipality.models import Crew
from tests.cast import House

TOMORROW = timedelta(days=1)


def test_whoever_accepts_has_it_and_accepting_again_changes_nothing(house: House) -> None:
    case = house.assigned()
    actions.accept(case, by=house.officer)
    events = case.last_event
    actions.accept(case, by=house.officer)
    assert (case.officer, case.last_event) == (house.officer, events)


def test_a_colleague_who_comes_second_is_told_how_it_stands(house: House) -> None:
    case = house.assigned()
    actions.accept(case, by=house.officer)
    with pytest.raises(NotAllowed, match="İşlemde"):
        actions.accept(case, by=house.representative)


def test_a_day_is_a_promise_and_a_second_one_needs_its_reason(house: House) -> None:
    case, today = house.assigned(), timezone.localdate()
    actions.plan(case, today + TOMORROW, crew=house.crew, by=house.officer)
    assert (case.planned_for, case.crew, case.officer) == (today + TOMORROW, house.crew, house.officer)
    with pytest.raises(NotAllowed, match="neden değiştirdiğinizi"):
        actions.plan(case, today + 2 * TOMORROW, by=house.officer)
    actions.plan(case, today + 2 * TOMORROW, "Yağmur", by=house.officer)
    assert case.events.last().facts["from_day"] == (today + TOMORROW).isoformat()


def test_nobody_plans_for_yesterday(house: House) -> None:
    with pytest.raises(NotAllowed, match="Geçmiş"):
        actions.plan(house.assigned(), timezone.localdate() - TOMORROW, by=house.officer)


def test_a_crew_of_another_unit_cannot_be_sent(house: House) -> None:
    stranger = Crew.objects.create(name_tr="Ruhsat ekibi", unit=house.zoning)
    with pytest.raises(NotAllowed, match="ekip"):
        actions.plan(house.assigned(), timezone.localdate(), crew=stranger, by=house.officer)


def test_the_crew_moves_a_day_that_was_set_but_sets_none_itself(house: House) -> None:
    case, today = house.assigned(), timezone.localdate()
    with pytest.raises(NotAllowed):
        actions.plan(case, today, by=house.field_worker)
    actions.plan(case, today, crew=house.crew, by=house.officer)
    actions.plan(case, today + TOMORROW, "Araç arızalı", by=house.field_worker)
    assert (case.planned_for, case.officer) == (today + TOMORROW, house.officer)


def test_the_service_clock_stands_still_while_the_citizen_is_asked(house: House) -> None:
    case = house.assigned()
    actions.ask_applicant(case, "Hangi kapının önü?", by=house.officer)
    assert case.due_at is None
    assert case.clock_left > 0
    actions.applicant_replies(case, "5 numaranın", by=Citizen())
    assert case.due_at is not None
    assert (case.state, case.clock_left) == (State.ASSIGNED, None)


def asked_and_answered(house: House, received: datetime, asked: datetime, answered: datetime) -> Case:
    case = house.assigned(received_at=received)
    actions.ask_applicant(case, "Hangi kapının önü?", by=house.officer, at=asked)
    return actions.applicant_replies(case, "5 numaranın", by=Citizen(), at=answered)


def test_the_days_of_waiting_count_for_no_subject(house: House) -> None:
    now = timezone.now()
    case = asked_and_answered(house, now - timedelta(days=30), now - timedelta(days=29), now)
    due = case.due_at
    assert due > now
    house.water.target_hours = house.pothole.target_hours
    house.water.save()
    actions.reclassify(case, house.water, reason="Su borusu", by=house.agent)
    assert case.due_at == due


@pytest.mark.parametrize("clock", ClockKind.values)
def test_asking_forgives_nothing_that_was_late_already(house: House, clock: str) -> None:
    house.pothole.clock = clock
    house.pothole.save()
    now = timezone.now()
    before = house.assigned(received_at=now - timedelta(days=60)).due_at
    case = asked_and_answered(house, now - timedelta(days=60), now - timedelta(days=14), now)
    assert case.is_late(now)
    late_by = timedelta(days=46) - (before - (now - timedelta(days=60)))
    assert abs(now - case.due_at - late_by) < timedelta(days=1, hours=1), "two weeks later, as late as before"


def test_whatever_moves_the_due_date_says_so_in_its_event(house: House) -> None:
    case = actions.ask_applicant(house.assigned(), "Neresi?", by=house.officer)
    assert case.events.last().facts["due"] is None
    moved = [actions.applicant_replies(case, "Köşe", by=Citizen()).events.last()]
    for back in (actions.not_solved, actions.reopen):
        actions.resolve(actions.accept(case, by=house.officer), Draft("informed", "Bakıldı"), by=house.officer)
        if back == actions.reopen:
            actions.close(case, by=RULE)
        moved.append(back(case, "Duruyor", by=house.agent).events.last())
        assert moved[-1].facts["due"] == case.due_at.isoformat()
    assert [event.verb for event in moved if "due" in event.facts] == ["applicant_replies", "not_solved", "reopen"]


def test_the_desk_may_ask_before_anybody_has_it(house: House) -> None:
    case = house.open()
    actions.ask_applicant(case, "Hangi kapının önü?", by=house.agent)
    actions.applicant_replies(case, "5 numaranın", by=house.agent)
    assert case.state == State.REGISTERED


def test_nobody_asks_somebody_unknown(house: House) -> None:
    with pytest.raises(NotAllowed, match="isimsiz"):
        actions.ask_applicant(house.assigned(applicant=None), "Neresi?", by=house.officer)


def test_silence_ends_the_wait_without_words(house: House) -> None:
    case = house.assigned()
    actions.ask_applicant(case, "Hangi kapı?", by=house.officer)
    actions.applicant_replies(case, by=RULE)
    assert case.events.last().facts["silence"]
    assert case.notes.filter(kind=NoteKind.REPLY).count() == 0


def test_another_unit_is_asked_once_and_answers_once(house: House) -> None:
    case = house.assigned()
    actions.accept(case, by=house.officer)
    request = actions.ask_unit(case, house.zoning, "Parsel kimin?", by=house.officer)
    with pytest.raises(NotAllowed, match="sorulmuş"):
        actions.ask_unit(case, house.zoning, "Parsel kimin?", by=house.officer)
    with pytest.raises(NotAllowed):
        actions.ask_unit(case, house.transport, "Bize?", by=house.officer)
    actions.unit_replies(request, "Belediyenin", by=house.outsider)
    with pytest.raises(NotAllowed):
        actions.unit_replies(request, "Belediyenin değil", by=house.outsider)
    request.refresh_from_db()
    assert (request.reply, request.replied_by) == ("Belediyenin", house.outsider)


def test_a_unit_answers_only_what_it_was_asked(house: House) -> None:
    case = house.assigned()
    actions.accept(case, by=house.officer)
    actions.ask_unit(case, house.zoning, "Parsel kimin?", by=house.officer)
    other = actions.ask_unit(case, house.desk, "Aradılar mı?", by=house.officer)
    with pytest.raises(NotAllowed, match="sizin biriminize"):
        actions.unit_replies(other, "Aradılar", by=house.outsider)


def test_what_another_body_said_is_kept(house: House) -> None:
    case = house.assigned()
    actions.accept(case, by=house.officer)
    actions.await_third_party(case, house.waterworks, "E.123", "Boru mu?", by=house.officer)
    actions.third_party_replies(case, "Boru onarıldı", by=house.officer)
    assert case.state == State.IN_PROGRESS
    assert case.notes.get(kind=NoteKind.BODY_REPLY).text == "Boru onarıldı"
    assert case.third_parties.get().replied_at is not None
