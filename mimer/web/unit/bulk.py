"""Many cases at once: each by its own verb, what could not be done is named, and what can be undone can be undone."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from mimer.cases import actions
from mimer.cases.models import Case
from mimer.cases.rules import NotAllowed
from mimer.cases.states import State
from mimer.municipality.models import Staff, Unit

from ..access import StaffRequest, row_id, staff_only
from ..forms.bulk import BulkForm
from ..models import BulkAction

UNDO_WITHIN = timedelta(minutes=30)
# What it takes to give the case back exactly as it was, or None where no verb does that.
Before = dict[str, Any] | None
Do = Callable[[Case, BulkForm, Staff], Before]


def _route(case: Case, form: BulkForm, by: Staff) -> Before:
    """Only a case that waited in a unit for anybody can be sent back there; an arbiter's ruling stands until her next."""
    waited = case.state == State.ASSIGNED and case.officer_id is None and case.returns < 2
    before = {"unit": case.unit_id} if waited else None
    actions.route(case, form.cleaned_data["unit"], form.cleaned_data["reason"], by=by)
    return before


def _assign(case: Case, form: BulkForm, by: Staff) -> Before:
    before = {"officer": case.officer_id}
    actions.assign(case, form.cleaned_data["officer"], by=by)
    return before


def _merge(case: Case, form: BulkForm, by: Staff) -> Before:
    actions.merge(case, form.cleaned_data["main"], by=by)
    return {}


def _accept(case: Case, form: BulkForm, by: Staff) -> Before:
    actions.accept(case, by=by)
    return None


def _close(case: Case, form: BulkForm, by: Staff) -> Before:
    actions.close(case, by=by)
    return None


VERBS: dict[str, Do] = {"route": _route, "assign": _assign, "accept": _accept, "merge": _merge, "close": _close}
UNDOABLE = frozenset({"route", "assign", "merge"})


@staff_only
@require_POST
def bulk(request: StaffRequest) -> HttpResponse:
    """Does one verb to every chosen case; asks for what the verb needs where it is not said yet."""
    chosen = [pk for typed in request.POST.getlist("case") if (pk := row_id(typed)) is not None][:200]
    cases = list(Case.objects.visible_to(request.user).filter(pk__in=chosen).select_related("subject", "unit"))
    form = BulkForm(request.POST, staff=request.user)
    if not cases:
        messages.error(request, _("Önce listeden en az bir başvuru seçin."))
        return _back(request)
    if not form.is_valid():
        return render(request, "unit/bulk.html", {"form": form, "cases": cases, "back": request.POST.get("back", "")})
    # Saved first and after each case, so that what was done before a crash can be undone after it.
    action = BulkAction.objects.create(staff=request.user, verb=form.cleaned_data["verb"])
    faults = _do_all(action, cases, form)
    for number, sentence in faults[:10]:
        messages.error(request, f"{number}: {sentence}")
    if not action.done:
        action.delete()
    else:
        count = len(action.done)
        done = ngettext("%(count)s başvuru işlendi.", "%(count)s başvuru işlendi.", count) % {"count": count}
        messages.success(request, done, extra_tags=f"undo:{action.pk}" if _undoable(action) else "")
    return _back(request)


def _do_all(action: BulkAction, cases: list[Case], form: BulkForm) -> list[tuple[str, str]]:
    """Runs the verb case by case, each in one transaction with its undo; returns what was refused, with the sentence."""
    faults: list[tuple[str, str]] = []
    for case in cases:
        seen = case.last_event
        try:
            with transaction.atomic():
                before = VERBS[action.verb](case, form, action.staff)
                event = case.last_event if case.last_event != seen else None  # none where it was so already
                action.done.append({"case": case.pk, "before": before, "event": event})
                action.save(update_fields=["done"])
        except NotAllowed as fault:
            faults.append((case.number, str(fault)))
    return faults


def _undoable(action: BulkAction) -> bool:
    """Whether at least one case can be given back as it was."""
    return any(row["event"] and row["before"] is not None for row in action.done)


@staff_only
@require_POST
def bulk_undo(request: StaffRequest, pk: int) -> HttpResponse:
    """Takes a bulk action back, once, within half an hour, wherever the table still allows it."""
    now = timezone.now()
    mine = BulkAction.objects.filter(pk=pk, staff=request.user, verb__in=UNDOABLE, at__gt=now - UNDO_WITHIN)
    if not mine.filter(undone_at=None).update(undone_at=now):  # of two clicks one finds it so
        raise Http404
    action = mine.get()
    done = {row["case"]: row for row in action.done if row["event"]}
    back = 0
    for case in Case.objects.visible_to(request.user).filter(pk__in=done).select_related("subject"):
        try:
            with transaction.atomic():
                _check_untouched(case, done[case.pk]["event"])
                _take_back(action.verb, case, done[case.pk]["before"], request.user)
            back += 1
        except NotAllowed as fault:
            messages.error(request, f"{case.number}: {fault}")
    messages.success(
        request, ngettext("%(n)s başvuru eski haline döndü.", "%(n)s başvuru eski haline döndü.", back) % {"n": back}
    )
    return _back(request)


def _check_untouched(case: Case, event: int) -> None:
    """Locks the case; NotAllowed when somebody has worked on it since the bulk action."""
    last = Case.objects.select_for_update().values_list("last_event", flat=True).get(pk=case.pk)
    if last != event:
        raise NotAllowed(_("Bu başvuruda sonradan başka bir işlem yapıldı; geri alınmadı."))


def _take_back(verb: str, case: Case, before: Before, by: Staff) -> None:
    if before is None:
        raise NotAllowed(
            _("Eski haline dönemez: havaleden önce bir birimde beklemiyordu. Doğru birime elle havale edin.")
        )
    if verb == "merge":
        actions.unmerge(case, by=by)
    elif verb == "assign":
        actions.assign(case, Staff.objects.filter(pk=before["officer"]).first(), by=by)
    else:
        actions.route(case, Unit.objects.get(pk=before["unit"]), _("Toplu havale geri alındı"), by=by)


def _back(request: StaffRequest) -> HttpResponse:
    """To the list she came from, if it is one of ours."""
    back = request.POST.get("back", "")
    return redirect(back if url_has_allowed_host_and_scheme(back, {request.get_host()}) else "inbox")
