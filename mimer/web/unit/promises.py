"""The ledger of promises as a page: how each unit and month kept its word, and the cases behind every number."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from mimer.cases.models import Case
from mimer.insight.promises import ENDINGS, MONTHS_SHOWN, Tally, how, ledger, months_before, seen_by, within
from mimer.municipality.models import Unit
from mimer.turkish import percent

from ..access import StaffRequest, for_roles
from ..navigation import PROMISES_FOR
from ..templatetags.look import month_and_year, written_number

SHOWN = 50
WORDS = {
    "kept": gettext_lazy("Tutuldu"), "moved": gettext_lazy("Zamanında değiştirildi"),
    "broken": gettext_lazy("Tutulmadı"), "open": gettext_lazy("Günü gelmedi"),
}  # fmt: skip

readers = for_roles(*PROMISES_FOR)


@dataclass(frozen=True)
class Cell:
    """One number of the table: how many, of how many in percent, and where its cases are."""

    count: int
    share: str
    href: str


@readers
def promises(request: StaffRequest) -> HttpResponse:
    """The last twelve months, or one of them; in two queries however many units and promises there are."""
    today, month = timezone.localdate(), _month(request.GET.get("ay", ""))
    first, last = _span(month, today)
    counted = ledger(within(seen_by(request.user), first, last), today)
    span = {"ay": month.strftime("%Y-%m")} if month else {}
    context = {
        "month": month, "words": [(ending, WORDS[ending]) for ending in ENDINGS],
        "total": counted.total, "total_cells": _cells(counted.total, span),
        "units": [(unit, tally.settled, _cells(tally, span | {"birim": unit.code})) for unit, tally in counted.by_unit],
        "bars": [] if month else [_bar(day, tally) for day, tally in counted.by_month if day <= today],
    }  # fmt: skip
    return render(request, "unit/promises.html", context)


@readers
def promise_cases(request: StaffRequest) -> HttpResponse:
    """The promises behind a number, the latest day first; a case she may not open is a number without a link."""
    today, month, ending = timezone.localdate(), _month(request.GET.get("ay", "")), request.GET.get("ne", "")
    if ending not in ENDINGS:
        raise Http404
    first, last = _span(month, today)
    found = within(seen_by(request.user), first, last).filter(how(ending, today))
    code = request.GET.get("birim", "")
    unit = Unit.objects.filter(code=code).first() if code else None
    if code:
        found = found.filter(unit=unit) if unit else found.none()
    rows = found.select_related("case__subject", "unit").order_by("-due_on", "-pk")
    page = Paginator(rows, SHOWN).get_page(request.GET.get("sayfa"))
    visible = Case.objects.visible_to(request.user).filter(pk__in=[row.case_id for row in page])
    context = {
        "page": page, "seen": set(visible.values_list("pk", flat=True)), "unit": unit, "month": month,
        "words": WORDS[ending], "back": reverse("promises") + (f"?ay={month:%Y-%m}" if month else ""),
        "address": urlencode({key: value for key in ("ne", "ay", "birim") if (value := request.GET.get(key, ""))}),
    }  # fmt: skip
    return render(request, "unit/promise_cases.html", context)


def _span(month: date | None, today: date) -> tuple[date, date]:
    """The month itself, or the last twelve with all that was promised for a year ahead."""
    return (month, month) if month else (months_before(today, MONTHS_SHOWN - 1), months_before(today, -MONTHS_SHOWN))


def _cells(tally: Tally, query: dict[str, str]) -> list[Cell]:
    cells = []
    for ending in ENDINGS:
        share, count = tally.share(ending), getattr(tally, ending)
        address = f"{reverse('promise_cases')}?{urlencode({'ne': ending} | query)}" if count else ""
        cells.append(Cell(count, _percent(share), address))
    return cells


def _bar(day: date, tally: Tally) -> dict[str, Any]:
    """A month as a bar: the share that was kept or moved in time, with its numerator and denominator."""
    honoured = tally.kept + tally.moved
    share = 100 * honoured / tally.settled if tally.settled else 0
    value = _("%(percent)s (%(part)s / %(whole)s)") % {
        "percent": _percent(share), "part": written_number(honoured), "whole": written_number(tally.settled),
    }  # fmt: skip
    return {
        "label": month_and_year(day), "value": value if tally.settled else _("günü gelen söz yok"), "percent": round(share, 1),
        "kind": "attention" if tally.broken * 5 > tally.settled else "now", "href": f"?ay={day:%Y-%m}",
    }  # fmt: skip


def _percent(share: float | None) -> str:
    language = "en" if (get_language() or "tr").startswith("en") else "tr"
    return "" if share is None else percent(round(share), language=language)


def _month(typed: str) -> date | None:
    try:
        day = date.fromisoformat(f"{typed}-01")
    except ValueError:
        return None
    return day if 2000 < day.year < 2100 else None
