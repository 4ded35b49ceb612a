"""The lost code: who names her application and her own telephone or e-mail gets the link there, and nowhere else."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from mimer.cases.models import Case
from mimer.notify.asked import send_tracking_link
from mimer.people.models import Person
from mimer.people.phones import normalise

from .. import limits
from ..forms.citizen import LostCodeForm


@never_cache
def lost_code(request: HttpRequest) -> HttpResponse:
    """Asks for the number and how she is reached; the answer is the same whatever was typed."""
    form = LostCodeForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "citizen/lost_code.html", {"form": form})
    number, reached = form.cleaned_data["number"], form.cleaned_data["reached"]
    if not limits.take(request, "lost_code"):
        return limits.too_many(request, "lost_code")
    case = Case.objects.by_number(number).select_related("applicant", "subject", "unit").first()
    hers = case if case and case.applicant and _is_hers(case.applicant, reached) else None
    # For one application a few times a day, whoever asks and from wherever.
    if hers and limits.take(request, "lost_code_of", f"case:{hers.pk}"):
        send_tracking_link(hers)
    messages.success(
        request, _("Bilgiler başvurudakiyle aynıysa takip bağlantınızı birkaç dakika içinde gönderiyoruz.")
    )
    return redirect("track")


def _is_hers(person: Person, typed: str) -> bool:
    """Whether this is the telephone or the e-mail that she gave us."""
    if "@" in typed:
        return bool(person.email) and person.email == typed.strip().lower()
    phone = normalise(typed)
    return bool(phone) and person.phone == phone
