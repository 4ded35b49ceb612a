"""The ladder: each step of each clock is said once, at its moment, and only where something is owed."""

from datetime import datetime, timedelta
from threading import Barrier, Thread
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.utils import timezone

from mimer.cases import actions
from mimer.cases.actions import Draft
from mimer.cases.models import Case, Event
from mimer.cases.passing_time import climb_ladder
from mimer.municipality.kinds import Channel, ClockKind
from tests.cast import House

ISTANBUL = ZoneInfo("Europe/Istanbul")
MONDAY = datetime(2026, 10, 5, 8, tzinfo=ISTANBUL)  # five working days of eight hours and lunch until the next Monday


def warned(case: Case) -> list[list[list[object]]]:
    return [event.facts["steps"] for event in case.events.filter(verb="warn").order_by("seq")]


def climb_at(*moments: datetime) -> None:
    for moment in moments:
        climb_ladder(moment)


@pytest.fixture
def by_the_wall(house: House) -> House:
    """Potholes promised within a hundred hours of the wall clock."""
    house.pothole.target_hours, house.pothole.clock = 100, ClockKind.ELAPSED
    house.pothole.save()
    return house


def test_each_step_is_said_once_at_its_moment(by_the_wall: House) -> None:
    start = timezone.now()
    case = by_the_wall.assigned()
    climb_at(*(start + timedelta(hours=hours) for hours in (49, 51, 52, 79, 81, 82, 101, 149, 151, 152, 900)))
    service = [step for steps in warned(case) for step in steps if step[0] == "service"]
    assert service == [["service", 50], ["service", 80], ["service", 100], ["service", 150]]
    case.refresh_from_db()
    assert case.next_warning_at is None


def test_after_an_outage_only_the_highest_step_of_each_clock_is_said(by_the_wall: House) -> None:
    case = by_the_wall.assigned()
    climb_at(timezone.now() + timedelta(hours=120))
    assert ["service", 100] in warned(case)[0] and len([s for s in warned(case)[0] if s[0] == "service"]) == 1


def test_business_hours_are_halved_in_business_hours(house: House) -> None:
    case = house.open(received_at=MONDAY)
    assert timezone.localtime(case.next_warning_at) == datetime(2026, 10, 7, 10, tzinfo=ISTANBUL)


def test_while_she_is_asked_the_service_clock_warns_nobody_but_the_law_does(house: House) -> None:
    case = house.assigned(channel=Channel.PETITION)
    actions.ask_applicant(case, "Hangi kapı?", by=house.agent)
    climb_at(timezone.now() + timedelta(days=29))
    assert [step[0] for steps in warned(case) for step in steps] == ["legal"]


def test_an_answer_silences_the_ladder_and_not_solved_starts_it_anew(by_the_wall: House) -> None:
    case = actions.accept(by_the_wall.assigned(), by=by_the_wall.officer)
    actions.resolve(case, Draft("informed", "Bakıldı"), by=by_the_wall.officer)
    assert case.next_warning_at is None
    climb_at(timezone.now() + timedelta(days=90))
    assert warned(case) == []
    actions.not_solved(case, "Çukur duruyor", by=by_the_wall.agent)
    assert case.next_warning_at is not None


def test_a_promise_is_asked_for_the_working_day_before_and_named_when_broken(house: House) -> None:
    case = actions.accept(house.assigned(), by=house.officer)
    day = timezone.localdate() + timedelta(days=200)
    actions.plan(case, day, by=house.officer)
    eve = datetime.combine(day - timedelta(days=1), datetime.min.time(), ISTANBUL) + timedelta(hours=9)
    while eve.weekday() > 4:
        eve -= timedelta(days=1)
    climb_at(eve)
    assert ["promise", 80] in warned(case)[-1]
    climb_at(eve + timedelta(days=5))
    assert ["promise", 150] in warned(case)[-1]


def test_a_warning_leaves_the_case_as_it_was(by_the_wall: House) -> None:
    case = by_the_wall.assigned()
    before = (case.state, case.due_at, case.promised_on, case.unit)
    climb_at(timezone.now() + timedelta(hours=51))
    case.refresh_from_db()
    assert (case.state, case.due_at, case.promised_on, case.unit) == before


def test_nothing_is_touched_but_what_is_due(by_the_wall: House) -> None:
    due = by_the_wall.assigned(received_at=timezone.now() - timedelta(hours=60))
    calm = by_the_wall.assigned()
    assert climb_ladder() == 1
    assert warned(due) and not warned(calm)


def test_history_from_elsewhere_climbs_no_ladder(house: House) -> None:
    history = actions.History(
        "b-1", Channel.IMPORT, "Çukur", house.pothole, house.transport, "complaint", "assigned",
        timezone.now() - timedelta(days=400), due_at=timezone.now() - timedelta(days=300),
    )  # fmt: skip
    (case,) = actions.adopt_many([history]).taken
    assert climb_ladder(timezone.now() + timedelta(days=400)) == 0
    assert warned(case) == []


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_warn_once(by_the_wall: House) -> None:
    cases = [by_the_wall.assigned(received_at=timezone.now() - timedelta(hours=60)) for _n in range(8)]
    ready = Barrier(2)

    def climb() -> None:
        ready.wait()
        climb_ladder()
        connection.close()

    workers = [Thread(target=climb) for _n in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert Event.objects.filter(verb="warn", case__in=cases).count() == len(cases)
