"""The calls of the night on the screen: a banner on every page of whoever was called, until somebody has the case."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mimer.cases.models import Case
from mimer.municipality.kinds import Priority
from mimer.municipality.models import Staff
from mimer.municipality.roles import DESK
from mimer.notify.alarms import acknowledge, call_next, calls_in_progress, reached, shown_to
from mimer.notify.models import Alarm, AlarmCall

from ..access import StaffRequest, for_roles, staff_only

SHOWN = 5


@dataclass(frozen=True)
class Ringing:
    """One urgent case that calls this reader, or for which nobody could be called."""

    pk: int
    number: str
    subject: str
    place: str
    due: datetime | None
    urgent: bool
    unreached: bool
    may_open: bool


@dataclass(frozen=True)
class Alarms:
    """What the banner shows, and a mark that changes when it does."""

    rows: list[Ringing]
    mark: str


def alarms_of(request: HttpRequest) -> Alarms:
    """The alarms of this reader: one small query while nothing rings."""
    staff = getattr(request, "user", None)
    rows = _ringing(staff) if isinstance(staff, Staff) else []
    told = f"{get_language()} {[(row.pk, row.unreached) for row in rows]}"
    return Alarms(rows, sha256(told.encode()).hexdigest()[:16])


def _ringing(staff: Staff) -> list[Ringing]:
    # Hardly ever rings anything: the small question first spares every page the large one.
    found = list(shown_to(staff)[:SHOWN]) if Alarm.objects.filter(ended_at=None).exists() else []
    if not found:
        return []
    seen = set(
        Case.objects.visible_to(staff).filter(pk__in=[row.case_id for row in found]).values_list("pk", flat=True)
    )
    return [
        Ringing(
            row.pk, row.case.number, row.case.subject.name, row.case.place_line, row.case.due_at,
            row.case.priority == Priority.URGENT, row.unreached, row.case_id in seen,
        )
        for row in found
    ]  # fmt: skip


@staff_only
@require_safe
def alarm_banner(request: StaffRequest) -> HttpResponse:
    """The banner alone, asked for every twenty seconds; nothing is sent while nothing has changed."""
    alarms = alarms_of(request)
    if request.GET.get("goren") == alarms.mark:
        return HttpResponse(status=204)
    etag = f'"{alarms.mark}"'
    answer = get_conditional_response(request, etag=etag)
    if not isinstance(answer, HttpResponse):
        answer = render(request, "unit/alarms.html")
    answer["ETag"], answer["Cache-Control"] = etag, "private, no-cache"
    return answer


@staff_only
@require_POST
def alarm_seen(request: StaffRequest, pk: int) -> HttpResponse:
    """ "Gördüm, ilgileniyorum": of whoever was called."""
    alarm = get_object_or_404(Alarm.objects.select_related("case"), pk=pk)
    if not AlarmCall.objects.filter(alarm=alarm, staff=request.user).exists():
        raise Http404
    if acknowledge(alarm, by=request.user):
        messages.success(request, _("%(number)s sizde; başka kimse aranmayacak.") % {"number": alarm.case.number})
    else:
        messages.info(request, _("%(number)s ile başka biri ilgileniyor.") % {"number": alarm.case.number})
    visible = Case.objects.visible_to(request.user).filter(pk=alarm.case_id).exists()
    return redirect("case", alarm.case.number) if visible else redirect("home")


@for_roles(*DESK)
@require_POST
def alarm_called(request: StaffRequest, pk: int) -> HttpResponse:
    """What came of the desk's telephone call to whoever is on duty."""
    alarm = calls_in_progress(request.user).filter(pk=pk).first()
    if alarm is None:
        if not Alarm.objects.filter(pk=pk, case__in=Case.objects.visible_to(request.user)).exists():
            raise Http404
        messages.info(request, _("Bu çağrı sona ermiş; biri ilgileniyor."))
    elif request.POST.get("act") == "next":
        call_next(alarm)
        messages.info(request, _("Sıradaki kişi aranıyor."))
    else:
        reached(alarm, by=request.user)
        messages.success(request, _("Kaydedildi; başka kimse aranmayacak."))
    return redirect("call_list")
