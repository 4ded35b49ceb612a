"""A leaver's cases go to her successor or back to the unit, in bites that may be cut short and begun again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mimer.cases import actions, handing_over
from mimer.cases.handing_over import end_presence, give_post, hand_over_cases, open_by_unit, posts_of
from mimer.cases.models import Case
from mimer.municipality.models import Absence, DutyShift, SensitiveAccess, Staff
from mimer.municipality.roles import Role
from tests.cast import House

pytestmark = pytest.mark.django_db


def hers(house: House, count: int = 1) -> list[Case]:
    return [actions.accept(house.assigned(), by=house.officer) for _case in range(count)]


def officer_of(case: Case) -> Staff | None:
    return Case.objects.get(pk=case.pk).officer


def test_her_open_cases_go_to_the_successor_and_each_says_so_in_its_story(house: House) -> None:
    cases = hers(house, 3)
    done = hand_over_cases(house.officer, {house.transport.pk: house.representative})
    assert (done.moved, done.skipped, done.left) == (3, [], 0)
    for case in cases:
        assert officer_of(case) == house.representative
        last = case.events.latest("seq")
        assert (last.verb, last.party) == ("assign", "house")
        assert last.facts == {"officer": house.representative.pk, "from_officer": house.officer.pk}


def test_without_a_successor_they_go_back_to_the_unit(house: House) -> None:
    (case,) = hers(house)
    hand_over_cases(house.officer, {house.transport.pk: None})
    assert officer_of(case) is None and Case.objects.get(pk=case.pk).unit == house.transport


def test_each_unit_has_a_successor_of_its_own_and_a_unit_that_is_not_named_keeps_its_cases(house: House) -> None:
    (case,) = hers(house)
    assert hand_over_cases(house.officer, {house.zoning.pk: house.zoning_head}).moved == 0
    assert officer_of(case) == house.officer
    assert open_by_unit(house.officer) == {house.transport.pk: 1}


def test_what_is_answered_stays_with_who_answered(house: House) -> None:
    (case,) = hers(house)
    actions.withdraw(case, "Vazgeçtim", by=house.agent)
    assert hand_over_cases(house.officer, {house.transport.pk: house.representative}).moved == 0
    assert officer_of(case) == house.officer


def test_a_case_that_cannot_move_is_named_with_its_reason_and_does_not_hold_up_the_rest(house: House) -> None:
    supporter, main, other = hers(house, 3)
    actions.merge(supporter, main, by=house.agent)
    done = hand_over_cases(house.officer, {house.transport.pk: house.representative})
    assert done.moved == 2 and officer_of(other) == house.representative
    ((number, reason),) = done.skipped
    assert number == supporter.number and main.number in reason
    assert done.finished


def test_a_sensitive_case_does_not_go_to_somebody_who_is_not_named(house: House) -> None:
    case = actions.accept(house.assigned(house.staff_complaint), by=house.manager)
    done = hand_over_cases(house.manager, {house.desk.pk: house.agent})
    assert [number for number, _reason in done.skipped] == [case.number]
    assert officer_of(case) == house.manager
    SensitiveAccess.objects.create(subject=house.staff_complaint, staff=house.agent)
    del house.agent.scope
    assert hand_over_cases(house.manager, {house.desk.pk: house.agent}).moved == 1


def test_cut_short_it_goes_on_where_it_ended_and_moves_nothing_twice(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = hers(house, 4)
    real, done = handing_over.assign, []

    def power_cut(*args: object, **named: object) -> object:
        if len(done) == 2:
            raise RuntimeError("power cut")
        done.append(args)
        return real(*args, **named)  # type: ignore[arg-type]

    with monkeypatch.context() as broken:
        broken.setattr(handing_over, "assign", power_cut)
        with pytest.raises(RuntimeError):
            hand_over_cases(house.officer, {house.transport.pk: None})
    assert open_by_unit(house.officer) == {house.transport.pk: 2}
    assert hand_over_cases(house.officer, {house.transport.pk: None}).moved == 2
    assert all(case.events.filter(verb="assign").count() == 1 for case in cases)


def test_a_great_heap_goes_in_bites_and_says_what_is_left(house: House) -> None:
    hers(house, 3)
    first = hand_over_cases(house.officer, {house.transport.pk: None}, at_most=2)
    assert (first.moved, first.left, first.finished) == (2, 1, False)
    assert hand_over_cases(house.officer, {house.transport.pk: None}, at_most=2).finished


def test_posts_are_named_and_go_with_the_role_that_lets_their_holder_act(house: House) -> None:
    house.transport.head = house.head
    house.transport.save()
    assert posts_of(house.head) == {house.transport: ["head"]}
    give_post(house.transport, "head", house.representative)
    assert posts_of(house.head) == {}
    successor = Staff.objects.get(pk=house.representative.pk)
    assert (Role.UNIT_HEAD, house.transport.pk) in successor.scope.roles


def test_crews_coming_shifts_and_absences_end(house: House) -> None:
    now, today = timezone.now(), timezone.localdate()
    leaver, hour = house.field_worker, timedelta(hours=1)
    running = DutyShift.objects.create(staff=leaver, starts_at=now - hour, ends_at=now + hour)
    DutyShift.objects.create(staff=leaver, starts_at=now + hour, ends_at=now + 2 * hour)
    past = DutyShift.objects.create(staff=leaver, starts_at=now - 3 * hour, ends_at=now - 2 * hour)
    Absence.objects.create(staff=leaver, starts_on=today + timedelta(days=3), ends_on=today + timedelta(days=5))
    counted_on = Absence.objects.create(staff=house.officer, deputy=leaver, starts_on=today, ends_on=today)
    assert end_presence(leaver, now=now) == {"crews": 1, "shifts": 2, "absences": 1}
    assert list(DutyShift.objects.values_list("pk", flat=True).order_by("pk")) == sorted([running.pk, past.pk])
    running.refresh_from_db()
    counted_on.refresh_from_db()
    assert running.ends_at == now and counted_on.deputy is None
    assert not house.crew.members.exists() and not Absence.objects.filter(staff=leaver).exists()


def test_who_only_leaves_a_unit_keeps_her_leave_and_the_shifts_of_others(house: House) -> None:
    now, today = timezone.now(), timezone.localdate()
    DutyShift.objects.create(staff=house.officer, unit=house.zoning, starts_at=now, ends_at=now + timedelta(hours=1))
    Absence.objects.create(staff=house.officer, starts_on=today, ends_on=today)
    end_presence(house.officer, [house.transport.pk])
    assert DutyShift.objects.exists() and Absence.objects.exists()
