"""`bin/mimer deadline`: when an answer is due, and why."""

import json
import re
import sys
from argparse import ArgumentParser
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from mimer import law, turkish
from mimer.cases.accounts import in_words, lines_of, stored, why_act_by
from mimer.cases.deadline import Asked, CannotCount, Deadline, deadline
from mimer.cases.manual import with_fresh_tables

HOUR = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Command(BaseCommand):
    """Counts one deadline and says how; needs no data, and no tables."""

    help = "Count a deadline and explain it (`deadline PETITION_3071 2026-01-15 --explain`)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("regime", nargs="?", default="", metavar="REGIME", help="e.g. FOI_4982")
        parser.add_argument(
            "received", nargs="?", default="", metavar="RECEIVED", help="the day of receipt: 2026-01-15"
        )
        parser.add_argument("--at", default="09:00", metavar="HH:MM", help="the local hour, where hours are counted")
        parser.add_argument("--subject", default="", metavar="CODE", help="whose target it is, for SERVICE")
        parser.add_argument("--kind", default="", metavar="KIND", help="the kind of application; foi among CIMER")
        parser.add_argument("--explain", action="store_true", help="how the date came about, line by line")
        parser.add_argument("--json", action="store_true", help="for another program")
        parser.add_argument("--manual", action="store_true", help="write the tables of docs/sureler.md anew, and end")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["manual"]:
            self._manual(settings.BASE_DIR / "docs" / "sureler.md")
            return
        try:
            asked = _asked(options)
            found = deadline(asked)
        except CannotCount as no:
            self.stderr.write(str(no))
            sys.exit(2)
        if options["json"]:
            self.stdout.write(json.dumps(as_json(found), ensure_ascii=False))
            return
        self.stdout.write("\n".join(_told(found, asked)))
        if options["explain"]:
            self.stdout.write("\n" + "\n".join(_explained(found)))

    def _manual(self, file: Path) -> None:
        file.write_text(with_fresh_tables(file.read_text(encoding="utf-8")), encoding="utf-8")
        self.stdout.write(_("Tablolar yenilendi: %(file)s") % {"file": file})


def as_json(found: Deadline) -> dict[str, Any]:
    """The answer for another program: days and moments in ISO 8601, local time."""
    return {
        "due": found.due.isoformat(),
        "extended_due": found.extended.last_day.isoformat() if found.extended else None,
        "act_by": found.act_by.isoformat(),
        "steps": stored(found.steps),
    }


def _asked(options: dict[str, Any]) -> Asked:
    if not options["regime"] or not options["received"]:
        raise CannotCount(_("Süreyi ve geliş gününü verin: deadline PETITION_3071 2026-01-15."))
    try:
        if not DAY.fullmatch(options["received"]):
            raise ValueError
        received = date.fromisoformat(options["received"])
    except ValueError as no:
        raise CannotCount(_("“%(day)s” bir gün değil; 2026-01-15 gibi yazın.") % {"day": options["received"]}) from no
    hour = HOUR.fullmatch(options["at"])
    if hour is None:
        raise CannotCount(_("“%(hour)s” bir saat değil; 09:00 gibi yazın.") % {"hour": options["at"]})
    at = time(int(hour[1]), int(hour[2]))
    return Asked(options["regime"], received, at, options["subject"], options["kind"])


def _told(found: Deadline, asked: Asked) -> list[str]:
    lines = [
        (found.name, f"{in_words(found.period, found.counted_in)}, {found.row.article}"),
        (_("Geldi"), turkish.long_date(asked.received)),
        (_("Son gün"), _day(found.due)),
        (_("En geç cevap"), turkish.long_date(found.act_by)),
    ]
    if found.extended:
        lines.append((_("Uzatılırsa"), turkish.long_date(found.extended.last_day)))
    width = max(len(name) for name, _words in lines)
    told = [f"{name:<{width}}  {words}" for name, words in lines]
    if found.row.certainty not in law.PRINTABLE:
        told.append(_("Bu sürenin dayanağı doğrulanmadı; kullanmadan önce mevzuattan bakın."))
    return told


def _explained(found: Deadline) -> list[str]:
    lines = lines_of(found.steps, found.counted_in)
    width = max(len(line.when) for line in lines)
    told = [f"  {line.when:<{width}}  {line.words}" for line in lines]
    if not isinstance(found.due, datetime) and (why := why_act_by(found.due, found.act_by)):
        told.append(why)
    if found.extended:
        told.append(found.row.extension_tr + ".")
    return told


def _day(due: date | datetime) -> str:
    return turkish.moment(due) if isinstance(due, datetime) else turkish.long_date(due)
