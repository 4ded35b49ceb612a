"""Following an application: by its number and secret code, from any device, signed in nowhere."""

import re
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from mimer.cases.actors import Citizen
from mimer.cases.information import grounds_told, remedy_told
from mimer.cases.models import Case
from mimer.cases.rules import verbs_for
from mimer.cases.states import State
from mimer.turkish import fold

from .. import limits
from ..context import municipality_of
from ..files import serve
from ..forms.citizen import TrackForm
from ..receipt import next_steps, promise_of, receipt_for
from .private import private_page
from .story import Story, main_entries
from .verbs import VERBS

CITIZEN = Citizen("web")
# What the page shows, and no more: this is the page most often asked for.
WITH = ("subject", "unit", "neighbourhood")
SHOWN = (
    "year", "tracking_code", "state", "outcome", "text", "language", "place_kind", "lat", "lon", "address", "block", "lot",
    "received_at", "recorded_at", "due_at", "legal_due_on", "planned_for", "promised_on", "resolved_at", "reopenings", "returns",
    "applicant_id", "external_body_id", "subject__name_tr", "subject__name_en", "subject__needs_approval",
    "unit__name_tr", "unit__name_en", "neighbourhood__name",
)  # fmt: skip


def tracked_case(number: str, code: str) -> Case | None:
    """The case with this public number if the code is its own; typed with spaces, in small letters, without hyphens."""
    case = Case.objects.by_number(number).select_related(*WITH).only(*SHOWN).order_by().first()
    typed = re.sub("[^a-z0-9]", "", fold(code)).upper()
    # Compared in any case, so that a wrong number takes as long as a wrong code.
    known = case.tracking_code if case else "-" * 10
    return case if constant_time_compare(known, typed) else None


def case_or_refusal(request: HttpRequest, number: str, code: str) -> Case | HttpResponse:
    """The case, or the page that says that there were too many tries; 404 for a wrong pair."""
    case = tracked_case(number, code)
    if case:
        return case
    if _guessed_too_often(request, number):
        return limits.too_many(request, "track")
    raise Http404


def _guessed_too_often(request: HttpRequest, number: str) -> bool:
    """Counts a wrong code, for this number from this address and for the address in all.

    Only who is wrong is counted and refused: a network may be a whole town's, and its other people know their codes.
    """
    digits = re.sub("[^0-9]", "", number)[:20]
    within = limits.take(request, "track", f"{limits.client_address(request)} {digits}")
    return not limits.take(request, "track_anything") or not within


@never_cache
def track(request: HttpRequest) -> HttpResponse:
    """The form for number and code; one answer for a wrong number and a wrong code."""
    if request.method != "POST":
        return render(request, "citizen/track.html", {"form": TrackForm()})
    form = TrackForm(request.POST)
    if form.is_valid():
        case = tracked_case(form.cleaned_data["number"], form.cleaned_data["code"])
        if case:
            return redirect("tracked", number=case.number, code=case.tracking_code)
        if _guessed_too_often(request, form.cleaned_data["number"]):
            return limits.too_many(request, "track")
        form.add_error(
            None, _("Bu numara ve kodla bir başvuru bulamadık. Belgenizdeki numarayı ve kodu yeniden yazın.")
        )
    return render(request, "citizen/track.html", {"form": form})


