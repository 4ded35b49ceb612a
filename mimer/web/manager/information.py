"""The yearly report on information requests: its numbers, each leading to its cases, and its files."""

from io import BytesIO

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from mimer.cases.models import Case
from mimer.cases.paging import newest_page
from mimer.insight.information_papers import cut_off, report_pdf, report_xlsx, title_of
from mimer.insight.information_requests import BY_CODE, FIRST_YEAR, TOTAL, in_row, report_of
from mimer.municipality.roles import Role

from ..access import StaffRequest, for_roles
from ..unit.rows import for_rows, rows_of

READERS = (Role.CENTRE_MANAGER, Role.MAYOR, Role.AUDITOR)
TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@for_roles(*READERS)
def foi_reports(request: StaffRequest) -> HttpResponse:
    """Leads to the year that is to be reported: the last whole one."""
    return redirect("foi_report", timezone.localdate().year - 1)


@for_roles(*READERS)
@never_cache
def foi_report(request: StaffRequest, year: int) -> HttpResponse:
    """The rows of the law with their numbers."""
    report = report_of(_known(year))
    years = range(timezone.localdate().year, timezone.localdate().year - 5, -1)
    context = {"report": report, "title": title_of(report), "cut_off": cut_off(report), "years": years}
    return render(request, "manager/foi_report.html", context)


@for_roles(*READERS)
@never_cache
def foi_report_row(request: StaffRequest, year: int, row: str) -> HttpResponse:
    """The requests behind one number, as far as this reader may see them."""
    if row != TOTAL and row not in BY_CODE:
        raise Http404
    counted = in_row(_known(year), row)
    visible = Case.objects.visible_to(request.user).filter(pk__in=counted.values("pk"))
    page = newest_page(for_rows(visible), request.GET.get("after", ""))
    context = {
        "year": year, "row": BY_CODE.get(row), "rows": rows_of(page.cases), "unseen": counted.count() - visible.count(),
        "older": f"?after={page.following}" if page.following else "", "newer": "?" if request.GET.get("after") else "",
    }  # fmt: skip
    return render(request, "manager/foi_report_row.html", context)


@for_roles(*READERS)
@never_cache
def foi_report_file(request: StaffRequest, year: int, kind: str) -> HttpResponse:
    """The report as it is sent: PDF or XLSX."""
    if kind not in TYPES:
        raise Http404
    report, out = report_of(_known(year)), BytesIO()
    if kind == "pdf":
        out.write(report_pdf(report))
    else:
        report_xlsx(report, out)
    response = HttpResponse(out.getvalue(), content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="bilgi-edinme-{year}.{kind}"'
    return response


def _known(year: int) -> int:
    if not FIRST_YEAR <= year <= timezone.localdate().year:
        raise Http404
    return year
