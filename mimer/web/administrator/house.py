"""The page of the municipality itself, and the yearly holidays brought up to date."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mimer.municipality.models import Municipality
from mimer.municipality.seed import Loaded, add_holidays

from ..access import StaffRequest
from ..forms.administrator import MunicipalityForm
from .record import record, words_of
from .views import administrator_only, forget

YEARS_AHEAD = 3


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
    """Adds the public holidays of this year and the next ones where they are missing; nothing written by hand changes."""
    loaded, year = Loaded(), timezone.localdate().year
    add_holidays(loaded, range(year, year + YEARS_AHEAD))
    forget()
    if loaded.total:
        messages.success(request, _("%(n)s tatil günü eklendi.") % {"n": loaded.total})
    else:
        messages.info(request, _("Önümüzdeki yılların resmî tatilleri zaten yazılı; hiçbir şey değişmedi."))
    return redirect("administration_table", "tatiller")
