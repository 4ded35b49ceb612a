"""After the record: the number to read out, the promise, and the receipt on paper."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from mimer.cases.models import Case
from mimer.cases.rules import verbs_for
from mimer.municipality.models import Staff
from mimer.municipality.named import known_language
from mimer.paper import ReceiptSize
from mimer.turkish import spell_digits

from ..access import StaffRequest, staff_only
from ..context import municipality_of
from ..receipt import may_hand_out, promise_of, receipt_for, recorded_today
from ..unit.petition import petition_card

WITH = ("subject", "unit", "neighbourhood", "applicant", "external_body")


@staff_only
@never_cache
def desk_saved(request: StaffRequest, number: str) -> HttpResponse:
    """The number large and as it is said, the secret code, and until when the house answers."""
    case, may_open = _recorded(request.user, number)
    language = known_language(case.language)
    context = {
        "case": case, "may_open": may_open, "promise": promise_of(case), "counter": not request.user.scope.at_desk,
        "paper": petition_card(case, verbs_for(case, request.user)) if may_open else None,
        "spoken": spell_digits(case.number, language=language),
        "spoken_code": spell_digits(case.tracking_code, language=language),
    }  # fmt: skip
    return render(request, "desk/saved.html", context)


@staff_only
@never_cache
def staff_receipt(request: StaffRequest, number: str) -> HttpResponse:
    """The receipt as PDF: A5, or `?kagit=roll` for a receipt printer, or `a4`."""
    case, _may_open = _recorded(request.user, number)
    wanted = request.GET.get("kagit", "")
    size = ReceiptSize(wanted) if wanted in list(ReceiptSize) else ReceiptSize.A5
    response = HttpResponse(receipt_for(case, municipality_of(request), size), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{case.number}.pdf"'
    return response


def _recorded(staff: Staff, number: str) -> tuple[Case, bool]:
    """The case and whether its page may be opened: the desk's, if she sees it, or one she took down today."""
    cases = Case.objects.by_number(number).select_related(*WITH)
    case, may_open = cases.first(), cases.visible_to(staff).exists()
    if case and (may_hand_out(case, staff) if may_open else recorded_today(case, staff)):
        return case, may_open
    raise Http404
