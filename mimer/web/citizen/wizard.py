"""The wizard's addresses: beginning a draft, its pages and uploads, and the check before it is sent."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from mimer.cases.actors import Citizen
from mimer.cases.models import Case
from mimer.cases.rules import NotAllowed
from mimer.intake.web import drop_draft, person_of, submit
from mimer.municipality.models import Neighbourhood, Subject
from mimer.people.phones import display

from .. import limits
from ..files import serve
from ..forms.wizard import LANGUAGES, WAYS, FirstWordsForm
from .draft import begin_draft, keeping_draft, own_draft, unsent_draft
from .journey import Journey, Step
from .pages import PAGES, keep_words, room_for_files, show_words

TOO_MANY = _("Bu bağlantıdan kısa sürede çok fazla başvuru geldi. Biraz bekleyip yeniden gönderin ya da bizi arayın.")


@never_cache
@keeping_draft
def apply(request: HttpRequest) -> HttpResponse:
    """The first page. A draft begins when something is sent, so that those who only look leave nothing behind."""
    code = request.GET.get("konu", "").replace("\0", "")
    subject = Subject.objects.filter(code=code, active=True, citizen_visible=True).first()
    if request.method != "POST":
        form = FirstWordsForm(room=room_for_files(None))
        return render(request, "citizen/words.html", {
            "form": form, "number": 1, "total": 5, "back": reverse("start"), "subject": subject, "unsent": unsent_draft(request),
        })  # fmt: skip
    journey = Journey(begin_draft(request))
    form = FirstWordsForm(request.POST, request.FILES, room=room_for_files(None))
    within = limits.take(request, "apply")
    if not within or form.tripped:
        form.leave_files()
        if not within:
            form.add_error(None, TOO_MANY)
        return show_words(request, journey, form, status=200 if within else 429)
    journey.draft.save()
    if subject:
        journey.choose(subject)
    return keep_words(request, journey, form)


@never_cache
@keeping_draft
def apply_step(request: HttpRequest, key: uuid.UUID, step: str) -> HttpResponse:
    """One page of a draft; a page that is not its turn yet leads to the one that is, a sent draft to its receipt."""
    draft = own_draft(request, key)
    if draft.case:
        return _to_done(draft.case)
    if step not in list(Step):
        raise Http404
    journey = Journey(draft)
    if not journey.may_open(Step(step)):
        return redirect(journey.url(journey.missing))
    return check(request, journey) if step == Step.CHECK else PAGES[Step(step)](request, journey)


def check(request: HttpRequest, journey: Journey) -> HttpResponse:
    """Kontrol edin: everything once more with a way to change it; sending makes one case, however often it is pressed."""
    sentence, status = "", 200
    if request.method == "POST" and not limits.take(request, "send"):
        sentence, status = str(TOO_MANY), 429
    elif request.method == "POST":
        try:
            return _to_done(submit(journey.draft, by=Citizen("web")))
        except NotAllowed as no:
            sentence = str(no)
    return render(request, "citizen/check.html", check_context(journey) | {"sentence": sentence}, status=status)


def check_context(journey: Journey) -> dict[str, object]:
    """Everything that will be sent, as people read it."""
    data, subject = journey.data, journey.subject
    assert subject
    person = person_of(data, subject)
    given = data.get("answers", {})
    answers = [
        (question.text, question.label_of(given[question.code]))
        for question in journey.questions
        if question.code in given
    ]
    number, total = journey.stage(Step.CHECK)
    neighbourhood = Neighbourhood.objects.filter(pk=data.get("neighbourhood") or 0).first()
    return {
        "journey": journey, "subject": subject, "person": person, "answers": answers, "number": number, "total": total,
        "place": _place_line(data, neighbourhood), "phone": display(person.phone) if person and person.phone else "",
        "urls": {step.name: journey.url(step) for step in Step}, "back": journey.before(Step.CHECK),
        "way": dict(WAYS).get(data.get("preferred_way", ""), ""), "language": dict(LANGUAGES).get(data.get("language", ""), ""),
    }  # fmt: skip


def _place_line(data: dict[str, Any], neighbourhood: Neighbourhood | None) -> str:
    parcel = gettext("Ada %(block)s, parsel %(lot)s") % data if data.get("block") else ""
    pin = gettext("haritada gösterildi") if data.get("lat") is not None else ""
    told = [parcel, data.get("address", ""), neighbourhood.name if neighbourhood else "", pin]
    return ", ".join(filter(None, told)) or gettext("Yazılmadı")


def apply_file(request: HttpRequest, key: uuid.UUID, file: int) -> HttpResponseBase:
    """An upload of a draft, for the browser that sent it."""
    kept = own_draft(request, key).files.filter(pk=file).first()
    if kept is None:
        raise Http404
    return serve(kept.file, kept.name, kept.content_type)


@require_POST
def apply_drop(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Deletes an unsent draft."""
    draft = own_draft(request, key)
    if draft.case is None:
        drop_draft(draft)
    return redirect("apply")


def _to_done(case: Case) -> HttpResponse:
    return redirect("applied", number=case.number, code=case.tracking_code)
