"""`bin/mimer ebys`: the exchange with the document system, by folder, and the key of its API."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from mimer.api.keys import drop_key, make_key
from mimer.intake.ebys.folder import BusyElsewhere, Report, exchange

SHOWN = 10


class Command(BaseCommand):
    """Writes drafts out and reads numbers and signed answers in; makes and drops keys."""

    help = "Exchange drafts, numbers and signed answers with the document system (EBYS): exchange, key, revoke."

    def add_arguments(self, parser: ArgumentParser) -> None:
        # Of the parser's own kind, or Django's options would not be known to it.
        steps = parser.add_subparsers(dest="step", required=True, metavar="exchange|key|revoke")
        folder = steps.add_parser("exchange", help="once through a drop folder, in both directions")
        folder.add_argument("folder", type=Path, metavar="FOLDER")
        folder.add_argument("--report", type=Path, metavar="FILE", help="write the account of all messages as JSON")
        for step, words in (("key", "make a key for a system and show it once"), ("revoke", "take its key away")):
            steps.add_parser(step, help=words).add_argument("name", metavar="NAME")

    def handle(self, *args: Any, **options: Any) -> None:
        {"exchange": self._exchange, "key": self._key, "revoke": self._revoke}[options["step"]](options)

    def _exchange(self, options: dict[str, Any]) -> None:
        try:
            report = exchange(options["folder"])
        except BusyElsewhere as no:
            raise CommandError(str(no), returncode=1) from no
        except OSError as no:
            sentence = _("%(folder)s klasöründe çalışılamıyor: %(why)s.")
            raise CommandError(sentence % {"folder": options["folder"], "why": no.strerror}, returncode=2) from no
        self._tell(report)
        if options["report"]:
            text = json.dumps(report.as_json(), ensure_ascii=False, indent=1)
            options["report"].write_text(text + "\n", encoding="utf-8")

    def _tell(self, report: Report) -> None:
        told = {
            "written": len(report.written), "read": report.read, "taken": report.taken, "unchanged": report.unchanged,
            "rejected": len(report.rejected), "waiting": report.waiting,
        }  # fmt: skip
        words = _(
            "Yazılan taslak %(written)d. Okunan %(read)d: alınan %(taken)d, değişmemiş %(unchanged)d, "
            "alınmayan %(rejected)d; henüz tamamlanmamış %(waiting)d."
        )
        self.stdout.write(words % told)
        for name, reason in report.rejected[:SHOWN]:
            self.stdout.write(f"  {name}: {reason}")

    def _key(self, options: dict[str, Any]) -> None:
        self.stdout.write(make_key(options["name"]))
        self.stderr.write(_("Anahtar yalnızca şimdi gösterilir; bu adın eski anahtarı artık geçmez."))

    def _revoke(self, options: dict[str, Any]) -> None:
        if not drop_key(options["name"]):
            raise CommandError(_("Bu adla bir anahtar yok: %(name)s") % {"name": options["name"]}, returncode=1)
