"""`bin/mimer check`: the set-up, every chain of events and the house's invariants; with --deploy also what must not go live."""

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.core.management.commands.check import Command as SystemCheck
from django.db import connection
from django.db.utils import OperationalError, ProgrammingError
from django.utils.translation import activate, gettext

from mimer.cases.integrity import find_faults
from mimer.cases.models import Case
from mimer.web.deployment import setting_faults, sign_in_faults

SHOWN = 20


class Command(SystemCheck):
    """Runs Django's checks first, so that a broken set-up is named before the data is read."""

    help = "Verify the set-up, every chain of events and the house's invariants; --deploy adds what must not go live."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--setup-only", action="store_true", help="leave the data out")

    def handle(self, *app_labels: Any, **options: Any) -> None:
        activate(settings.LANGUAGE_CODE)
        super().handle(*app_labels, **options)
        faults = setting_faults() if options["deploy"] else []
        if not (options["setup_only"] or app_labels):
            faults += [str(fault) for fault in self._data_faults(options["deploy"])]
        if faults:
            for fault in faults[:SHOWN]:
                self.stderr.write(self.style.ERROR(fault))
            if len(faults) > SHOWN:
                self.stderr.write(gettext("… ve %(more)s bulgu daha") % {"more": len(faults) - SHOWN})
            sys.exit(1)

    def _data_faults(self, deploy: bool) -> list[Any]:
        try:
            total = Case.objects.count()
        except (OperationalError, ProgrammingError):
            self.stdout.write(gettext("Veritabanı henüz kurulmamış; zincirler denetlenmedi."))
            return []
        faults = [*find_faults(self._show), *(sign_in_faults() if deploy else [])]
        self.stdout.write(
            gettext("%(cases)s başvurunun zinciri denetlendi (%(database)s).")
            % {"cases": total, "database": connection.vendor}
        )
        return faults

    def _show(self, done: int) -> None:
        if done % 20_000 == 0:
            self.stdout.write(f"  {done} …")
