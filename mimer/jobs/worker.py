"""The worker: does what is at hand again and again, runs what is due, and leaves in order when it is asked to."""

import logging
import threading
from collections.abc import Callable
from datetime import timedelta

from django.db import close_old_connections
from django.utils import timezone

from . import pulse
from .schedule import run_due

log = logging.getLogger(__name__)
PAUSE = 0.5
LOOK_AT_THE_CLOCK_EVERY = timedelta(seconds=5)
LONGEST_PAUSE_AFTER_TROUBLE = 30.0

# Does a small batch of work and says how much it did; 0 means that nothing is at hand.
Chore = Callable[[], int]
CHORES: list[Chore] = []


def chore(work: Chore) -> Chore:
    """Registers work that a worker does in every round."""
    CHORES.append(work)
    return work


class Worker:
    """One process that works; `stop()` may be called from a signal handler."""

    def __init__(self) -> None:
        self.name = pulse.new_name()
        self._stopping = threading.Event()
        self._looked_at = timezone.now() - LOOK_AT_THE_CLOCK_EVERY

    def stop(self) -> None:
        self._stopping.set()

    def run(self) -> None:
        """Works until stopped; trouble (a database that is away) makes it wait, not end."""
        heart = pulse.Pulse(self.name)
        heart.start()
        troubled = 0
        while not self._stopping.is_set():
            close_old_connections()  # a connection that the database broke off is no use any more
            done, trouble = self.round()
            troubled = troubled + 1 if trouble else 0
            if not done:
                self._stopping.wait(min(PAUSE * 2**troubled, LONGEST_PAUSE_AFTER_TROUBLE))
        heart.stop()
        pulse.end(self.name)

    def round(self) -> tuple[int, int]:
        """Every chore once, and what the clock asks for; how much was done, and how many of them met trouble."""
        done = trouble = 0
        for work in [*CHORES, self._look_at_the_clock]:
            if self._stopping.is_set():
                break
            try:
                done += work()
            except Exception:
                log.exception("The worker met trouble in %s and will try again", work.__name__)
                trouble += 1
        return done, trouble

    def _look_at_the_clock(self) -> int:
        if timezone.now() - self._looked_at < LOOK_AT_THE_CLOCK_EVERY:
            return 0
        self._looked_at = timezone.now()
        return len(run_due(self.name))

    def run_once(self) -> None:
        """Does all that is at hand and due, then returns."""
        pulse.beat(self.name)
        while self.round()[0]:
            pass
        pulse.end(self.name)
