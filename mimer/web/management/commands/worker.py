"""`bin/mimer worker`: tells people what happened to their cases, and does what time brings, until it is asked to stop."""

import signal
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from mimer.jobs.worker import Worker
from mimer.web import schedule  # noqa: F401 - registers what there is to do


class Command(BaseCommand):
    """Any number of workers may run beside each other."""

    requires_system_checks: list[str] = []  # the doorway has looked; a worker that died should be back at once
    help = "Tell people what happened to their cases and do what time brings, until asked to stop."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is at hand and due, then end")

    def handle(self, *args: Any, once: bool = False, **options: Any) -> None:
        worker = Worker()

        def stop(_number: int, _frame: FrameType | None) -> None:
            worker.stop()

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, stop)
        if once:
            worker.run_once()
        else:
            worker.run()
