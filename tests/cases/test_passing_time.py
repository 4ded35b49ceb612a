"""What time does: it closes what was answered long ago, and ends the wait for a silent applicant, once."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from mimer.cases import actions
from mimer.cases.models import Case
from mimer.cases.passing_time import close_answered, end_silences
from mimer.cases.states import State
from mimer.municipality.models import Municipality
from tests.cast import House

pytestmark = pytest.mark.django_db


def answered(house: House) -> Case:
    case = actions.accept(house.assigned(), by=house.officer)
    return actions.resolve(case, actions.Draft("informed", "Bilgi verildi."), by=house.officer)


def later(days: float) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(days=days))


def test_an_answered_case_is_closed_when_the_window_for_not_solved_has_passed(house: House) -> None:
    case = answered(house)
    with later(14.9):
        assert close_answered() == 0
    with later(15.1):
        assert close_answered() == 1
        assert close_answered() == 0
    case.refresh_from_db()
    assert case.state == State.CLOSED
    assert case.events.last().party == "house"


def test_a_short_period_never_cuts_the_window_for_not_solved(house: House) -> None:
    Municipality.objects.update(close_after_days=1)
    answered(house)
    with later(2):
        assert close_answered() == 0


def test_silence_ends_the_wait_and_the_clock_runs_on(house: House) -> None:
    case = actions.accept(house.assigned(), by=house.officer)
    actions.ask_applicant(case, "Hangi kapı?", by=house.officer)
    with later(14):
        assert end_silences() == 0
    with later(16):
        assert end_silences() == 1
        assert end_silences() == 0
    case.refresh_from_db()
    assert case.state == State.IN_PROGRESS and case.due_at is not None
    facts = case.events.last().facts
    assert facts["silence"] and datetime.fromisoformat(facts["due"]) == case.due_at and "note" not in facts


def test_one_case_that_cannot_be_moved_does_not_keep_the_others(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = answered(house), answered(house)
    close = actions.close

    def faulty(case: Case, **more: object) -> Case:
        if case.pk == first.pk:
            raise RuntimeError("broken")
        return close(case, **more)  # type: ignore[arg-type]

    monkeypatch.setattr("mimer.cases.passing_time.close", faulty)
    with later(16):
        assert close_answered() == 1
    second.refresh_from_db()
    assert second.state == State.CLOSED
