"""The single screen for telephone, desk and petition, and its smaller sister at a unit's own counter."""

import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from mimer.cases import actions
from mimer.cases.actions import Draft, Opening
from mimer.cases.actions.opening import Place
from mimer.cases.legal import WRITTEN
from mimer.cases.models import Case
from mimer.cases.rules import NotAllowed
from mimer.cases.states import Outcome
from mimer.intake.receive import Arrival, Referral, receive
from mimer.knowledge.models import CannedAnswer
from mimer.municipality.catalogue import catalogue
from mimer.municipality.kinds import Channel, Way
from mimer.municipality.models import Staff, Subject
from mimer.municipality.roles import DESK, UNIT
from mimer.people.card import write_on_card
from mimer.people.models import Person, PersonKind

from ..access import StaffRequest, for_roles, row_id
from ..forms.answers import referral_words
from ..forms.desk import USUAL_WAY, CallForm, contact_of
from ..receipt import recorded_today
from .callers import caller_of
from .screen import ANSWER_PREFIX, Screen, channels_of, questions_form

PARTS = {
    "words": "desk/_suggestions.html",
    "subject": "desk/_subject.html",
    "place": "desk/_near.html",
    "caller": "desk/_caller.html",
    "channel": "desk/_paper.html",
    "answer": "desk/_answer.html",
}
# Buttons that bring something up instead of saving, for browsers without scripts, and the field each fills.
FILLS = {"choose": "person", "forget": "person", "pick": "subject", "canned": "canned", "find": "", "look": ""}
SAME_PAPER = timedelta(minutes=15)


@for_roles(*DESK)
@never_cache
def desk_new(request: StaffRequest) -> HttpResponse:
    """One call, visit or petition on one page; saving leads to the number to read out."""
    return _call(request, counter=False)


@for_roles(*UNIT)
@never_cache
def unit_new(request: StaffRequest) -> HttpResponse:
    """The same at a unit's own counter: what is the unit's stays there, the rest goes where it belongs."""
    return _call(request, counter=True)


@for_roles(*DESK, *UNIT)
@require_POST
@never_cache
def desk_help(request: StaffRequest) -> HttpResponse:
    """What the words so far bring up: one part of the screen, and the others that depend on it."""
    told = _told(request)
    counter = not request.user.scope.at_desk or told.get("channel") == Channel.UNIT
    part = request.POST.get("part", "")
    context = {"screen": Screen(request.user, told, counter=counter), "part": part}
    return render(request, PARTS.get(part, PARTS["place"]), context)


def _call(request: StaffRequest, *, counter: bool) -> HttpResponse:
    if request.method == "POST" and not FILLS.keys() & request.POST.keys():
        return _save(request, counter=counter)
    told = _told(request) if request.method == "POST" else _fresh(request, counter)
    return _show(request, Screen(request.user, told, counter=counter))


def _save(request: StaffRequest, *, counter: bool) -> HttpResponse:
    form = CallForm(request.POST, request.FILES, staff=request.user, channels=channels_of(counter))
    ending = request.POST.get("act", "")
    if form.is_valid() and _ending_is_complete(form, ending) and not _already_recorded(form, request.user):
        try:
            case = _record(form, request.POST, ending, request.user)
        except NotAllowed as no:
            form.add_error(None, str(no))
        else:
            _support(request, case, form.cleaned_data["supports"])
            return redirect("desk_saved", case.number)
    return _show(request, Screen(request.user, request.POST, counter=counter, form=form), status=422)


def _show(request: StaffRequest, screen: Screen, status: int = 200) -> HttpResponse:
    lost = [upload.name for upload in request.FILES.getlist("papers")]
    return render(request, "desk/call.html", {"screen": screen, "form": screen.form, "lost_files": lost}, status=status)


def _told(request: StaffRequest) -> dict[str, Any]:
    """What the fields hold, with what was just chosen put in."""
    told: dict[str, Any] = {name: request.POST.get(name, "") for name in request.POST}
    for button, name in FILLS.items():
        if name and button in told:
            told[name] = told.pop(button)
    if "choose" in request.POST or "forget" in request.POST:
        told |= _contact(told["person"], request.user)
    if "canned" in told:
        told["answer"] = _canned_text(request.user, told)
    return told


def _contact(pk: str, staff: Staff) -> dict[str, str]:
    """The contact fields of whoever was just chosen, or empty ones where nobody is any more."""
    caller = caller_of(pk, staff)
    return contact_of(caller.person) if caller else contact_of(Person(preferred_way=""))


def _canned_text(staff: Staff, told: dict[str, Any]) -> str:
    pk = str(told.pop("canned"))
    canned = CannedAnswer.objects.filter(pk=row_id(pk) or 0).first()
    return Screen(staff, told, counter=False).spoken(canned) if canned else told.get("answer", "")


def _fresh(request: StaffRequest, counter: bool) -> dict[str, Any]:
    channels, asked = channels_of(counter), request.GET.get("kanal", "")
    channel = asked if asked in channels else channels[0]
    told: dict[str, Any] = {"channel": channel, "key": secrets.token_hex(8), "language": "tr", "preferred_way": ""}
    if pk := request.GET.get("kisi", ""):
        told |= {"person": pk} | _contact(pk, request.user)
    return told


