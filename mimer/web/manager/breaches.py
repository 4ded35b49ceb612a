"""The register of data breaches: the list with what is left of the 72 hours, each record, and the notice to the Board."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from mimer.municipality.roles import Role
from mimer.privacy.breaches import BadBreach, change_breach, notice_pdf, record_breach, time_left
from mimer.privacy.models import Breach

from ..access import StaffRequest, for_roles
from ..forms.manager import BreachForm, breach_as_typed

READERS = (Role.CENTRE_MANAGER, Role.ADMINISTRATOR)
SHOWN = 200


@for_roles(*READERS)
@never_cache
def breach_list(request: StaffRequest) -> HttpResponse:
    """Every breach, the newest first, with what is left of its time."""
    rows = [(breach, time_left(breach), _urgent(breach)) for breach in Breach.objects.all()[:SHOWN]]
    return render(request, "manager/breaches.html", {"rows": rows})


@for_roles(*READERS)
@never_cache
def breach_new(request: StaffRequest) -> HttpResponse:
    """A new record; what was typed stays when something is wrong."""
    form = BreachForm(request.POST if request.method == "POST" else None, use_required_attribute=False)
    if request.method == "POST" and form.is_valid():
        try:
            breach = record_breach(form.cleaned_data, by=request.user)
        except BadBreach as bad:
            form.add_error(bad.about, str(bad))
        else:
            messages.success(
                request, _("İhlal kaydedildi; Kurula bildirim için %(left)s.") % {"left": time_left(breach)}
            )
            return redirect("breach", breach.pk)
    return _show(request, form, None)


@for_roles(*READERS)
@never_cache
def breach_page(request: StaffRequest, pk: int) -> HttpResponse:
    """One breach: its clock, its fields, and everything it said before."""
    breach = get_object_or_404(Breach, pk=pk)
    if request.method != "POST":
        return _show(request, BreachForm(initial=breach_as_typed(breach), use_required_attribute=False), breach)
    form = BreachForm(request.POST, use_required_attribute=False)
    if form.is_valid():
        try:
            change_breach(breach, form.cleaned_data, by=request.user)
        except BadBreach as bad:
            form.add_error(bad.about, str(bad))
        else:
            messages.success(request, _("Değişiklikler kaydedildi."))
            return redirect("breach", breach.pk)
    return _show(request, form, breach)


@for_roles(*READERS)
@never_cache
def breach_notice(request: StaffRequest, pk: int) -> HttpResponse:
    """The notice to the Board as PDF."""
    breach = get_object_or_404(Breach, pk=pk)
    response = HttpResponse(notice_pdf(breach), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="ihlal-{breach.pk}.pdf"'
    return response


def _show(request: StaffRequest, form: BreachForm, breach: Breach | None) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "breach": breach}
    if breach:
        labels = {name: field.label for name, field in form.fields.items()}
        context |= {
            "left": time_left(breach), "urgent": _urgent(breach),
            "changes": [
                (change, [(labels.get(name, name), old, new) for name, old, new in change.details])
                for change in breach.changes.select_related("by")
            ],
        }  # fmt: skip
    return render(request, "manager/breach.html", context, status=422 if form.errors else 200)


def _urgent(breach: Breach) -> bool:
    """Whether more than half of the time has gone and nobody has told the Board."""
    half = breach.learned_at + (breach.due_at - breach.learned_at) / 2
    return breach.notified_at is None and timezone.now() > half
