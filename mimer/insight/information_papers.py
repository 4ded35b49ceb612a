"""The yearly report on information requests as a document (PDF) and as a sheet (XLSX), ready to send."""

from typing import BinaryIO

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mimer.municipality.models import Municipality
from mimer.paper import Column, Identity, Section, Statement, statement_pdf, write_xlsx
from mimer.turkish import long_date, number

from .information_requests import Report


def title_of(report: Report) -> str:
    """What stands above the report."""
    return _("%(year)d yılı bilgi edinme raporu") % {"year": report.year}


def cut_off(report: Report) -> str:
    """Which requests are counted, and how fresh the numbers are."""
    day = long_date(timezone.localtime(report.at).date(), language=_language())
    return _("%(year)d yılında gelen başvurular, %(day)s günündeki durumlarıyla.") % {"year": report.year, "day": day}


def report_pdf(report: Report) -> bytes:
    """The report as a tagged document in the reader's language."""
    house, language = Municipality.get(), _language()
    rows = [(str(row.label), number(count, language=language)) for row, count in report.rows if row.share]
    apart = [(str(row.label), number(count, language=language)) for row, count in report.rows if not row.share]
    heads = (_("Bilgi edinme başvuruları"), _("Sayı"))
    footer = " · ".join(filter(None, [house.name, house.address, house.phone]))
    statement = Statement(
        language=language, title=title_of(report), subtitle=f"{cut_off(report)} {_('4982 sayılı Kanun m. 30.')}",
        sections=(
            Section("", columns=heads, rows=((_("Toplam"), number(report.total, language=language)), *rows)),
            Section(_("Bunlardan itiraz edilenler"), columns=heads, rows=tuple(apart)),
            Section(_("Satırların anlamı"), facts=tuple((str(row.label), str(row.sentence)) for row, _count in report.rows)),
        ),
    )  # fmt: skip
    return statement_pdf(statement, Identity(house.name, house.centre_name, footer=footer, colour=house.colour))


def report_xlsx(report: Report, target: BinaryIO) -> None:
    """The report as a sheet: a row a line, with what each counts."""
    columns = [Column(title_of(report), width=60), Column(_("Sayı"), "number", 12), Column(_("Ne sayıldı?"), width=70)]
    lines = [(_("Toplam"), report.total, cut_off(report))]
    lines += [(str(row.label), count, str(row.sentence)) for row, count in report.rows]
    write_xlsx(target, columns, lines, sheet=str(report.year))


def _language() -> str:
    return "en" if (get_language() or "tr").startswith("en") else "tr"
