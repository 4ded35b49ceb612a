"""Spreadsheets: lists of any length written row by row, never held in memory."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

_FORMATS = {"text": "@", "number": "#,##0.##", "date": "dd.mm.yyyy", "moment": "dd.mm.yyyy hh:mm"}
_LONGEST_TEXT = 32_767  # what a cell holds
_FIRST_YEAR = 1900
_NOT_IN_A_SHEET_NAME = re.compile(r"[\[\]:*?/\\']")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, what stands in it (text, number, date or moment), and its width in characters."""

    heading: str
    kind: str = "text"
    width: int = 18


def write_xlsx(target: BinaryIO, columns: Sequence[Column], rows: Iterable[Sequence[object]], *, sheet: str) -> int:
    """Write rows under their headings and return how many there were; moments must come in local time.

    Text stays text: a cell that begins with "=" is no formula and an address no link.
    """
    settings = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "remove_timezone": True,
        "nan_inf_to_errors": True,
    }
    count = 0
    with Workbook(target, settings) as book:
        page = book.add_worksheet(_sheet_name(sheet))
        head = book.add_format({"bold": True, "bottom": 1})
        formats = [book.add_format({"num_format": _FORMATS[column.kind]}) for column in columns]
        for place, column in enumerate(columns):
            page.set_column(place, place, column.width)
            page.write_string(0, place, column.heading, head)
        page.freeze_panes(1, 0)
        for count, row in enumerate(rows, start=1):
            for place, value in enumerate(row):
                _write(page, count, place, value, formats[place])
        page.autofilter(0, 0, count, max(len(columns) - 1, 0))
    return count


def _write(page: Worksheet, row: int, place: int, value: object, style: Format) -> None:
    if value is None or value == "":
        page.write_blank(row, place, None, style)
    elif isinstance(value, date) and value.year >= _FIRST_YEAR:
        page.write_datetime(row, place, value, style)
    elif isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        page.write_number(row, place, value, style)
    else:
        page.write_string(row, place, str(value)[:_LONGEST_TEXT], style)


def _sheet_name(name: str) -> str:
    """Keep to what Excel allows in the name on a sheet's tab."""
    return _NOT_IN_A_SHEET_NAME.sub(" ", name).strip()[:31] or "1"
