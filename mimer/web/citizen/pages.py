"""The pages of the wizard, one function each: a form, what it keeps, and on to whatever is missing next."""

from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from mimer.intake.web import drop_file, keep_file
from mimer.municipality.models import Municipality
from mimer.municipality.named import in_language, known_language
from mimer.municipality.where import is_ours, neighbourhood_at, neighbourhoods_in_order

from .. import limits
from ..access import row_id
from ..forms.wizard import (
    ContactForm,
    PlaceForm,
    QuestionsForm,
    SubjectForm,
    WordsForm,
    contact_initial,
)
from .journey import Journey, Step
from .subjects import choices_for


def words(request: HttpRequest, journey: Journey) -> HttpResponse:
    """Ne oldu? The words, and photos that can be taken out again."""
    if request.method != "POST":
        return show_words(request, journey, WordsForm(initial=journey.data, room=room_for_files(journey)))
    form = WordsForm(request.POST, request.FILES, room=room_for_files(journey))
    return keep_words(request, journey, form)


def keep_words(request: HttpRequest, journey: Journey, form: WordsForm) -> HttpResponse:
    """Keeps whatever is good of words and photos, even when something else on the page is not.

    The words are safe before a file is touched: files are what goes wrong.
    """
    journey.keep_unfinished(text=form.words_alone() or journey.data.get("text", ""))
    if request.FILES and not limits.take(request, "upload"):
        form.leave_files()
        form.add_error("photos", _("Kısa sürede çok fazla dosya gönderildi; birkaç dakika sonra yeniden ekleyin."))
    valid = form.is_valid()
    for checked in form.photos_field.checked:
        keep_file(journey.draft, checked)
    if remove := request.POST.get("remove"):
        for file in journey.draft.files.filter(pk=row_id(remove) or 0):
            drop_file(file)
    if remove or "add" in request.POST:
        if "photos" not in form.errors:
            return redirect(f"{journey.url(Step.WORDS)}#fotograflar")
    elif valid:
        journey.keep(Step.WORDS, text=form.cleaned_data["text"])
        return redirect(journey.url(journey.missing))
    journey.__dict__.pop("files", None)
    return show_words(request, journey, form)


def show_words(request: HttpRequest, journey: Journey, form: Form, status: int = 200) -> HttpResponse:
    """The first page, of a draft or of one that is not begun yet."""
    return _page(request, journey, Step.WORDS, form, "words", status=status)


def subject(request: HttpRequest, journey: Journey) -> HttpResponse:
    """Hangi konu? What her words suggest first, then everything by category."""
    if request.method == "POST":
        form = SubjectForm(request.POST)
        if form.is_valid():
            journey.choose(form.cleaned_data["subject"])
            return redirect(journey.url(journey.missing))
    else:
        form = SubjectForm(initial={"subject": journey.data.get("subject")})
    asked = request.GET.get("ara", "").strip()[:200]
    found = choices_for(asked or str(journey.data.get("text", "")))
    chosen = form["subject"].value()
    return _page(
        request,
        journey,
        Step.SUBJECT,
        form,
        "subject",
        asked=asked,
        found=found,
        chosen=row_id(str(chosen)),
    )


def body(request: HttpRequest, journey: Journey) -> HttpResponse:
    """Bu konu … kurumunun görevi: how to reach it, and that we pass it on all the same if she wants."""
    if request.method == "POST":
        journey.keep(Step.BODY)
        return redirect(journey.url(journey.missing))
    return _page(request, journey, Step.BODY, None, "body")


def questions(request: HttpRequest, journey: Journey) -> HttpResponse:
    """What this subject asks of everyone."""
    if request.method == "POST":
        form = QuestionsForm(request.POST, questions=journey.questions)
        if form.is_valid():
            answers = {**journey.data.get("answers", {}), **dict.fromkeys(form.fields, ""), **form.answers()}
            journey.keep(Step.QUESTIONS, answers={code: answer for code, answer in answers.items() if answer != ""})
            return redirect(journey.url(journey.missing))
    else:
        form = QuestionsForm(initial=journey.data.get("answers"), questions=journey.questions)
    return _page(request, journey, Step.QUESTIONS, form, "questions")


