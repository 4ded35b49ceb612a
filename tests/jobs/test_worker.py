"""The worker: goes on whatever one chore does, beats while it works, and leaves when it is asked to."""

import threading
from collections.abc import Iterator

import pytest

from mimer.jobs import worker as workers
from mimer.jobs.models import Heartbeat
from mimer.jobs.pulse import alive
from mimer.jobs.schedule import TASKS
from mimer.jobs.worker import Worker, chore


@pytest.fixture(autouse=True)
def _no_other_chores(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(workers, "CHORES", [])
    kept = dict(TASKS)
    TASKS.clear()
    yield
    TASKS.update(kept)


@pytest.mark.django_db
def test_once_does_all_that_is_at_hand() -> None:
    left = [3, 2, 0]
    chore(lambda: left.pop(0))
    Worker().run_once()
    assert left == []


@pytest.mark.django_db
def test_a_chore_in_trouble_does_not_keep_the_next_from_its_work() -> None:
    done: list[str] = []

    @chore
    def broken() -> int:
        raise ConnectionError("away")

    @chore
    def sound() -> int:
        done.append("x")
        return 0

    worker = Worker()
    assert worker.round() == (0, 1)
    assert done == ["x"]


@pytest.mark.django_db(transaction=True)
def test_it_beats_while_it_works_and_leaves_no_pulse_behind() -> None:
    felt: list[set[str]] = []
    worker = Worker()
    seen = threading.Event()

    @chore
    def look() -> int:
        felt.append(alive())
        if worker.name in felt[-1]:
            seen.set()
            worker.stop()
        return 0

    worker.run()
    assert seen.is_set()
    assert not Heartbeat.objects.exists()
