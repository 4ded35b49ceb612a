"""`bin/mimer import`: brings the history of another system in."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from mimer.intake.importing.importer import BusyElsewhere, Progress, Report, bring_in, try_out
from mimer.intake.importing.mapping import BadMapping, available, load_mapping
from mimer.intake.importing.tables import Unreadable, open_table
from mimer.municipality.models import Municipality, Unit

SHOWN = 10


class Command(BaseCommand):
    """Reads a file through a mapping; every row is taken, found unchanged, or rejected with its reason."""

    help = "Bring in the history of another system (CSV, gzipped CSV, XLSX, NDJSON) through a mapping."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="CSV, XLSX or NDJSON; CSV and NDJSON also gzipped")
        parser.add_argument(
            "--mapping", required=True, metavar="NAME|FILE", help=f"a TOML file, or one of: {', '.join(available())}"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and write nothing")
        parser.add_argument("--report", type=Path, metavar="FILE", help="write the account of all rows as JSON to FILE")
        parser.add_argument("--encoding", default="", help="instead of the one found out from the file")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            mapping = load_mapping(options["mapping"])
        except BadMapping as no:
            raise CommandError(str(no), returncode=2) from no
        if not Municipality.objects.exists() or not Unit.objects.exists():
            raise CommandError(_("Önce bir belediye kurun: bin/mimer seed --empty ADI"), returncode=2)
        _check_writable(options["report"])
        try:
            table = open_table(options["file"], options["encoding"])
            if table.remark:
                self.stderr.write(table.remark)
            work = try_out if options["dry_run"] else bring_in
            report = work(table, mapping, self._show)
        except (Unreadable, BusyElsewhere) as no:
            self._end_line()
            raise CommandError(str(no), returncode=1) from no
        except KeyboardInterrupt:
            self._end_line()
            raise CommandError(_("Durduruldu. Aynı komut kaldığı yerden sürdürür."), returncode=130) from None
        self._end_line()
        self._tell(report, dry=options["dry_run"])
        if options["report"]:
            text = json.dumps(report.as_json(), ensure_ascii=False, indent=1)
            options["report"].write_text(text + "\n", encoding="utf-8")

    def _show(self, progress: Progress) -> None:
        left = _duration(progress.remaining)
        line = _("%(rows)s satır · saniyede %(rate)s · kalan %(left)s") % {
            "rows": f"{progress.read:,}".replace(",", "."),
            "rate": f"{progress.rate:,.0f}".replace(",", "."),
            "left": left,
        }
        if sys.stderr.isatty():
            self.stderr.write(f"\r» {line}   ", ending="")
        elif progress.read % 20_000 < 1000:
            self.stderr.write(f"» {line}")

    def _end_line(self) -> None:
        if sys.stderr.isatty():
            self.stderr.write("")

    def _tell(self, report: Report, *, dry: bool) -> None:
        if report.went_on_after:
            self.stdout.write(
                _("Yarıda kalan aktarma %(row)d. satırdan sonra sürdürüldü.") % {"row": report.went_on_after}
            )
        told = {
            "read": report.read, "taken": report.taken, "unchanged": report.unchanged, "rejected": len(report.rejected),
        }  # fmt: skip
        words = (
            _(
                "Deneme, hiçbir şey yazılmadı: okunan %(read)d, alınacak %(taken)d, değişmemiş %(unchanged)d, "
                "alınmayacak %(rejected)d."
            )
            if dry
            else _("Okunan %(read)d, alınan %(taken)d, değişmemiş %(unchanged)d, alınmayan %(rejected)d.")
        )
        self.stdout.write(words % told)
        for row, reason in report.rejected[:SHOWN]:
            self.stdout.write("  " + _("%(row)d. satır: %(reason)s") % {"row": row, "reason": reason})
        if len(report.rejected) > SHOWN:
            more = len(report.rejected) - SHOWN
            self.stdout.write("  " + _("… ve %(more)d satır daha; hepsi için: --report DOSYA") % {"more": more})


def _check_writable(report: Path | None) -> None:
    """Before an hour of work, not after it."""
    if report is None:
        return
    try:
        report.touch()
    except OSError as error:
        raise CommandError(
            _("Rapor %(file)s dosyasına yazılamıyor: %(why)s.") % {"file": report, "why": error.strerror}, returncode=2
        ) from error


def _duration(seconds: float | None) -> str:
    if seconds is None:
        return "…"
    return _("%(n)d dk") % {"n": round(seconds / 60)} if seconds >= 90 else _("%(n)d sn") % {"n": round(seconds)}
