"""The page of one verb: shows its form, runs it, and tells what came of it without losing a word that was typed."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from mimer.cases.models import Case
from mimer.cases.rules import NotAllowed, check
from mimer.knowledge.models import CannedAnswer

from ..access import StaffRequest, case_or_404, row_id, staff_only
from ..forms import answers
from ..forms.verbs import VerbForm
from .case_page import Opened, for_page, news_since, show_case
from .verbs import VERBS, done, form_of

MOVED_ON = gettext_noop(
    "Siz yazarken başvuru ilerledi; yazdıklarınız duruyor. Yine de yapmak istiyorsanız yeniden gönderin."
)


@staff_only
def case_verb(request: StaffRequest, number: str, verb: str) -> HttpResponse:
    """Shows the form of a verb (alone for htmx, else on the case page) or runs it; refused, the page keeps what was typed."""
    if verb not in VERBS:
        raise Http404
    case = case_or_404(request.user, number, for_page() if request.method != "POST" else None)
    if request.method != "POST":
        return _show_form(request, case, verb)
    form = form_of(verb, case, request.user, request.POST, request.FILES)
    if "fill" in request.POST:
        return _show(request, case, Opened(verb, _with_canned(form, verb)))
    news = [] if VERBS[verb].harmless else news_since(case, request.POST.get("last_event", ""), request.user)
    if news:
        form.add_error(None, _(MOVED_ON))
    if not form.is_valid() or not done(form, verb):
        return _show(request, case, Opened(verb, form, news))
    messages.success(request, str(VERBS[verb].done))
    still_seen = Case.objects.visible_to(request.user).filter(pk=case.pk).exists()
    return redirect("case", number=case.number) if still_seen else redirect("inbox")


def _show_form(request: StaffRequest, case: Case, verb: str) -> HttpResponse:
    """The empty form; whoever may not use it now reads why on the case page."""
    try:
        check(verb, case, request.user)
    except NotAllowed as refused:
        messages.error(request, str(refused))
        return redirect("case", number=case.number)
    form = form_of(verb, case, request.user, initial=request.GET.dict())
    if request.GET.get("canned"):
        form = _with_canned(form, verb, request.GET["canned"])
    return _show(request, case, Opened(verb, form))


def _show(request: StaffRequest, case: Case, opened: Opened) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return render(request, "unit/verbs/form.html", {"case": case, "opened": opened})
    return show_case(request, case, opened)


def _with_canned(form: VerbForm, verb: str, chosen: str | None = None) -> VerbForm:
    """The form as typed so far, with the chosen ready text (or the body's own words) in place of the answer."""
    typed = {name: value for name, value in form.data.items() if value} or dict(form.initial)
    canned = CannedAnswer.objects.filter(pk=row_id(str(chosen or typed.get("canned") or "")) or 0).first()
    if canned:
        typed |= {"text": answers.filled(canned, form.case), "outcome": typed.get("outcome") or canned.outcome}
    elif verb == "refer":
        typed.pop("text", None)
    return form_of(verb, form.case, form.staff, initial=typed)