@private_page
def tracked(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """The page of one application, for who holds its code."""
    case = case_or_refusal(request, number, code)
    if isinstance(case, HttpResponse):
        return case
    story = Story(case)
    main = _main_of(case, story)
    allowed = allowed_verbs(request, case)
    asked = "applicant_replies" in allowed  # then it is her turn, however the common record stands
    state = main.state if main and case.is_open and not asked else case.state
    answer = story.answer()
    context: dict[str, Any] = {
        "case": case, "state": state, "answer": answer, "entries": story.entries(), "rated": story.score(),
        "asked": story.question() if asked else "", "not_solved_until": _until(request, case),
        "main_entries": main_entries(main) if main else [], "promise": _promise(case, main, story), "allowed": allowed,
        "fee": case.fee_notices.last() if state == State.WAITING_APPLICANT and case.awaits_fee else None,
        "verbs": [VERBS[name] for name in ("attach", "reopen", "withdraw") if name in allowed],
        "grounds": grounds_told(case, answer.grounds) if answer else [],
        "remedy": remedy_told(case, answer.outcome) if answer else "",
    }  # fmt: skip
    return render(request, "citizen/tracked.html", context)


def allowed_verbs(request: HttpRequest, case: Case) -> set[str]:
    """What she may do at this moment; a record that hers rests with takes none of it away."""
    allowed = {name for name in verbs_for(case, CITIZEN) if name in VERBS}
    until = _until(request, case)
    if until and until < timezone.now():
        allowed.discard("not_solved")
    return allowed


def _until(request: HttpRequest, case: Case) -> datetime | None:
    """Until when "Sorunum çözülmedi" can be said."""
    return case.resolved_at + timedelta(days=municipality_of(request).not_solved_days) if case.resolved_at else None


def _main_of(case: Case, story: Story) -> Case | None:
    """The record this one rests with at present; asked for only if it was ever merged."""
    if not any(event.verb == "merge" for event in story.events):
        return None
    edge = case.merges.filter(ended_at=None).select_related("main").first()
    return edge.main if edge else None


def _promise(case: Case, main: Case | None, story: Story) -> dict[str, Any]:
    """What was promised and is still owed: the last date told, with the one before it and why it moved, and the law's."""
    if not case.is_open:
        return {}
    planned = case.planned_for or (main.planned_for if main else None)
    due: date | None = case.promised_on or (timezone.localtime(case.due_at).date() if case.due_at else None)
    moved = case.promised_on is not None and (case.due_at is None or timezone.localtime(case.due_at).date() != due)
    late = case.promised_on is not None and case.promised_on < timezone.localdate() if moved else case.is_late()
    if case.planned_for is not None and case.promised_on not in (None, case.planned_for):
        planned = None  # another day was told after the plan
    before = story.moved_date()
    return {
        "planned": planned, "due": due, "legal": case.legal_due_on, "late": late,
        "before": before[0] if before else None, "why": before[1] if before else "",
    }  # fmt: skip


@private_page
def tracked_verb(request: HttpRequest, number: str, code: str, verb: str) -> HttpResponse:
    """What she says or does about her own application, a page each; nothing typed is lost when it cannot be taken."""
    if verb not in VERBS:
        raise Http404
    case = case_or_refusal(request, number, code)
    if isinstance(case, HttpResponse):
        return case
    back, story = redirect("tracked", number=case.number, code=case.tracking_code), Story(case)
    if request.method == "POST":
        form, done = VERBS[verb].try_it(request, case, within=limits.take(request, "speak"))
        if done:
            return back
    elif verb not in allowed_verbs(request, case):
        messages.warning(request, _("Bu şu anda yapılamıyor; başvurunuzun durumu değişmiş olabilir."))
        return back
    else:
        form = VERBS[verb].make()
    asked = story.question() if verb == "applicant_replies" else ""
    context = {"case": case, "verb": VERBS[verb], "form": form, "asked": asked}
    return render(request, "citizen/tracked_verb.html", context)


@private_page
def tracked_file(request: HttpRequest, number: str, code: str, file: int) -> HttpResponseBase:
    """A file of this application that its applicant may see."""
    case = case_or_refusal(request, number, code)
    if isinstance(case, HttpResponse):
        return case
    attachment = case.attachments.filter(pk=file, public=True).first()
    if attachment is None:
        raise Http404
    return serve(attachment.file, attachment.name, attachment.content_type)


@private_page
def receipt(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """The receipt as PDF, with a code for telephones to read."""
    case = case_or_refusal(request, number, code)
    if isinstance(case, HttpResponse):
        return case
    response = HttpResponse(receipt_for(case, municipality_of(request)), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{case.number}.pdf"'
    return response


@private_page
def applied(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Tamamlandı: the number large, the code, the promise, and what happens next."""
    case = case_or_refusal(request, number, code)
    if isinstance(case, HttpResponse):
        return case
    return render(
        request, "citizen/applied.html", {"case": case, "promise": promise_of(case), "steps": next_steps(case)}
    )
