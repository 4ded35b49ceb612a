"""Who else has a case open: short-lived rows that the page renews while it is looked at."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from mimer.cases.models import Case
from mimer.municipality.models import Staff

from ..access import StaffRequest, case_or_404, row_id, staff_only
from ..models import Presence

# Twice the pace at which an open page renews its row, and some.
LIVES = timedelta(seconds=40)
FORGOTTEN = timedelta(hours=1)


@staff_only
def case_presence(request: StaffRequest, number: str) -> HttpResponse:
    """Renews the reader's own row and says who else is here, and whether she is writing; asked every fifteen seconds."""
    found = case_or_404(request.user, number)
    if request.method == "POST":
        Presence.objects.filter(seen_at__lt=timezone.now() - FORGOTTEN).delete()
        Presence.objects.update_or_create(
            case=found, staff=request.user,
            defaults={"seen_at": timezone.now(), "writing": request.POST.get("writing") == "1"},
        )  # fmt: skip
    typed = row_id(request.POST.get("last_event", ""))
    since = found.last_event if typed is None else typed
    context = {"case": found, "here": here_too(found, request.user), "since": since, "moved": since < found.last_event}
    return render(request, "unit/case_presence.html", context)


def here_too(case: Case, staff: Staff) -> list[Presence]:
    """The others who have this case open now."""
    alive = Presence.objects.filter(case=case, seen_at__gt=timezone.now() - LIVES).exclude(staff=staff)
    return list(alive.select_related("staff").order_by("staff__given_name"))
