"""Endings: believed or not, closed by word or time, opened again, or ended before any work."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mimer import law
from mimer.cases import actions
from mimer.cases.actions import Draft
from mimer.cases.actors import RULE, Citizen
from mimer.cases.clocks import house_calendar
from mimer.cases.files import CheckedFile
from mimer.cases.models import Case, NoteKind
from mimer.cases.rules import NotAllowed, may
from mimer.cases.states import Outcome, State
from mimer.municipality.kinds import CaseType, Channel
from tests.cast import House

SHE = Citizen()


@pytest.fixture
def answered(house: House) -> Case:
    """A case that was answered just now."""
    case = actions.accept(house.assigned(), by=house.officer)
    return actions.resolve(case, Draft("informed", "Bakıldı"), by=house.officer)


def test_not_solved_goes_back_to_the_unit_with_a_fresh_clock(house: House, answered: Case) -> None:
    actions.not_solved(answered, "Çukur duruyor", by=SHE)
    assert (answered.state, answered.unit, answered.outcome) == (State.ASSIGNED, house.transport, "")
    assert answered.resolved_at is None
    assert answered.due_at > timezone.now()
    assert answered.events.last().facts["outcome_was"] == Outcome.INFORMED


def test_another_subject_leaves_the_fresh_clock_its_start(house: House) -> None:
    long_ago = timezone.now() - timedelta(days=60)
    case = actions.accept(house.assigned(received_at=long_ago), by=house.officer)
    actions.resolve(case, Draft("informed", "Bakıldı"), by=house.officer)
    actions.not_solved(case, "Çukur duruyor", by=SHE)
    actions.reclassify(case, house.water, reason="Su arızası", by=house.agent)
    assert case.due_at > timezone.now()


def test_a_photo_says_it_as_well_as_a_word(house: House, answered: Case) -> None:
    with pytest.raises(NotAllowed, match="fotoğraf"):
        actions.not_solved(answered, "", by=SHE)
    actions.attach(answered, CheckedFile("hala.jpg", b"x", "image/jpeg", ".jpg", "b" * 64), by=SHE)
    actions.not_solved(answered, "", by=SHE)
    assert answered.state == State.ASSIGNED


def test_the_window_for_not_solved_ends(answered: Case) -> None:
    with pytest.raises(NotAllowed, match="süresi geçti"):
        actions.not_solved(answered, "Çukur duruyor", by=SHE, at=timezone.now() + timedelta(days=16))


def test_closing_what_is_closed_changes_nothing(answered: Case) -> None:
    actions.close(answered, by=SHE)
    events = answered.last_event
    actions.close(answered, by=RULE)
    assert (answered.state, answered.last_event) == (State.CLOSED, events)


def test_the_citizen_reopens_once_and_the_desk_with_a_reason(house: House, answered: Case) -> None:
    actions.close(answered, by=RULE)
    actions.reopen(answered, "Yeniden açıldı", by=SHE)
    assert answered.state == State.ASSIGNED
    actions.accept(answered, by=house.officer)
    actions.resolve(answered, Draft("informed", "Bakıldı"), by=house.officer)
    actions.close(answered, by=SHE)
    with pytest.raises(NotAllowed):
        actions.reopen(answered, "Yine", by=SHE)
    with pytest.raises(NotAllowed, match="Neden"):
        actions.reopen(answered, "", by=house.agent)
    actions.reopen(answered, "Telefonla bildirdi", by=house.agent)
    assert answered.reopenings == 2


def test_a_second_rating_replaces_the_first(answered: Case) -> None:
    actions.rate(answered, 2, "Geç", really_solved=False, by=SHE)
    actions.rate(answered, 5, "Şimdi oldu", really_solved=True, by=SHE)
    assert (answered.rating.score, answered.rating.words) == (5, "Şimdi oldu")
    with pytest.raises(NotAllowed, match="1 ile 5"):
        actions.rate(answered, 6, by=SHE)


@pytest.mark.parametrize(("channel", "offered"), [
    (Channel.PHONE, False), (Channel.DESK, False), (Channel.UNIT, False),
    (Channel.WEB, True), (Channel.PETITION, True),
])  # fmt: skip
def test_only_a_petition_or_what_the_law_dates_is_left_unexamined(
    house: House, channel: Channel, offered: bool
) -> None:
    case = house.assigned(channel=channel)
    assert may("not_examine", case, house.officer) is offered


def test_a_spoken_request_for_information_by_law_may_be_left_unexamined(house: House) -> None:
    case = house.assigned(channel=Channel.PHONE, type=CaseType.FOI)
    assert case.legal_due_on is not None
    assert may("not_examine", case, house.officer)


def test_not_examined_needs_a_ground_of_the_law(house: House) -> None:
    case = house.assigned()
    with pytest.raises(NotAllowed, match="gerekçesini"):
        actions.not_examine(case, "no_time", "Bakamayız", by=house.officer)
    actions.not_examine(case, "judicial", "Konu mahkemede", by=house.officer)
    assert (case.state, case.outcome) == (State.CLOSED, Outcome.NOT_EXAMINED)
    assert case.notes.get().kind == NoteKind.OUTSIDE


def test_a_record_by_mistake_stays_but_is_no_application(house: House) -> None:
    case = house.open()
    actions.invalidate(case, "Boş arama", by=house.agent)
    assert (case.state, case.outcome) == (State.CLOSED, Outcome.INVALID)


def test_supporters_of_a_case_that_ended_without_work_stand_alone_again(house: House) -> None:
    main, case = house.assigned(), house.assigned()
    actions.merge(case, main, by=house.agent)
    actions.withdraw(main, "Gerek kalmadı", by=SHE)
    assert not case.merges.filter(ended_at=None).exists()
    actions.accept(case, by=house.officer)


def test_the_law_gives_more_time_once_and_only_before_the_first_period_ends(house: House) -> None:
    case = house.assigned(channel=Channel.PETITION, type=CaseType.FOI)
    first = case.legal_due_on
    with pytest.raises(NotAllowed, match="neden"):
        actions.extend(case, "", by=house.head)
    with pytest.raises(NotAllowed, match="İlk yasal süre geçti"):
        actions.extend(case, "Görüş gerekiyor", by=house.head, at=timezone.now() + timedelta(days=45))
    actions.extend(case, "Başka birimden bilgi gerekiyor", by=house.head)
    received = timezone.localdate()
    assert case.legal_due_on == law.add_working_days(received, 30, house_calendar()).due > first
    with pytest.raises(NotAllowed, match="ikinci bir uzatma"):
        actions.extend(case, "Yine", by=house.head)


def test_a_statute_without_an_extension_is_not_extended(house: House) -> None:
    with pytest.raises(NotAllowed, match=r"3071 m\. 7 süre uzatımı tanımıyor"):
        actions.extend(house.assigned(channel=Channel.PETITION), "Keşif", by=house.head)


def test_without_a_legal_period_nothing_is_extended(house: House) -> None:
    with pytest.raises(NotAllowed, match="yasal bir süre yok"):
        actions.extend(house.assigned(), "Keşif", by=house.head)
