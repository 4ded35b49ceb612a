"""People: finding them while somebody talks, a person's card, and her identity number for a recorded reason."""

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from mimer.cases.applicants import person_met
from mimer.cases.models import Case
from mimer.cases.paging import newest_page
from mimer.cases.queries import CaseQuerySet
from mimer.municipality.models import Staff
from mimer.municipality.roles import DESK, UNIT
from mimer.notify.models import Message
from mimer.people.card import write_on_card
from mimer.people.models import Person
from mimer.privacy.models import Reveal

from ..access import StaffRequest, for_roles, staff_only
from ..forms.desk import ContactForm, RevealForm, contact_of
from ..unit.rows import for_rows, rows_of
from .callers import asked_for, find_callers

CARD_CHANGES = 5
CASES = 25
MESSAGES = 20


@for_roles(*DESK, *UNIT)
@never_cache
def desk_people(request: StaffRequest) -> HttpResponse:
    """People found by number, telephone or name while it is typed, each with her last cases."""
    asked = asked_for(request.GET.get("caller", ""))
    context = {"found": find_callers(asked, request.user) if asked else [], "asked": asked}
    return render(request, "desk/_found.html", context)


@staff_only
@never_cache
def person(request: StaffRequest, pk: int) -> HttpResponse:
    """A person's card: how to reach her, what she applied about, what she was told."""
    who = _person_or_404(request.user, pk)
    may_edit = request.user.scope.at_desk
    form = ContactForm(request.POST if request.method == "POST" and may_edit else None, initial=contact_of(who))
    if form.is_valid():
        write_on_card(who, form.card(), by=request.user)
        messages.success(request, _("İletişim bilgileri kaydedildi."))
        return redirect("person", who.pk)
    return _show(request, who, form, RevealForm(), status=422 if form.errors else 200)


@for_roles(*DESK, *UNIT)
@never_cache
def person_reveal(request: StaffRequest, pk: int) -> HttpResponse:
    """Uncovers the identity number on this one page, after writing down who asked and why."""
    who = _person_or_404(request.user, pk)
    if request.method != "POST" or not who.national_id:
        return redirect("person", who.pk)
    form = RevealForm(request.POST)
    if not form.is_valid():
        return _show(request, who, ContactForm(initial=contact_of(who)), form, status=422)
    Reveal.objects.create(
        person=who, staff=request.user, reason=form.cleaned_data["reason"], case_number=form.cleaned_data["case_number"]
    )
    return _show(request, who, ContactForm(initial=contact_of(who)), RevealForm(), revealed=who.national_id)


def _person_or_404(staff: Staff, pk: int) -> Person:
    """Her card, if this reader may meet her; the same 404 for none and not yours."""
    if who := person_met(staff, pk):
        return who
    raise Http404


def _cases_naming(staff: Staff) -> CaseQuerySet:
    """The cases by which this reader may know a person; one with a hidden identity leads nobody but the desk to her."""
    return Case.objects.visible_to(staff).naming_applicant_to(staff)


def _show(
    request: StaffRequest,
    who: Person,
    form: ContactForm,
    reveal_form: RevealForm,
    *,
    revealed: str = "",
    status: int = 200,
) -> HttpResponse:
    visible = _cases_naming(request.user)
    page = newest_page(for_rows(visible.filter(applicant=who)), request.GET.get("after", ""), CASES)
    told = Message.objects.filter(Q(case=None) | Q(case__in=visible), person=who).select_related("case")
    scope = request.user.scope
    context = {
        "person": who, "form": form, "reveal_form": reveal_form, "revealed": revealed, "rows": rows_of(page.cases),
        "older": f"?after={page.following}" if page.following else "", "newer": "?" if request.GET.get("after") else "",
        "told": told.order_by("-made_at", "-pk")[:MESSAGES], "may_edit": scope.at_desk,
        "card_changes": who.card_changes.select_related("staff")[:CARD_CHANGES],
        "may_reveal": scope.at_desk or scope.in_unit,
    }  # fmt: skip
    return render(request, "desk/person.html", context, status=status)
