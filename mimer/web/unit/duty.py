"""The duty roster: the week as a table, a shift more, the last week once more, a shift less and back again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from mimer.municipality.models import DutyShift, Staff, Unit
from mimer.municipality.people_of import people_of, units_headed_by
from mimer.municipality.roles import Role

from ..access import StaffRequest, for_roles
from ..forms.duty import ShiftForm, first_shift
from ..navigation import DUTY_FOR

WEEK = timedelta(days=7)
# A shift that was removed can be put back for so long (seconds).
TAKE_BACK = 24 * 3600
HOUSE = "belediye"

roster_keepers = for_roles(*DUTY_FOR)


@dataclass(frozen=True)
class Roster:
    """Which shifts a reader keeps: of her units, or of the whole house."""

    units: list[Unit]
    whole_house: bool

    @classmethod
    def of(cls, staff: Staff) -> "Roster":
        if staff.scope.has(Role.CENTRE_MANAGER):
            return cls(list(Unit.objects.filter(active=True)), True)
        return cls(list(units_headed_by(staff).filter(active=True)), False)

    def shifts(self, chosen: str = "") -> Any:
        """The shifts she may see and change, narrowed to a unit's code or to those of the whole house."""
        rows = DutyShift.objects.select_related("staff", "unit")
        if not self.whole_house:
            rows = rows.filter(unit__in=self.units)
        if chosen == HOUSE:
            return rows.filter(unit=None)
        return rows.filter(unit__code=chosen) if chosen else rows

    def people(self) -> Any:
        everybody = Staff.objects.filter(is_active=True)
        return everybody if self.whole_house else people_of(unit.pk for unit in self.units)

    def form(self, *data: Any, initial: dict[str, Any] | None = None) -> ShiftForm:
        """The form of a new shift; who keeps one unit need not choose it."""
        first = {"unit": self.units[0]} if len(self.units) == 1 and not self.whole_house else {}
        units = Unit.objects.filter(pk__in=[unit.pk for unit in self.units])
        return ShiftForm(
            *data, units=units, people=self.people(), whole_house=self.whole_house, initial=first | (initial or {})
        )


@roster_keepers
def duty(request: StaffRequest) -> HttpResponse:
    """The week with its shifts, and the form of one more."""
    roster, monday = Roster.of(request.user), _monday(request.GET.get("hafta", ""))
    if request.method == "POST":
        form = roster.form(request.POST)
        if form.is_valid():
            shift = DutyShift.objects.create(**form.cleaned_data)
            messages.success(request, _("%(name)s nöbete yazıldı.") % {"name": shift.staff.full_name})
            return redirect(_week_of(timezone.localtime(shift.starts_at).date(), request.GET.get("birim", "")))
    else:
        form = roster.form(initial=first_shift(max(monday, timezone.localdate())))
    chosen = request.GET.get("birim", "")
    shifts = _in_week(roster.shifts(chosen), monday)
    context = {
        "form": form, "monday": monday, "sunday": monday + WEEK - timedelta(days=1), "days": _by_day(shifts, monday),
        "roster": roster, "chosen": chosen, "house_code": HOUSE, "earlier": _week_of(monday - WEEK, chosen),
        "later": _week_of(monday + WEEK, chosen), "now": timezone.now(),
        "can_copy": _in_week(roster.shifts(chosen), monday - WEEK).exists(),
    }  # fmt: skip
    return render(request, "unit/duty.html", context)


@roster_keepers
@require_POST
def duty_copy(request: StaffRequest) -> HttpResponse:
    """The shifts of the week before, a week later; what stands there already or has passed is left out."""
    roster, monday = Roster.of(request.user), _monday(request.POST.get("hafta", ""))
    chosen = request.POST.get("birim", "")
    there = {(row.unit_id, row.staff_id, row.starts_at) for row in _in_week(roster.shifts(chosen), monday)}
    made = [
        DutyShift(
            unit=row.unit, staff=row.staff, starts_at=row.starts_at + WEEK, ends_at=row.ends_at + WEEK, order=row.order
        )
        for row in _in_week(roster.shifts(chosen), monday - WEEK).filter(staff__is_active=True)
        if (row.unit_id, row.staff_id, row.starts_at + WEEK) not in there and row.ends_at + WEEK > timezone.now()
    ]
    DutyShift.objects.bulk_create(made, ignore_conflicts=True)
    said = ngettext("%(n)d nöbet kopyalandı.", "%(n)d nöbet kopyalandı.", len(made)) % {"n": len(made)}
    messages.success(request, said if made else _("Kopyalanacak yeni nöbet yok; hepsi yazılı."))
    return redirect(_week_of(monday, chosen))


@roster_keepers
@require_POST
def duty_remove(request: StaffRequest, pk: int) -> HttpResponse:
    """Takes a shift out; it can be put back at once."""
    shift = get_object_or_404(Roster.of(request.user).shifts(), pk=pk)
    kept = [shift.unit_id, shift.staff_id, shift.starts_at.isoformat(), shift.ends_at.isoformat(), shift.order]
    back = reverse("duty_restore", args=[signing.dumps(kept, salt="duty")])
    shift.delete()
    said = _("%(name)s nöbetten çıkarıldı.") % {"name": shift.staff.full_name}
    messages.success(request, said, extra_tags=f"undo-at:{back}")
    return redirect(_week_of(timezone.localtime(shift.starts_at).date(), request.POST.get("birim", "")))


@roster_keepers
@require_POST
def duty_restore(request: StaffRequest, token: str) -> HttpResponse:
    """Puts back what was removed."""
    try:
        unit, staff, starts, ends, order = signing.loads(token, salt="duty", max_age=TAKE_BACK)
    except signing.BadSignature:
        raise Http404 from None
    roster = Roster.of(request.user)
    if not roster.whole_house and unit not in {row.pk for row in roster.units}:
        raise Http404
    shift, _made = DutyShift.objects.get_or_create(
        unit_id=unit, staff=get_object_or_404(Staff, pk=staff), starts_at=datetime.fromisoformat(starts),
        defaults={"ends_at": datetime.fromisoformat(ends), "order": order},
    )  # fmt: skip
    messages.success(request, _("%(name)s yeniden nöbette.") % {"name": shift.staff.full_name})
    return redirect(_week_of(timezone.localtime(shift.starts_at).date(), ""))


def _by_day(shifts: Iterable[DutyShift], monday: date) -> list[tuple[date, list[DutyShift]]]:
    """Each day with the shifts that begin on it; one that began the week before stands on Monday."""
    days: dict[date, list[DutyShift]] = {monday + timedelta(days=place): [] for place in range(7)}
    for shift in shifts:
        days[max(monday, timezone.localtime(shift.starts_at).date())].append(shift)
    return list(days.items())


def _in_week(shifts: Any, monday: date) -> Any:
    start = timezone.make_aware(datetime.combine(monday, time()))
    return shifts.filter(starts_at__lt=start + WEEK, ends_at__gt=start).order_by("starts_at", "order", "pk")


def _monday(typed: str) -> date:
    """The Monday of the week that is asked for, else of this one."""
    try:
        day = date.fromisoformat(typed)
        monday = day - timedelta(days=day.weekday())
        return monday if 2000 < monday.year < 2100 else _monday("")
    except (ValueError, OverflowError):
        today = timezone.localdate()
        return today - timedelta(days=today.weekday())


def _week_of(day: date, chosen: str) -> str:
    monday = day - timedelta(days=day.weekday())
    return reverse("duty") + f"?hafta={monday.isoformat()}" + (f"&birim={chosen}" if chosen.isalnum() else "")
