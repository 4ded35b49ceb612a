"""One pothole, many voices: a supporter keeps its number and is answered with the main case."""

import pytest

from mimer.cases import actions
from mimer.cases.actions import Draft
from mimer.cases.actions.act import ALSO_WHILE_MERGED
from mimer.cases.actors import RULE, Citizen, Party
from mimer.cases.models import AnswerState, Case
from mimer.cases.rules import RULES, NotAllowed
from mimer.cases.states import Outcome, State
from mimer.municipality.kinds import Priority
from mimer.people.models import Person
from mimer.people.search import save_person
from tests.cast import House


@pytest.fixture
def pair(house: House) -> tuple[Case, Case]:
    """A main case of Ayşe and a supporter of İlker, merged."""
    ilker = save_person(Person(given_name="İlker", family_name="Şahin", phone="0533 765 43 21"))
    main, supporter = house.assigned(), house.assigned(applicant=ilker)
    actions.merge(supporter, main, by=house.agent)
    return main, supporter


def resolved(main: Case, house: House, text: str = "Bakıldı") -> Case:
    actions.accept(main, by=house.officer)
    return actions.resolve(main, Draft("informed", text), by=house.officer)


def test_the_answer_to_the_main_case_answers_each_supporter(house: House, pair: tuple[Case, Case]) -> None:
    main, supporter = pair
    resolved(main, house)
    supporter.refresh_from_db()
    assert (supporter.state, supporter.outcome) == (State.RESOLVED, Outcome.DUPLICATE)
    text = supporter.final_answers.get(state=AnswerState.GIVEN).text
    assert text == "Aynı konudaki ana başvuru “Bilgi verildi” olarak sonuçlandı.\n\nBakıldı"


@pytest.mark.parametrize(
    "words",
    ["Sayın AYŞE IŞIK, baktık", "Ayşe Hanım'a söyledik", "Işık’ın evinin önü", "Ayşenin bahçesi", "0532-123 45 67 aradık",
     "Ayse@Ornek.Example adresine yazdık", "Gül Sokak'ta 7 numaranın önü"],
)  # fmt: skip
def test_an_answer_that_tells_of_the_main_applicant_is_not_read_by_supporters(
    house: House, pair: tuple[Case, Case], words: str
) -> None:
    main, supporter = pair
    house.ayse.address = "Gül Sokak 7/3"
    save_person(house.ayse)
    resolved(Case.objects.get(pk=main.pk), house, words)
    text = supporter.final_answers.get().text
    assert text == "Aynı konudaki ana başvuru “Bilgi verildi” olarak sonuçlandı."


def test_a_supporter_reads_her_own_number_in_the_answer(house: House, pair: tuple[Case, Case]) -> None:
    main, supporter = pair
    resolved(main, house, f"{main.number} numaralı başvurunuz sonuçlandı.")
    assert supporter.final_answers.get().text.endswith(f"\n\n{supporter.number} numaralı başvurunuz sonuçlandı.")


def test_merging_changes_nothing_on_the_main_case(house: House) -> None:
    main, urgent = house.assigned(), house.assigned(priority=Priority.URGENT)
    before = Case.objects.values().get(pk=main.pk)
    actions.merge(urgent, main, by=house.agent)
    assert Case.objects.values().get(pk=main.pk) == before


def test_unmerging_gives_the_case_back_as_it_was(house: House, pair: tuple[Case, Case]) -> None:
    _main, supporter = pair
    due = supporter.due_at
    actions.unmerge(supporter, by=house.agent)
    assert (supporter.state, supporter.due_at) == (State.ASSIGNED, due)
    events = supporter.last_event
    actions.unmerge(supporter, by=house.agent)
    assert supporter.last_event == events


def test_after_the_answer_a_supporter_may_still_be_untied(house: House, pair: tuple[Case, Case]) -> None:
    main, supporter = pair
    resolved(main, house)
    actions.unmerge(supporter, by=RULE)
    assert not supporter.merges.filter(ended_at=None).exists()


def test_a_supporter_that_is_not_satisfied_stands_alone(house: House, pair: tuple[Case, Case]) -> None:
    main, supporter = pair
    resolved(main, house)
    actions.not_solved(supporter, "Bizim önümüz duruyor", by=Citizen())
    assert supporter.events.last().facts["main"] == main.pk
    actions.accept(supporter, by=house.officer)
    main.refresh_from_db()
    assert main.state == State.RESOLVED


def test_merging_twice_changes_nothing(house: House, pair: tuple[Case, Case]) -> None:
    main, supporter = pair
    events = supporter.last_event
    actions.merge(supporter, main, by=house.agent)
    assert supporter.last_event == events


def test_what_cannot_be_merged_says_why(house: House, pair: tuple[Case, Case]) -> None:
    main, supporter = pair
    third = house.assigned()
    for case, goal, words in [
        (main, main, "kendisiyle"), (supporter, third, "başka bir kayıtla birleşik"),
        (third, supporter, "ana kaydı seçin"), (main, third, "destekleyenleri var"),
    ]:  # fmt: skip
        with pytest.raises(NotAllowed, match=words):
            actions.merge(case, goal, by=house.agent)
    resolved(main, house)
    with pytest.raises(NotAllowed, match="ana kayıt olamaz"):
        actions.merge(third, main, by=house.agent)


def test_a_supporter_may_answer_a_question_that_was_open(house: House) -> None:
    main, case = house.assigned(), house.assigned()
    actions.ask_applicant(case, "Hangi kapı?", by=house.officer)
    actions.merge(case, main, by=house.agent)
    actions.applicant_replies(case, "5 numara", by=Citizen())
    assert case.state == State.ASSIGNED


def test_whatever_a_citizen_may_say_reaches_a_supporter() -> None:
    hers = {verb for verb, rule in RULES.items() if Party.CITIZEN in rule.who}
    assert hers <= ALSO_WHILE_MERGED
