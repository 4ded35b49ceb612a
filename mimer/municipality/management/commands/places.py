"""`bin/mimer places`: the outlines of the neighbourhoods, from a file the municipality has a right to."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from mimer.municipality.outlines import BadOutlines, load_outlines


class Command(BaseCommand):
    """Reads polygons from GeoJSON, matches them to the neighbourhoods by name, and says what did not match."""

    help = "Bring in the outlines of the neighbourhoods from a GeoJSON file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="GeoJSON (may be gzipped), WGS84 degrees")
        parser.add_argument("--name", default="", metavar="PROPERTY", help="the property that holds the name")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            result = load_outlines(options["file"], options["name"])
        except BadOutlines as no:
            raise CommandError(str(no)) from no
        self.stdout.write(_("Sınırı alınan mahalle: %(n)d.") % {"n": len(result.found)})
        lists = [
            (_("Dosyada olup bizde olmayan"), result.strangers), (_("Adı aynı ama yeri uzak"), result.elsewhere),
            (_("Bozuk sınırı onarılan"), result.mended), (_("Sınırı hâlâ olmayan mahalle"), result.without),
        ]  # fmt: skip
        for title, names in lists:
            if names:
                shown = ", ".join(names[:30]) + (" …" if len(names) > 30 else "")
                self.stdout.write(f"{title} ({len(names)}): {shown}")
