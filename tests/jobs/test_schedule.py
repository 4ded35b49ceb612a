"""Schedules: once a slot whatever the number of workers, made up for after a crash, and never stopped by one that fails."""

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from mimer.jobs import pulse, schedule
from mimer.jobs.models import Heartbeat, Run
from mimer.jobs.schedule import TASKS, daily, every, forget_old_runs, monthly, run_due

pytestmark = pytest.mark.django_db
ISTANBUL = ZoneInfo("Europe/Istanbul")
NOON = datetime(2026, 11, 23, 12, 7, tzinfo=ISTANBUL)


@pytest.fixture(autouse=True)
def _no_other_tasks() -> Iterator[None]:
    kept = dict(TASKS)
    TASKS.clear()
    yield
    TASKS.clear()
    TASKS.update(kept)


def counting(times: list[int]) -> Callable[[], object]:
    def work() -> None:
        times.append(1)

    return work


def test_a_task_runs_once_in_its_slot_and_again_in_the_next() -> None:
    times: list[int] = []
    every(minutes=5)(counting(times))
    for minute in (0, 1, 2, 3):
        run_due("a", NOON + timedelta(minutes=minute))
    assert len(times) == 2  # 12:05 and 12:10


def test_two_workers_share_the_slots() -> None:
    times: list[int] = []
    every(minutes=5)(counting(times))
    assert len(run_due("a", NOON)) == 1
    assert run_due("b", NOON) == []
    assert len(times) == 1


def test_a_daily_task_waits_for_its_hour_and_is_made_up_for_when_nobody_was_there() -> None:
    times: list[int] = []
    daily(at=time(8))(counting(times))
    run_due("a", NOON.replace(hour=9))
    run_due("a", NOON.replace(hour=23))
    assert len(times) == 1
    run_due("a", NOON + timedelta(days=1))
    assert len(times) == 2
    assert [run.slot.astimezone(ISTANBUL).hour for run in Run.objects.all()] == [8, 8]


def test_a_daily_task_runs_for_no_day_that_is_over() -> None:
    """Neither on a fresh installation before the hour, nor in the night after a day without a worker."""
    times: list[int] = []
    daily(at=time(8))(counting(times))
    assert run_due("a", NOON.replace(hour=7)) == []
    assert len(run_due("a", NOON.replace(hour=8))) == 1
    assert run_due("a", NOON.replace(hour=3) + timedelta(days=2)) == []
    assert len(run_due("a", NOON.replace(hour=20) + timedelta(days=2))) == 1


def test_the_slot_of_a_worker_that_died_is_taken_again() -> None:
    times: list[int] = []
    every(minutes=60)(counting(times))
    name = next(iter(TASKS))
    slot = TASKS[name].slot_of(NOON)
    Run.objects.create(task=name, slot=slot, worker="dead", started_at=NOON)
    pulse.beat("dead", NOON)
    assert run_due("b", NOON + timedelta(seconds=20)) == []  # its pulse may still be felt
    assert len(run_due("b", NOON + timedelta(minutes=2))) == 1
    run = Run.objects.get()
    assert (run.worker, run.error) == ("b", "")
    assert run.finished_at is not None


def test_a_task_that_fails_leaves_its_error_and_does_not_stop_the_others() -> None:
    times: list[int] = []

    @every(minutes=60)
    def broken() -> None:
        raise ValueError("no such file")

    every(minutes=60)(counting(times))
    run_due("a", NOON)
    assert len(times) == 1
    assert "no such file" in Run.objects.get(task__endswith="broken").error


def test_a_task_that_failed_is_tried_again_after_a_while() -> None:
    outcomes = [ValueError("away"), None]

    @daily(at=time(8))
    def shaky() -> None:
        if (error := outcomes.pop(0)) is not None:
            raise error

    run_due("a", NOON)
    assert run_due("a", NOON + timedelta(minutes=1)) == []
    assert len(run_due("a", NOON + schedule.TRY_AGAIN_AFTER + timedelta(minutes=1))) == 1
    assert Run.objects.get().error == ""


def test_old_runs_are_forgotten() -> None:
    Run.objects.create(task="x", slot=NOON, started_at=NOON - timedelta(days=90))
    Run.objects.create(task="y", slot=NOON, started_at=NOON)
    assert forget_old_runs(NOON) == 1


def test_a_missing_worker_is_said_plainly() -> None:
    assert "çalışmıyor" in pulse.worker_missing(NOON)
    pulse.beat("a", NOON)
    assert pulse.worker_missing(NOON) == ""
    assert pulse.worker_missing(NOON + timedelta(minutes=5))
    pulse.end("a")
    assert not Heartbeat.objects.exists()


def test_a_monthly_task_runs_on_the_first_or_as_soon_after_as_a_worker_is_there() -> None:
    times: list[int] = []
    monthly(at=time(4))(counting(times))
    for moment in (NOON, NOON + timedelta(days=2), datetime(2026, 12, 1, 3, tzinfo=ISTANBUL)):
        run_due("a", moment)
    assert len(times) == 1
    run_due("a", datetime(2026, 12, 1, 4, tzinfo=ISTANBUL))
    assert len(times) == 2
