"""Files as tables: CSV, gzipped CSV, NDJSON and XLSX, read row by row and never held whole."""

import csv
import gzip
import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from .encoding import contradiction, weigh

BLOCK = 1 << 20
DELIMITERS = ",;\t|"
MAX_UNPACKED = 4_000_000_000
MAX_RATIO = 150


class Unreadable(Exception):
    """The file cannot be read, or is not what the mapping is for; the message is for the one who imports."""


@dataclass(frozen=True)
class Row:
    """One row of the file: its number as a spreadsheet counts (the header is row 1), and its cells or why there are none."""

    number: int
    cells: Sequence[str]
    fault: str = ""


@dataclass
class Table:
    """An open file: its columns, its rows, and how far reading has come (0 to 1)."""

    path: Path
    columns: list[str]
    kind: str
    encoding: str = ""
    remark: str = ""
    _raw: BinaryIO | None = field(default=None, repr=False)

    def rows(self) -> Iterator[Row]:
        """Every row that holds anything."""
        readers = {"csv": self._csv_rows, "ndjson": self._ndjson_rows, "xlsx": self._xlsx_rows}
        return readers[self.kind]()

    @property
    def progress(self) -> float:
        if self._raw is not None and not self._raw.closed:
            return min(1.0, self._raw.tell() / max(1, self.path.stat().st_size))
        return 0.0

    @contextmanager
    def _text(self) -> Iterator[io.TextIOWrapper]:
        with (
            self.path.open("rb") as self._raw,
            io.TextIOWrapper(_unpacked(self._raw), encoding=self.encoding, newline="") as text,
        ):
            try:
                yield text
            except UnicodeDecodeError as error:
                raise Unreadable(
                    _("Dosya %(encoding)s olarak okunamıyor: bu kodlamada olmayan bir bayt var (%(byte)s).")
                    % {"encoding": self.encoding, "byte": f"0x{error.object[error.start]:02x}"}
                ) from error

    def _csv_rows(self) -> Iterator[Row]:
        with self._text() as file:
            reader = csv.reader(file, delimiter=_delimiter(file))
            number, width = 0, len(self.columns)
            try:
                for number, cells in enumerate(reader, 1):
                    if number == 1 or not cells:
                        continue
                    yield Row(number, cells, _wrong_width(len(cells), width) if len(cells) != width else "")
            except csv.Error as error:
                raise Unreadable(
                    _("%(row)d. satırdan sonrası okunamıyor: kapanmamış tırnak ya da çok uzun bir hücre (%(why)s).")
                    % {"row": number, "why": error}
                ) from error

    def _ndjson_rows(self) -> Iterator[Row]:
        with self._text() as file:
            for number, line in enumerate(file, 1):
                if not line.strip():
                    continue
                try:
                    record = json.loads(line)
                    if not isinstance(record, dict):
                        raise ValueError
                except (ValueError, RecursionError):  # no object, or one inside another without end
                    yield Row(number, (), _("Satır bir JSON nesnesi değil."))
                    continue
                yield Row(number, [_cell(record.get(column)) for column in self.columns])

    def _xlsx_rows(self) -> Iterator[Row]:
        width = len(self.columns)
        for number, cells in enumerate(_sheet(self.path), 1):
            values = [_cell(value) for value in cells][:width]
            if number > 1 and any(values):
                yield Row(number, values + [""] * (width - len(values)))


def open_table(path: Path, encoding: str = "") -> Table:
    """Looks at a file and opens it as what it is; raises Unreadable with a sentence."""
    try:
        with path.open("rb") as file:
            head = file.read(8)
    except OSError as error:
        raise Unreadable(_("%(file)s açılamadı: %(why)s.") % {"file": path, "why": error.strerror}) from error
    if not head:
        raise Unreadable(_("%(file)s boş.") % {"file": path.name})
    if head.startswith(b"PK\x03\x04"):
        return Table(path, _xlsx_columns(path), "xlsx")
    try:
        return _text_table(path, encoding)
    except csv.Error as error:
        raise Unreadable(
            _("%(file)s bir tablo gibi görünmüyor: ilk satırı okunamadı (%(why)s).") % {"file": path.name, "why": error}
        ) from error
    except (EOFError, zlib.error, OSError) as error:
        raise Unreadable(
            _("%(file)s sonuna kadar okunamadı; sıkıştırılmış dosya bozuk ya da eksik olabilir.") % {"file": path.name}
        ) from error


def fingerprint(path: Path) -> str:
    """SHA-256 of the file as it lies there."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _text_table(path: Path, encoding: str) -> Table:
    with path.open("rb") as raw:
        evidence = weigh(_blocks(raw))
    if encoding and (no := contradiction(encoding, evidence)):
        raise Unreadable(no)
    table = Table(path, [], "csv", encoding or evidence.encoding, "" if encoding else evidence.sentence())
    with table._text() as file:
        begin = file.read(1)
        if begin == "{":
            file.seek(0)
            table.kind, table.columns = "ndjson", _ndjson_columns(file)
        else:
            file.seek(0)
            table.columns = [name.strip() for name in next(csv.reader(file, delimiter=_delimiter(file)), [])]
    return table


def _blocks(raw: BinaryIO) -> Iterator[bytes]:
    """The unpacked bytes; what unpacks to something monstrous is refused on the way."""
    unpacked, seen = _unpacked(raw), 0
    size = max(1, raw.seek(0, io.SEEK_END))
    raw.seek(0)
    while block := unpacked.read(BLOCK):
        seen += len(block)
        if seen > MAX_UNPACKED or (seen > 100 * BLOCK and seen / size > MAX_RATIO):
            raise Unreadable(_("Dosya açılınca olağan dışı büyüyor; güvenlik için okunmadı."))
        yield block


def _unpacked(raw: BinaryIO) -> Any:
    packed = raw.read(2) == b"\x1f\x8b"
    raw.seek(0)
    return gzip.GzipFile(fileobj=raw) if packed else raw


def _delimiter(file: io.TextIOBase) -> str:
    """The sign that divides the first line most often."""
    line = file.readline(100_000)
    file.seek(0)
    return max(DELIMITERS, key=line.count)


def _ndjson_columns(file: io.TextIOBase) -> list[str]:
    """Every name met anywhere: a record may leave some out, and the last may bring the first closing date."""
    names: dict[str, None] = {}
    for line in file:
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(record, dict):
            names |= dict.fromkeys(map(str, record))
    return list(names)


def _xlsx_columns(path: Path) -> list[str]:
    return [_cell(value).strip() for value in next(_sheet(path), ())]


def _sheet(path: Path) -> Iterator[tuple[Any, ...]]:
    """The cells of the first sheet."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with zipfile.ZipFile(path) as packed:
            sizes = [(entry.file_size, entry.compress_size) for entry in packed.infolist()]
        if sum(size for size, _packed in sizes) > MAX_UNPACKED:
            raise Unreadable(_("Dosya açılınca olağan dışı büyüyor; güvenlik için okunmadı."))
        book = load_workbook(path, read_only=True, data_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as error:
        raise Unreadable(_("%(file)s bir Excel (.xlsx) dosyası olarak açılamadı.") % {"file": path.name}) from error
    try:
        yield from book.worksheets[0].iter_rows(values_only=True)
    finally:
        book.close()


def _cell(value: Any) -> str:
    """A value of a spreadsheet or of JSON as a person would type it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value if isinstance(value, str) else str(value)


def _wrong_width(found: int, expected: int) -> str:
    return _("Bu satırda %(found)d hücre var, başlıkta %(expected)d sütun.") % {"found": found, "expected": expected}
