"""An application for one's own data (6698): the identity check first, then everything held on the person in one archive."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from mimer.cases.models import Case
from mimer.municipality.roles import Role
from mimer.privacy.collection import NotChecked, check_identity, collect, is_data_request

from ..access import StaffRequest, case_or_404, for_roles
from ..forms.manager import IdentityForm


@for_roles(Role.CENTRE_MANAGER)
@never_cache
def data_subject(request: StaffRequest, number: str) -> HttpResponse:
    """The steps of the request; one button checks, one gives out, and both are kept."""
    case = case_or_404(request.user, number)
    if not is_data_request(case):
        raise Http404
    act = request.POST.get("act", "") if request.method == "POST" else ""
    if act == "collect":
        return _give_out(request, case)
    form = IdentityForm(request.POST if act else None, use_required_attribute=False)
    if act and form.is_valid():
        check_identity(case, form.cleaned_data["how"], by=request.user)
        messages.success(request, _("Kimlik doğrulaması kaydedildi."))
        return redirect("data_subject", case.number)
    context = {
        "case": case, "form": form, "checks": case.identity_checks.select_related("by"),
        "collections": case.collections.select_related("by"),
    }  # fmt: skip
    return render(request, "manager/data_subject.html", context, status=422 if form.errors else 200)


def _give_out(request: StaffRequest, case: Case) -> HttpResponse:
    try:
        archive = collect(case, by=request.user)
    except NotChecked as no:
        messages.error(request, str(no))
        return redirect("data_subject", case.number)
    response = HttpResponse(archive, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="kisisel-veriler-{case.number}.zip"'
    return response
