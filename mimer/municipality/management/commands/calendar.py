"""`bin/mimer calendar`: the public holidays of some years, brought in; what was written by hand stays."""

import re
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from mimer.municipality.holidays import YEARS_AHEAD, bring_holidays
from mimer.municipality.models import Holiday
from mimer.turkish import long_date

YEARS = re.compile(r"(\d{4})(?:-(\d{4}))?")
FIRST, LAST = 2000, 2099


class Command(BaseCommand):
    """Adds what is missing, moves what the feast moved, and says what it did; run it whenever you like."""

    help = "Bring in the public holidays of the coming years (`calendar --years 2027-2028`)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--years", default="", metavar="YEARS", help="2027 or 2027-2028; else this year and two more"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        years = _years(options["years"])
        if years is None:
            self.stderr.write(
                _("“%(years)s” yıl değil; 2027 ya da 2027-2028 gibi yazın.") % {"years": options["years"]}
            )
            sys.exit(2)
        brought = bring_holidays(years)
        self._list(_("Eklendi"), brought.added)
        self._list(_("Günü değiştiği için kaldırıldı"), brought.removed)
        self._list(_("Düzeltildi"), brought.corrected)
        self._list(_("Elle yazıldığı için dokunulmadı"), brought.kept)
        if not brought.changed:
            self.stdout.write(_("Tatiller zaten yerinde; hiçbir şey değişmedi."))

    def _list(self, heading: str, rows: list[Holiday]) -> None:
        if rows:
            self.stdout.write(f"{heading} ({len(rows)}):")
            for row in rows:
                self.stdout.write(f"  {long_date(row.date)}  {row.name_tr}")


def _years(typed: str) -> range | None:
    if not typed:
        year = timezone.localdate().year
        return range(year, year + YEARS_AHEAD)
    match = YEARS.fullmatch(typed.strip())
    if match is None:
        return None
    first, last = int(match[1]), int(match[2] or match[1])
    return range(first, last + 1) if FIRST <= first <= last <= LAST else None
