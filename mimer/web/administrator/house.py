"""The page of the municipality itself, and the yearly holidays brought up to date."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mimer.municipality.holidays import bring_coming_holidays
from mimer.municipality.models import Municipality
from mimer.municipality.statutes import load_law

from ..access import StaffRequest
from ..forms.administrator import MunicipalityForm
from .record import record, words_of
from .views import administrator_only, forget


@administrator_only
def municipality(request: StaffRequest) -> HttpResponse:
    """Names, numbers, colour, logo, periods and the privacy notice."""
    house = Municipality.objects.filter(pk=1).first() or Municipality.get()
    before = words_of(house) if not house._state.adding else {}
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = MunicipalityForm(*sent, instance=house)
    if sent and form.is_valid():
        with transaction.atomic():
            record(form.save(), before, request.user)
        forget()
        messages.success(request, _("Kaydedildi."))
        return redirect("administration")
    return render(request, "administrator/municipality.html", {"form": form})


@administrator_only
@require_POST
def refresh_holidays(request: StaffRequest) -> HttpResponse:
    """Brings in the public holidays of this year and the next ones; nothing written by hand changes."""
    brought = bring_coming_holidays()
    forget()
    if brought.changed:
        said = {"n": len(brought.added), "corrected": len(brought.corrected), "removed": len(brought.removed)}
        words = _("%(n)s tatil günü eklendi, %(corrected)s düzeltildi, %(removed)s günü değiştiği için kaldırıldı.")
        messages.success(request, words % said)
    else:
        messages.info(request, _("Önümüzdeki yılların resmî tatilleri zaten yazılı; hiçbir şey değişmedi."))
    return redirect("administration_table", "tatiller")


@administrator_only
@require_POST
def refresh_law(request: StaffRequest) -> HttpResponse:
    """Adds the shipped rows of the law of which the tables hold none; nothing that was edited changes."""
    added = load_law()
    forget()
    if added:
        messages.success(request, _("%(n)s mevzuat satırı eklendi.") % {"n": added})
    else:
        messages.info(request, _("Mevzuat satırları zaten yazılı; hiçbir şey değişmedi."))
    return redirect("administration_table", "sureler")
