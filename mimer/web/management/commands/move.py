"""`bin/mimer move`: a whole installation from the database it had into the one the environment names now."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from mimer.municipality.models import Municipality, Staff
from mimer.settings import read_database_url
from mimer.web.moving import carry, index_anew

OLD, NEW = "old", "default"


class Command(BaseCommand):
    """From SQLite to PostgreSQL or back; the data folder with uploads and keys stays where it is."""

    help = "Carry a whole installation into another, empty database (SQLite to PostgreSQL or back)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--from",
            dest="source",
            required=True,
            metavar="URL",
            help="where it is now (sqlite:////path or postgres://…); MIMER_DATABASE_URL says where to",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self._connect(options["source"])
        self._refuse()
        carry(OLD, NEW, lambda table, rows: rows and self.stdout.write(f"  {table}: {rows}"))
        self.stdout.write(_("Sözcük dizinleri kuruluyor …"))
        index_anew(lambda _what, _number: None)
        self.stdout.write(_("Hepsi taşındı. Zincirleri denetleyin: bin/mimer check"))

    def _connect(self, url: str) -> None:
        try:
            settings = {NEW: connections.settings[NEW], OLD: read_database_url(url)}
        except ValueError as no:
            raise CommandError(str(no), returncode=2) from no
        if url.startswith("sqlite") and not Path(str(settings[OLD]["NAME"])).is_file():
            raise CommandError(_("Böyle bir dosya yok: %(file)s") % {"file": settings[OLD]["NAME"]}, returncode=2)
        connections.settings[OLD] = connections.configure_settings(settings)[OLD]

    def _refuse(self) -> None:
        """Nothing is written unless both databases are of this version and the new one holds nobody's work."""
        if not _is_up_to_date(NEW):
            raise CommandError(_("Yeni veritabanı hazır değil; önce tabloları kurun: bin/mimer manage migrate"))
        if Municipality.objects.exists() or Staff.objects.exists():
            raise CommandError(_("Yeni veritabanı boş değil; hiçbir şey değiştirilmedi."))
        if not _is_up_to_date(OLD):
            raise CommandError(_("Eski veritabanı bu sürümde değil; önce onu yükseltin: bin/mimer manage migrate"))
        if not Municipality.objects.using(OLD).exists():
            raise CommandError(_("Eski veritabanında belediye yok; adresi denetleyin."))


def _is_up_to_date(name: str) -> bool:
    try:
        executor = MigrationExecutor(connections[name])
    except DatabaseError as error:
        raise CommandError(_("Veritabanı açılamadı: %(why)s") % {"why": error}) from error
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