def place(request: HttpRequest, journey: Journey) -> HttpResponse:
    """Nerede? The photo's own place first, then address, neighbourhood, parcel and map."""
    assert journey.subject
    photo = journey.photo_place
    options: dict[str, Any] = {"neighbourhoods": neighbourhoods_in_order(), "subject": journey.subject, "photo": photo}
    if request.method == "POST":
        form = PlaceForm(request.POST, **options)
        if form.is_valid():
            keep_place(journey, form)
            return redirect(journey.url(journey.missing))
    else:
        form = PlaceForm(initial=_place_initial(journey, photo), **options)
    guess = neighbourhood_at(*photo) if photo else None
    return _page(request, journey, Step.PLACE, form, "place", photo_neighbourhood=guess, photo_at=photo)


def keep_place(journey: Journey, form: PlaceForm) -> None:
    """Keeps the place; where only a point was given, the neighbourhood is told from it."""
    told = {name: form.cleaned_data.get(name) or "" for name in ("block", "lot", "neighbourhood", "address")}
    lat, lon = form.cleaned_data["lat"], form.cleaned_data["lon"]
    outside = lat is not None and not is_ours(lat, lon)
    if lat is not None and not outside and not told["neighbourhood"] and (guess := neighbourhood_at(lat, lon)):
        told["neighbourhood"] = guess.pk
    if (lat, lon) != (journey.data.get("lat"), journey.data.get("lon")):
        journey.data["done"] = [step for step in journey.data.get("done", []) if step != Step.OUTSIDE]
    photo_place = form.cleaned_data.get("photo_place", "")
    journey.keep(Step.PLACE, **told, lat=lat, lon=lon, outside=outside, photo_place=photo_place)


def outside(request: HttpRequest, journey: Journey) -> HttpResponse:
    """The point is not ours: who is responsible there, and whether she wants to correct it or go on."""
    if request.method == "POST":
        journey.keep(Step.OUTSIDE)
        return redirect(journey.url(journey.missing))
    return _page(request, journey, Step.OUTSIDE, None, "outside", responsible=Municipality.get().outside_body)


def contact(request: HttpRequest, journey: Journey) -> HttpResponse:
    """Size nasıl ulaşalım? With what happens to her data, and what she gives up by not saying her name."""
    assert journey.subject
    if request.method == "POST":
        form = ContactForm(request.POST, subject=journey.subject)
        if form.is_valid():
            told = {"who": "named", **form.cleaned_data}
            told["language"] = told["language"] or known_language()
            journey.keep(Step.CONTACT, **told)
            return redirect(journey.url(journey.missing))
    else:
        form = ContactForm(initial=contact_initial(journey.data, known_language()), subject=journey.subject)
    return _page(
        request, journey, Step.CONTACT, form, "contact", notice=in_language(Municipality.get(), "privacy_short")
    )


def room_for_files(journey: Journey | None) -> int:
    """How many more files this draft may take."""
    from django.conf import settings

    return int(settings.UPLOAD_MAX_FILES) - (journey.draft.files.count() if journey else 0)


def _page(
    request: HttpRequest, journey: Journey, step: Step, form: Form | None, name: str, status: int = 200, **more: Any
) -> HttpResponse:
    number, total = journey.stage(step)
    saved = journey.draft.case_id is not None or not journey.draft._state.adding
    context = {
        "form": form, "journey": journey, "subject": journey.subject if saved else None, "number": number, "total": total,
        "back": journey.before(step), "saved": saved, "about_subject": saved and journey.is_first_about_subject(step), **more,
    }  # fmt: skip
    return render(request, f"citizen/{name}.html", context, status=status)


def _place_initial(journey: Journey, photo: tuple[float, float] | None) -> dict[str, Any]:
    initial = dict(journey.data)
    if photo and not initial.get("photo_place"):
        initial |= {"photo_place": "yes"}
        if initial.get("lat") is None:
            initial |= {"lat": photo[0], "lon": photo[1]}
    return initial


PAGES = {
    Step.WORDS: words, Step.SUBJECT: subject, Step.BODY: body, Step.QUESTIONS: questions, Step.PLACE: place,
    Step.OUTSIDE: outside, Step.CONTACT: contact,
}  # fmt: skip
