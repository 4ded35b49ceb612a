"""`bin/mimer foi-report`: the yearly report on information requests (4982 art. 30), ready to send."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import activate
from django.utils.translation import gettext as _

from mimer.insight.information_papers import report_pdf, report_xlsx
from mimer.insight.information_requests import FIRST_YEAR, report_of


class Command(BaseCommand):
    """Counts one year and writes a PDF or a sheet, as the ending of the file says."""

    help = "Write the yearly report on information requests (4982 art. 30) as PDF or XLSX."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("year", type=int, metavar="YEAR", help="the year in which the requests were received")
        parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="ends with .pdf or .xlsx")

    def handle(self, *args: Any, **options: Any) -> None:
        activate(settings.LANGUAGE_CODE)
        year, out = options["year"], options["out"]
        if not FIRST_YEAR <= year <= timezone.localdate().year:
            raise CommandError(_("Yıl %(first)d ile bu yıl arasında olmalı.") % {"first": FIRST_YEAR})
        if out.suffix not in (".pdf", ".xlsx"):
            raise CommandError(_("Dosyanın adı .pdf ya da .xlsx ile bitmeli."))
        report = report_of(year)
        try:
            with out.open("wb") as target:
                if out.suffix == ".pdf":
                    target.write(report_pdf(report))
                else:
                    report_xlsx(report, target)
        except OSError as no:
            raise CommandError(_("%(file)s yazılamadı: %(why)s") % {"file": out, "why": no.strerror}) from no
        self.stdout.write(_("%(file)s: %(total)d başvuru.") % {"file": out, "total": report.total})
