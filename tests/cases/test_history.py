"""History from elsewhere: every state it may come in leads on, and one that would stand still is refused."""

import pytest
from django.utils import timezone

from mimer.cases import actions
from mimer.cases.actions import History
from mimer.cases.integrity import find_faults
from mimer.cases.models import Case
from mimer.cases.rules import NotAllowed
from mimer.cases.states import ADOPTABLE, ENDED, State
from tests.cast import House


def brought_in(house: House, state: State) -> Case:
    now, ended = timezone.now(), state in ENDED
    history = History(
        "1", "import", "Eski kayıt", house.pothole, house.transport, "complaint", state, now,
        outcome="informed" if ended else "", resolved_at=now if ended else None, applicant=house.ayse,
    )  # fmt: skip
    return actions.adopt_many([history]).taken[0]


@pytest.mark.parametrize("state", sorted(set(State) - ADOPTABLE))
def test_a_state_that_waits_for_words_that_do_not_come_along_is_refused(house: House, state: State) -> None:
    with pytest.raises(NotAllowed, match="in_progress"):
        brought_in(house, state)
    assert not Case.objects.exists()


@pytest.mark.parametrize("state", sorted(ADOPTABLE))
def test_from_every_other_state_somebody_can_go_on(house: House, state: State) -> None:
    case = brought_in(house, state)
    assert list(find_faults()) == []
    match state:
        case State.REGISTERED | State.RETURNED:
            actions.route(case, house.transport, "Yol onların", by=house.agent)
        case State.ASSIGNED:
            actions.accept(case, by=house.officer)
        case State.IN_PROGRESS | State.PLANNED:
            actions.plan(case, timezone.localdate(), by=house.officer)
        case State.WAITING_THIRD_PARTY:
            actions.third_party_replies(case, "Olur", by=house.officer)
        case State.RESOLVED:
            actions.not_solved(case, "Duruyor", by=house.agent)
        case State.CLOSED:
            actions.reopen(case, "Duruyor", by=house.agent)
    assert case.last_event == 2
