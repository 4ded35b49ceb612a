"""The ledger of promises: every date told is a row; kept, moved or broken is a matter of dates, never rewritten."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mimer.cases import actions
from mimer.cases.actions import Draft
from mimer.cases.models import Case, Promise, PromiseKind
from mimer.cases.rules import NotAllowed
from tests.cast import House

DONE = Draft("informed", "Bakıldı")


def in_days(days: int):
    return timezone.localdate() + timedelta(days=days)


def ledger(case: Case) -> list[tuple[str, int, str]]:
    today = timezone.localdate()
    return [(row.kind, (row.due_on - today).days, row.ending) for row in case.promises.all()]


@pytest.fixture
def case(house: House) -> Case:
    return actions.accept(house.assigned(), by=house.officer)


def test_the_receipt_is_the_first_promise(case: Case) -> None:
    (first,) = case.promises.all()
    assert (first.kind, first.due_on, first.event) == (PromiseKind.TARGET, case.promised_on, 1)
    assert case.promised_on == timezone.localtime(case.due_at).date()


def test_a_planned_day_takes_the_place_of_the_target_and_another_day_of_the_first(house: House, case: Case) -> None:
    actions.plan(case, in_days(3), by=house.officer)
    actions.plan(case, in_days(6), "Yağmur var", by=house.officer)
    assert [(kind, ending) for kind, _days, ending in ledger(case)] == [
        ("target", "moved"), ("plan", "moved"), ("plan", ""),
    ]  # fmt: skip
    assert case.promised_on == in_days(6)


def test_a_new_date_is_told_with_its_reason_and_the_old_one_stays_in_the_ledger(house: House, case: Case) -> None:
    with pytest.raises(NotAllowed, match="neden"):
        actions.postpone(case, in_days(20), "", by=house.officer)
    with pytest.raises(NotAllowed, match="geçmişte"):
        actions.postpone(case, in_days(-1), "Geç kaldık", by=house.officer)
    actions.postpone(case, in_days(20), "Malzeme bekleniyor", by=house.officer)
    assert ledger(case)[-1] == ("new_date", 20, "")
    assert Promise.objects.moved().count() == 1


@pytest.mark.parametrize(("days", "kept", "broken"), [(2, 1, 0), (3, 1, 0), (4, 0, 1)])
def test_done_by_the_day_is_kept_and_after_it_broken(
    house: House, case: Case, days: int, kept: int, broken: int
) -> None:
    actions.plan(case, in_days(3), by=house.officer)
    actions.resolve(case, DONE, by=house.officer, at=timezone.now() + timedelta(days=days))
    plans = Promise.objects.filter(kind=PromiseKind.PLAN)
    assert (plans.kept().count(), plans.broken(in_days(days)).count()) == (kept, broken)


def test_a_day_that_passed_without_a_word_is_broken_even_if_moved_later(house: House, case: Case) -> None:
    actions.plan(case, in_days(1), by=house.officer)
    actions.plan(case, in_days(9), "Unutuldu", by=house.officer, at=timezone.now() + timedelta(days=4))
    assert Promise.objects.filter(kind=PromiseKind.PLAN).broken(in_days(4)).count() == 1
    assert Promise.objects.filter(kind=PromiseKind.PLAN).moved().count() == 0


def test_while_she_is_asked_nothing_breaks_and_her_reply_brings_a_new_promise(house: House, case: Case) -> None:
    actions.ask_applicant(case, "Hangi kapı?", by=house.officer)
    assert case.promised_on is None
    assert not Promise.objects.broken(in_days(300)).exists()
    actions.applicant_replies(case, "5 numara", by=house.agent, at=timezone.now() + timedelta(days=10))
    assert case.promised_on == timezone.localtime(case.due_at).date() > in_days(10)


def test_what_she_takes_back_is_no_broken_promise(house: House, case: Case) -> None:
    actions.withdraw(case, "Gerek kalmadı", by=house.agent, at=timezone.now() + timedelta(days=60))
    assert not Promise.objects.broken(in_days(90)).exists()


def test_a_promise_goes_with_the_case_to_another_unit(house: House) -> None:
    case = house.assigned()
    actions.route(case, house.zoning, "Onların yolu", by=house.agent)
    assert case.promises.get().unit == house.zoning
