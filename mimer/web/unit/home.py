"""The first page of the staff: the numbers of the day, where the work lies, and what is not running."""

from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mimer.cases.models import Case
from mimer.insight.measures import Today, UnitLoad, load_by_unit, today
from mimer.jobs.pulse import worker_missing
from mimer.municipality.models import DutyShift, Staff
from mimer.municipality.roles import DESK, Role
from mimer.notify.lists import failures
from mimer.notify.ways import mail_ready

from ..access import StaffRequest, staff_only

KEPT_SECONDS = 30
COUNTED_TO = 100
SHIFTS_SHOWN = 3
TOLD_OF_FAULTS = frozenset({*DESK, Role.ADMINISTRATOR})


@staff_only
def home(request: StaffRequest) -> HttpResponse:
    """Numbers of what this reader may see; nobody's page counts more than twice a minute."""
    numbers, loads = _numbers(request.user) if request.user.scope.sees_cases else (None, [])
    most = max((load.open for load in loads), default=1)
    bars = [
        {
            "label": load.unit.short,
            "value": _load_words(load),
            "percent": round(100 * load.open / most),
            "late": round(100 * load.late / most),
            "href": f"{reverse('case_list')}?unit={load.unit.code}&state=open&sort=due",
        }
        for load in loads
    ]
    context = {"numbers": numbers, "bars": bars, "notices": _notices(request.user), "shifts": _shifts(request.user)}
    return render(request, "unit/home.html", context | {"now": timezone.now()})


def _shifts(staff: Staff) -> list[DutyShift]:
    """When she is on duty next, as far as she need know today."""
    return list(DutyShift.objects.filter(staff=staff, ends_at__gt=timezone.now()).select_related("unit")[:SHIFTS_SHOWN])


def _numbers(staff: Staff) -> tuple[Today, list[UnitLoad]]:
    key = f"home:{staff.pk}"
    found: tuple[Today, list[UnitLoad]] | None = cache.get(key)
    if found is None:
        visible = Case.objects.visible_to(staff)
        found = today(visible), load_by_unit(visible)
        cache.set(key, found, KEPT_SECONDS)
    return found


def _load_words(load: UnitLoad) -> str:
    if not load.late:
        return _("%(open)s açık") % {"open": load.open}
    return _("%(open)s açık, %(late)s gecikmiş") % {"open": load.open, "late": load.late}


def _notices(staff: Staff) -> list[str]:
    """What stands still, told to whoever can do something about it."""
    if not staff.scope.has(*TOLD_OF_FAULTS):
        return []
    notices = [worker_missing(), mail_ready() or ""]
    if lost := failures(staff)[:COUNTED_TO].count():
        shown = f"{COUNTED_TO - 1}+" if lost == COUNTED_TO else str(lost)
        notices.append(
            _("%(count)s bildirim başvurana ulaşmadı; başvuru sayfasından yeniden gönderebilirsiniz.")
            % {"count": shown}
        )
    return [notice for notice in notices if notice]
