"""The inbox: what waits for this reader, in tabs that fit her roles."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mimer.cases.models import Case, UnitRequest
from mimer.cases.paging import most_urgent_page
from mimer.cases.promises import promises_end_by
from mimer.cases.queries import CaseQuerySet
from mimer.cases.states import State
from mimer.municipality.models import Staff
from mimer.municipality.roles import Role

from ..access import StaffRequest, staff_only
from .rows import for_rows, rows_of

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

COUNTED_TO = 100
NOTHING = "0"


@dataclass(frozen=True)
class Tab:
    """One heap of the inbox: its code in the address, its words, for whom, and which cases."""

    code: str
    label: "StrOrPromise"
    is_for: Callable[[Staff], bool]
    pick: Callable[[CaseQuerySet, Staff], CaseQuerySet]
    late: bool = False


def _own(staff: Staff) -> frozenset[int]:
    return staff.scope.unit_ids


def _asked(cases: CaseQuerySet, staff: Staff) -> CaseQuerySet:
    requests = UnitRequest.objects.filter(unit__in=_own(staff), replied_at=None)
    return cases.filter(pk__in=requests.values("case_id"))


def _works(staff: Staff) -> bool:
    return bool(_own(staff))


# In this order they are shown, and the first with work in it opens by itself.
TABS = [
    Tab(
        "approval",
        _("Onayımda"),
        lambda s: s.scope.has(Role.UNIT_HEAD),
        lambda c, s: c.in_state(State.IN_APPROVAL).filter(unit__in=_own(s)),
    ),
    Tab(
        "mine",
        _("Benim"),
        lambda s: s.scope.in_unit,
        lambda c, s: c.open().filter(officer__in=[s.pk, *s.scope.standing_in_for]),
    ),
    Tab("unit", _("Birimimin"), _works, lambda c, s: c.open().filter(unit__in=_own(s))),
    Tab("new", _("Havale bekleyen"), lambda s: s.scope.at_desk, lambda c, s: c.in_state(State.REGISTERED)),
    Tab(
        "returned", _("İade edilen"), lambda s: s.scope.at_desk or s.scope.has(Role.ARBITER), lambda c, s: c.returned()
    ),
    Tab(
        "promise",
        _("Sözü dolan"),
        _works,
        lambda c, s: c.promise_ending(promises_end_by(timezone.localdate())).filter(unit__in=_own(s)),
        late=True,
    ),
    Tab(
        "late",
        _("Geciken"),
        lambda s: True,
        lambda c, s: c.overdue(timezone.now()).filter(unit__in=_own(s)) if _works(s) else c.overdue(timezone.now()),
        late=True,
    ),
    Tab(
        "waiting",
        _("Bekleyen"),
        lambda s: True,
        lambda c, s: c.waiting().filter(unit__in=_own(s)) if _works(s) else c.waiting(),
    ),
    Tab("asked", _("Bize sorulan"), _works, _asked),
    Tab(
        "unassigned",
        _("Sahipsiz"),
        _works,
        lambda c, s: c.open().filter(officer=None, unit__in=_own(s)),
    ),
]


@staff_only
def inbox(request: StaffRequest) -> HttpResponse:
    """The chosen heap, most urgent first; the others with how much lies in them (up to a hundred)."""
    staff, visible = request.user, Case.objects.visible_to(request.user)
    tabs = [(tab, _count(tab.pick(visible, staff))) for tab in TABS if tab.is_for(staff)]
    chosen = _chosen(tabs, request.GET.get("tab", ""))
    page = most_urgent_page(for_rows(chosen.pick(visible, staff)), request.GET.get("after", ""))
    context = {
        "tabs": tabs,
        "chosen": chosen,
        "elsewhere": [(tab, count) for tab, count in tabs if count != NOTHING],
        "rows": rows_of(page.cases, staff.scope.standing_in_for),
        "older": f"?tab={chosen.code}&after={page.following}" if page.following else "",
        "newer": f"?tab={chosen.code}" if request.GET.get("after") else "",
        "can_bulk": staff.scope.at_desk or staff.scope.in_unit,
    }
    return render(request, "unit/inbox.html", context)


def _chosen(tabs: list[tuple[Tab, str]], asked: str) -> Tab:
    """The heap asked for, else the first with work in it, else the first."""
    named = [tab for tab, _count in tabs if tab.code == asked]
    busy = [tab for tab, count in tabs if count != NOTHING]
    return (named or busy or [tabs[0][0]])[0]


def _count(cases: CaseQuerySet) -> str:
    """How many, as far as anyone cares: never a count over a large table."""
    count = cases.order_by()[:COUNTED_TO].count()
    return f"{COUNTED_TO - 1}+" if count == COUNTED_TO else str(count)
