"""The import itself: batch by batch, each in one transaction with the note how far it came, so that a cut loses nothing."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mimer.cases.actions import History, adopt_many
from mimer.cases.actions.history import sort_out

from ..models import ImportRun, Rejection
from .mapping import Mapping
from .rows import RowReader
from .setup import BadRow, SetUp
from .tables import Row, Table, Unreadable, fingerprint

BATCH = 1000


class BusyElsewhere(Exception):
    """Another process imports the same file just now; the message is for the one who imports."""


@dataclass
class Report:
    """What became of every row: read = taken + unchanged + rejected."""

    file: str
    mapping: str
    read: int = 0
    taken: int = 0
    unchanged: int = 0
    rejected: list[tuple[int, str]] = field(default_factory=list)
    seconds: float = 0.0
    rows_now: int = 0
    went_on_after: int = 0

    def as_json(self) -> dict[str, Any]:
        return {
            "file": self.file, "mapping": self.mapping, "read": self.read, "taken": self.taken, "unchanged": self.unchanged,
            "rejected": [{"row": row, "reason": reason} for row, reason in self.rejected],
            "seconds": round(self.seconds, 2),
            "rows_per_second": round(self.rows_now / self.seconds) if self.seconds else 0,
        }  # fmt: skip


@dataclass(frozen=True)
class Progress:
    """How far it is: rows since the start, rows a second, and seconds left (None while unknown)."""

    read: int
    rate: float
    remaining: float | None


Listener = Callable[[Progress], None]


def check_columns(table: Table, mapping: Mapping) -> None:
    """Raises Unreadable when the file lacks what the mapping names."""
    if missing := mapping.missing_from(table.columns):
        raise Unreadable(
            _("Dosyada “%(mapping)s” eşlemesinin beklediği sütunlar yok: %(missing)s. Dosyadaki sütunlar: %(present)s.")
            % {"mapping": mapping.name, "missing": ", ".join(missing), "present": ", ".join(table.columns) or "—"}
        )


def try_out(table: Table, mapping: Mapping, tell: Listener = lambda _progress: None) -> Report:
    """Reads every row and says what an import would do; writes nothing."""
    check_columns(table, mapping)
    report, reader = (
        Report(table.path.name, mapping.name),
        RowReader(mapping, table.columns, SetUp(mapping, save=False)),
    )
    seen: dict[tuple[str, str], str] = {}
    clock = _Clock(report, table, tell)
    for batch in _batches(table.rows()):
        read, bad = _read(reader, batch)
        sorting = sort_out([history for _row, history in read], seen)
        bad += [(read[place][0], _says_else(number)) for place, number in sorting.different.items()]
        report.read += len(batch)
        report.taken += len(sorting.fresh)
        report.unchanged += sorting.unchanged
        report.rejected += sorted(bad)
        clock.tick()
    return report


def bring_in(table: Table, mapping: Mapping, tell: Listener = lambda _progress: None) -> Report:
    """Imports a file, going on where an earlier run of the same file and mapping was cut off."""
    check_columns(table, mapping)
    run = _open_run(table, mapping)
    report = Report(table.path.name, mapping.name, went_on_after=run.rows_done)
    clock = _Clock(report, table, tell)
    reader: RowReader | None = None
    for batch in _batches(row for row in table.rows() if row.number > run.rows_done):
        with transaction.atomic():
            _hold(run)
            reader = reader or RowReader(mapping, table.columns, SetUp(mapping, save=True))
            _take(run, reader, batch)
        report.read, report.taken, report.unchanged = run.read, run.taken, run.unchanged
        clock.tick()
    run.finished_at = timezone.now()
    run.save()
    report.read, report.taken, report.unchanged = run.read, run.taken, run.unchanged
    report.rejected = list(run.rejections.values_list("row", "reason"))
    report.seconds = clock.seconds
    return report


def _take(run: ImportRun, reader: RowReader, batch: list[Row]) -> None:
    """One batch and the account of it."""
    read, bad = _read(reader, batch)
    adopted = adopt_many([history for _row, history in read])
    bad += [(read[place][0], _says_else(number)) for place, number in adopted.different.items()]
    Rejection.objects.bulk_create([Rejection(run=run, row=row, reason=reason) for row, reason in bad], batch_size=200)
    run.rows_done = batch[-1].number
    run.read += len(batch)
    run.taken += len(adopted.taken)
    run.unchanged += adopted.unchanged
    run.save()


def _read(reader: RowReader, batch: list[Row]) -> tuple[list[tuple[int, History]], list[tuple[int, str]]]:
    """The rows that can stand, and those that cannot with their reasons."""
    good, bad = [], []
    for row in batch:
        try:
            if row.fault:
                raise BadRow(row.fault)
            history = reader.history(row.cells)
            if fault := history.fault():
                raise BadRow(fault)
            good.append((row.number, history))
        except BadRow as no:
            bad.append((row.number, str(no)))
    return good, bad


def _says_else(number: str) -> str:
    if number:
        return _("Bu kayıt numarası %(number)s olarak kayıtlı ama içeriği farklı; kayıtlı olan değiştirilmedi.") % {
            "number": number
        }
    return _("Bu kayıt numarası dosyada daha önce de geçiyor ama içeriği farklı; ilki alındı.")


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        yield batch


def _open_run(table: Table, mapping: Mapping) -> ImportRun:
    """The run that was cut off, or a new one."""
    key = {"file_sha256": fingerprint(table.path), "mapping_sha256": mapping.sha256}
    started = {"file_name": table.path.name[:300], "mapping": mapping.name[:120]}
    try:
        return ImportRun.objects.get_or_create(**key, finished_at=None, defaults=started)[0]
    except IntegrityError:
        return ImportRun.objects.get(**key, finished_at=None)


def _hold(run: ImportRun) -> None:
    """Locks the run and makes sure that nobody else went on with it."""
    now = ImportRun.objects.select_for_update().get(pk=run.pk)
    if now.rows_done != run.rows_done or now.finished_at:
        raise BusyElsewhere(_("Bu dosya şu anda başka bir yerde de içe aktarılıyor; orada sürüyor, burada durduruldu."))


class _Clock:
    """Counts rows and seconds of this very run."""

    def __init__(self, report: Report, table: Table, tell: Listener) -> None:
        self.report, self.table, self.tell = report, table, tell
        self.begin, self.started_at = time.perf_counter(), 0.0
        self.before: int | None = None

    @property
    def seconds(self) -> float:
        return time.perf_counter() - self.begin

    def tick(self) -> None:
        report = self.report
        if self.before is None:
            self.before = max(0, report.read - BATCH)
            self.started_at = self.table.progress
        report.rows_now, report.seconds = report.read - self.before, self.seconds
        rate = report.rows_now / report.seconds
        gone = self.table.progress - self.started_at
        left = report.seconds / gone * (1 - self.table.progress) if gone > 0.001 else None
        self.tell(Progress(report.read, rate, left))