def _ending_is_complete(form: CallForm, ending: str) -> bool:
    """What was told on the spot stands in words; without a subject of another body nothing can be referred."""
    subject = form.cleaned_data["subject"]
    if ending == "informed" and not form.cleaned_data["answer"]:
        form.add_error("answer", _("Başvurana verdiğiniz bilgiyi yazın"))
    if ending == "refer" and subject.external_body is None:
        form.add_error("subject", _("Bu konunun dış kurumu tanımlı değil; kaydedip başvuru sayfasından yönlendirin"))
    return not form.errors


def _already_recorded(form: CallForm, by: Staff) -> bool:
    """Whether another paper with this number is known; the same sheet sent twice by the same hand is none."""
    number = form.cleaned_data["document_number"]
    same = Q(channel=form.cleaned_data["channel"], source_id=number)
    if form.cleaned_data["channel"] in WRITTEN:
        same |= Q(petition__incoming_number=number)
    known = Case.objects.filter(same).order_by("pk").first() if number else None
    if known is None:
        return False
    seen = Case.objects.visible_to(by).filter(pk=known.pk).exists()
    same_sheet = known.text == form.cleaned_data["text"] and timezone.now() - known.recorded_at < SAME_PAPER
    if same_sheet and (seen or recorded_today(known, by)):
        return False
    if not seen:
        form.add_error("document_number", _("Bu numarayla kayıtlı bir başvuru var. Numarayı kontrol edin."))
        return True
    sentence = _(
        "Bu numarayla kayıtlı bir başvuru var: %(number)s. Numarayı kontrol edin ya da o başvuruya not ekleyin."
    )
    link = format_html('<a href="{}">{}</a>', reverse("case", args=[known.number]), known.number)
    form.add_error("document_number", ValidationError(format_html(sentence.replace("%(number)s", "{}"), link)))
    return True


def _record(form: CallForm, posted: Any, ending: str, by: Staff) -> Case:
    data = form.cleaned_data
    opening = Opening(
        text=data["text"], subject=data["subject"], channel=data["channel"], type=data["type"],
        answers=_answers(data["subject"], posted), place=_place(form), priority=data["priority"],
        source_id=data["document_number"] or data["key"] or None, received_at=form.received_at, language=data["language"] or "tr",
        external_number=data["document_number"] if data["channel"] == Channel.CIMER else "",
        identity_hidden=data["identity_hidden"],
        paper=form.paper(),
    )  # fmt: skip
    arrival = Arrival(opening, files=data["papers"])
    if ending == "informed":
        arrival.answered = Draft(Outcome.INFORMED, data["answer"])
    elif ending == "refer":
        body = data["subject"].external_body
        arrival.referred = Referral(body, data["answer"] or referral_words(body, opening.language))
    with transaction.atomic():
        arrival.person = _person(form, by)
        return receive(arrival, by=by)


def _answers(subject: Subject, posted: Mapping[str, Any]) -> dict[str, str]:
    """What was answered of the subject's questions; NotAllowed where it cannot be an answer."""
    if not any(name.startswith(ANSWER_PREFIX) for name in posted):
        return {}
    questions = questions_form(catalogue().questions_of(subject), posted, bound=True)
    if not questions.is_valid():
        raise NotAllowed(" ".join(str(error) for errors in questions.errors.values() for error in errors))
    return questions.answers()


def _place(form: CallForm) -> Place:
    data = form.cleaned_data
    return Place(data["lat"], data["lon"], data["address"], form.place_neighbourhood, data["block"], data["lot"])


def _person(form: CallForm, by: Staff) -> Person | None:
    """The person chosen, with what she says is new; or a new one; or nobody, where nothing is known of her."""
    data = form.cleaned_data
    if not form.is_named(data):
        return None
    chosen: Person | None = data["person"]
    if chosen is None:
        return Person(
            given_name=data["given_name"], family_name=data["family_name"], kind=data["kind"] or PersonKind.PERSON,
            phone=data["phone"], email=data["email"], address=data["person_address"], national_id=data["national_id"],
            preferred_way=data["preferred_way"] or _usual_way(form), language=data["language"] or "tr",
        )  # fmt: skip
    identity = {"national_id": data["national_id"]} if data["national_id"] else {}
    return write_on_card(chosen, form.card() | identity, by=by)


def _usual_way(form: CallForm) -> Way:
    """By her door, if what is known of her allows it."""
    data = form.cleaned_data
    reach = {Way.EMAIL: data["email"], Way.LETTER: data["person_address"], Way.PHONE: data["phone"]}
    usual = USUAL_WAY.get(data["channel"], Way.PHONE)
    return usual if reach[usual] else next((way for way, known in reach.items() if known), Way.NONE)


def _support(request: StaffRequest, case: Case, main: int | None) -> None:
    """Ties the new case to the one that says the same, if the agent chose one."""
    known = Case.objects.visible_to(request.user).filter(pk=main).first() if main else None
    if known:
        try:
            actions.merge(case, known, by=request.user)
        except NotAllowed as no:
            messages.warning(request, f"{known.number}: {no}")
