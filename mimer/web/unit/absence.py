"""Absences: one's own, those of a head's people and, for the administrator, of everybody; and who works in the unit."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mimer.cases.models import Case
from mimer.municipality.models import Absence, Staff
from mimer.municipality.people_of import colleagues_of, people_of, units_headed_by
from mimer.municipality.roles import Role

from ..access import StaffRequest, staff_only
from ..forms.duty import AbsenceForm, span

SHOWN = timedelta(days=30)


@dataclass(frozen=True)
class Worker:
    """One of the unit's people, with what she has in hand."""

    staff: Staff
    open: int
    away: Absence | None


@staff_only
def absences(request: StaffRequest) -> HttpResponse:
    """Who is away and who stands in, with the form of one more."""
    people, mates = _scope(request.user)
    if request.method == "POST":
        form = AbsenceForm(request.POST, people=people, mates=mates)
        if form.is_valid():
            absence = Absence.objects.create(**form.cleaned_data, made_by=request.user)
            _say_made(request, absence)
            return redirect("absences")
    else:
        today = timezone.localdate()
        first = {"staff": request.user.pk, "starts_on": today, "ends_on": today}
        form = AbsenceForm(people=people, mates=mates, initial=first)
    today = timezone.localdate()
    rows = Absence.objects.filter(staff__in=people, ends_on__gte=today - SHOWN).select_related("staff", "deputy")
    context = {
        "form": form,
        "rows": rows.order_by("starts_on", "pk"),
        "today": today,
        "workers": _workers(request.user),
    }
    return render(request, "unit/absences.html", context)


@staff_only
@require_POST
def absence_end(request: StaffRequest, pk: int) -> HttpResponse:
    """She is back, or does not go: what lies ahead is taken away, what has been stays."""
    people, _mates = _scope(request.user)
    absence = get_object_or_404(Absence.objects.select_related("staff"), pk=pk, staff__in=people)
    today = timezone.localdate()
    if absence.starts_on >= today:
        absence.delete()
        messages.success(request, _("%(name)s için yazılan izin silindi.") % {"name": absence.staff.full_name})
    elif absence.ends_on >= today:
        absence.ends_on = today - timedelta(days=1)
        absence.save(update_fields=["ends_on"])
        messages.success(request, _("%(name)s yeniden görevde.") % {"name": absence.staff.full_name})
    return redirect("absences")


def _scope(staff: Staff) -> tuple[Any, Any]:
    """Whose absences she keeps, and who may stand in for them."""
    everybody = Staff.objects.filter(is_active=True)
    if staff.scope.has(Role.ADMINISTRATOR):
        return everybody, everybody
    herself, units = everybody.filter(pk=staff.pk), list(units_headed_by(staff).values_list("pk", flat=True))
    if units:
        return herself | people_of(units), colleagues_of(staff) | people_of(units)
    return herself, colleagues_of(staff)


def _say_made(request: StaffRequest, absence: Absence) -> None:
    named = {"name": absence.staff.full_name, "days": span(absence)}
    messages.success(request, _("%(name)s için izin yazıldı: %(days)s.") % named)
    # Who counted on her finds nobody in these days.
    for other in Absence.objects.filter(
        deputy=absence.staff, starts_on__lte=absence.ends_on, ends_on__gte=absence.starts_on
    ).select_related("staff"):
        said = _("%(name)s o günlerde %(other)s için vekil; ona yeni bir vekil seçin.")
        messages.warning(request, said % {"name": absence.staff.full_name, "other": other.staff.full_name})


def _workers(head: Staff) -> list[Worker]:
    """The people of her units and whoever has left with cases in hand, in three queries."""
    units = list(units_headed_by(head).values_list("pk", flat=True))
    if not units:
        return []
    hers = Case.objects.open().filter(unit__in=units, officer__isnull=False).order_by().values_list("officer")
    counts: dict[int, int] = dict(hers.annotate(Count("pk")))
    people = Staff.objects.filter(pk__in=[*counts, *people_of(units).values_list("pk", flat=True)])
    away = {row.staff_id: row for row in Absence.objects.on(timezone.localdate()).select_related("deputy")}
    return [Worker(staff, counts.get(staff.pk, 0), away.get(staff.pk)) for staff in people]
