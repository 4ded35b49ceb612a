"""`bin/mimer bench`: hands over to the measurement, which works in a data folder of its own."""

import os
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    """Starts afresh with another data folder, since this process has read its settings already."""

    help = "Measure pages, verbs and intake over HTTP with N cases of its own (--cases N, --json)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--cases", type=int, default=10_000, help="how many cases the data shall hold")
        parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
        parser.add_argument(
            "--ladder", action="store_true", help="time a round of the ladder over N open cases instead"
        )
        parser.add_argument("--only", default="", help="measure only these, comma separated")

    def handle(self, *args: Any, **options: Any) -> None:
        arguments = ["--cases", str(options["cases"]), *(["--json"] if options["json"] else [])]
        arguments += ["--only", options["only"]] if options["only"] else []
        folder = f"{options['cases']}{'-ladder' if options['ladder'] else ''}"
        environment = {**os.environ, "MIMER_DATA_DIR": str(settings.DATA_DIR / "bench" / folder)}
        if environment.get("MIMER_DATABASE_URL", "").startswith("sqlite"):
            del environment["MIMER_DATABASE_URL"]
        module = "bench.ladder" if options["ladder"] else "bench"
        os.execve(sys.executable, [sys.executable, "-m", module, *arguments], environment)  # noqa: S606
