"""What runs every so often: tasks register here by a decorator, and each of their slots is taken by one worker alone."""

import logging
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from . import pulse
from .models import Run

log = logging.getLogger(__name__)
# A task that failed is tried again within its slot, but not at once.
TRY_AGAIN_AFTER = timedelta(minutes=10)
KEPT = timedelta(days=60)

Work = Callable[[], object]
# The moment at which the slot that holds `now` began.
SlotOf = Callable[[datetime], datetime]


@dataclass(frozen=True)
class Task:
    """A piece of work by name; it may run twice in one slot (after a crash), so it must bear that."""

    name: str
    work: Work
    slot_of: SlotOf


TASKS: dict[str, Task] = {}


def every(*, minutes: int) -> Callable[[Work], Work]:
    """Runs the function once in each span of so many minutes, counted from the full hour."""

    def slot_of(now: datetime) -> datetime:
        return datetime.fromtimestamp(now.timestamp() // (minutes * 60) * minutes * 60, tz=now.tzinfo)

    return _register(slot_of)


def daily(*, at: time) -> Callable[[Work], Work]:
    """Runs the function once a day at this local time, or as soon after it as a worker is there."""

    def slot_of(now: datetime) -> datetime:
        local = timezone.localtime(now)
        today = local.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)
        return today if today <= local else today - timedelta(days=1)

    return _register(slot_of)


def monthly(*, at: time) -> Callable[[Work], Work]:
    """Runs the function on the first of each month at this local time, or as soon after it as a worker is there."""

    def slot_of(now: datetime) -> datetime:
        local = timezone.localtime(now)
        first = local.replace(day=1, hour=at.hour, minute=at.minute, second=0, microsecond=0)
        if first > local:
            before = first - timedelta(days=1)
            first = before.replace(day=1)
        return first

    return _register(slot_of)


def _register(slot_of: SlotOf) -> Callable[[Work], Work]:
    def register(work: Work) -> Work:
        name = f"{work.__module__.removeprefix('mimer.')}.{work.__name__}"
        TASKS[name] = Task(name, work, slot_of)
        return work

    return register


def run_due(worker: str, now: datetime | None = None) -> list[str]:
    """Runs every task whose present slot nobody has taken, or was taken by a worker that died; returns their names."""
    now = now or timezone.now()
    slots = {task.name: task.slot_of(now) for task in TASKS.values()}
    known = {(run.task, run.slot): run for run in Run.objects.filter(task__in=slots, slot__in=set(slots.values()))}
    done = []
    for task in list(TASKS.values()):
        run = known.get((task.name, slots[task.name]))
        taken = _take_again(run, worker, now) if run else _take(task.name, slots[task.name], worker, now)
        if taken:
            _run(task, taken)
            done.append(task.name)
    return done


def forget_old_runs(now: datetime | None = None) -> int:
    """Deletes the rows of runs nobody will ask about; returns how many."""
    return Run.objects.filter(started_at__lt=(now or timezone.now()) - KEPT).delete()[0]


def _take(name: str, slot: datetime, worker: str, now: datetime) -> Run | None:
    try:
        with transaction.atomic():
            return Run.objects.create(task=name, slot=slot, worker=worker, started_at=now)
    except IntegrityError:
        return None


def _take_again(run: Run, worker: str, now: datetime) -> Run | None:
    """The slot anew, if its worker is gone without an end, or if it failed a while ago."""
    died = run.finished_at is None and run.worker != worker and run.worker not in pulse.alive(now)
    failed = run.finished_at is not None and run.error and run.started_at < now - TRY_AGAIN_AFTER
    if not (died or failed):
        return None
    same = Q(pk=run.pk, worker=run.worker, started_at=run.started_at)
    if not Run.objects.filter(same).update(worker=worker, started_at=now, finished_at=None, error=""):
        return None
    run.worker, run.started_at = worker, now
    return run


def _run(task: Task, run: Run) -> None:
    error = ""
    try:
        task.work()
    except Exception:
        log.exception("The task %s failed", task.name)
        error = traceback.format_exc()[-4000:]
    Run.objects.filter(pk=run.pk).update(finished_at=timezone.now(), error=error)
