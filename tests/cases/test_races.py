"""Two people at once: each verb happens exactly once, nobody waits for ever, and the chain stays whole."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from time import monotonic

import pytest
from django.db import connection, transaction

from mimer.cases import actions
from mimer.cases.actions import Draft
from mimer.cases.actors import RULE, Citizen
from mimer.cases.models import Case, Merge
from mimer.cases.rules import NotAllowed
from mimer.cases.states import State
from tests.cast import House

pytestmark = pytest.mark.django_db(transaction=True)


def together(*deeds: Callable[[], object]) -> list[str]:
    """Runs the deeds at the same moment, each in a thread of its own; "" or the sentence of each."""
    start = Barrier(len(deeds))

    def run(deed: Callable[[], object]) -> str:
        try:
            start.wait(timeout=20)
            deed()
        except NotAllowed as refused:
            return str(refused)
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def copy(case: Case) -> Case:
    """The case as a page holds it that was opened before the other acted."""
    return Case.objects.get(pk=case.pk)


def chain_holds(case: Case) -> bool:
    links = list(case.events.order_by("seq"))
    befores = ["", *(link.hash for link in links)]
    return all(
        link.hash == link.digest() and link.previous_hash == before
        for link, before in zip(links, befores, strict=False)
    )


def test_two_officers_accept_and_one_has_it(house: House) -> None:
    case = house.assigned()
    one, two = copy(case), copy(case)
    told = together(lambda: actions.accept(one, by=house.officer), lambda: actions.accept(two, by=house.representative))
    assert sorted(map(bool, told)) == [False, True]
    assert case.events.filter(verb="accept").count() == 1
    assert chain_holds(case)


def test_one_officer_who_clicks_twice_accepts_once_and_reads_no_complaint(house: House) -> None:
    case = house.assigned()
    one, two = copy(case), copy(case)
    assert together(lambda: actions.accept(one, by=house.officer), lambda: actions.accept(two, by=house.officer)) == [
        "",
        "",
    ]
    assert case.events.filter(verb="accept").count() == 1


def test_time_and_the_citizen_close_once(house: House) -> None:
    case = actions.accept(house.assigned(), by=house.officer)
    actions.resolve(case, Draft("informed", "Bakıldı"), by=house.officer)
    one, two = copy(case), copy(case)
    assert together(lambda: actions.close(one, by=RULE), lambda: actions.close(two, by=Citizen())) == ["", ""]
    assert case.events.filter(verb="close").count() == 1
    assert chain_holds(case)


def test_two_cases_merged_crosswise_give_one_main_case(house: House) -> None:
    left, right = house.assigned(), house.assigned()
    told = together(
        lambda: actions.merge(copy(left), copy(right), by=house.agent),
        lambda: actions.merge(copy(right), copy(left), by=house.manager),
    )
    assert sorted(map(bool, told)) == [False, True]
    assert Merge.objects.filter(ended_at=None).count() == 1


def test_a_supporter_merged_while_its_main_is_answered_is_not_forgotten(house: House) -> None:
    main, case = house.assigned(), house.assigned()
    actions.accept(main, by=house.officer)
    told = together(
        lambda: actions.merge(copy(case), copy(main), by=house.agent),
        lambda: actions.resolve(copy(main), Draft("informed", "Bakıldı"), by=house.officer),
    )
    supporter = copy(case)
    tied = supporter.merges.filter(ended_at=None).exists()
    assert told[1] == ""
    assert tied == (told[0] == "")
    assert supporter.state == (State.RESOLVED if tied else State.ASSIGNED)


def _is_waited_for() -> None:
    """Until another connection waits for ours; on SQLite it waits before its first statement."""
    until = monotonic() + 10
    while connection.vendor == "postgresql" and monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))")
            if cursor.fetchone():
                return


@pytest.mark.parametrize("leave", ["unmerge", "withdraw"])
def test_a_supporter_that_leaves_while_its_main_is_answered_does_not_keep_it_from_being_answered(
    house: House, leave: str
) -> None:
    main, supporter = actions.accept(house.assigned(), by=house.officer), house.assigned()
    actions.merge(supporter, main, by=house.agent)
    one, two, left = copy(supporter), copy(main), Event()

    def go() -> None:
        with transaction.atomic():
            if leave == "unmerge":
                actions.unmerge(one, by=house.agent)
            else:
                actions.withdraw(one, "Vazgeçtim", by=Citizen())
            left.set()
            _is_waited_for()

    def answer() -> None:
        left.wait(timeout=20)
        actions.resolve(two, Draft("informed", "Bakıldı"), by=house.officer)

    assert together(go, answer) == ["", ""]
    assert copy(main).state == State.RESOLVED
    assert copy(supporter).state == (State.ASSIGNED if leave == "unmerge" else State.CLOSED)
    assert chain_holds(supporter)


def test_notes_written_at_once_all_stay_and_the_chain_with_them(house: House) -> None:
    case = house.assigned()
    copies = [copy(case) for _ in range(4)]
    told = together(*[lambda held=held: actions.note(held, "Aradım", by=house.agent) for held in copies])
    assert told == [""] * 4
    assert case.notes.count() == 4
    assert chain_holds(case)
