"""Today's jobs of my crew, and what can be done about one of them while standing there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mimer.cases import actions
from mimer.cases.identity import shown_applicant
from mimer.cases.models import AttachmentKind, Case, NoteKind
from mimer.cases.queries import CaseQuerySet
from mimer.cases.rules import NotAllowed
from mimer.cases.states import State
from mimer.municipality.models import Staff
from mimer.municipality.roles import Role

from ..access import StaffRequest, case_or_404, for_roles
from ..forms.field import BeforeForm, DoneForm, NotFoundForm, RemarkForm
from ..forms.planning import LaterForm
from ..forms.verbs import VerbForm
from ..unit.case_page import record_view

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LATER_SHOWN = 60
TO_DO = (State.PLANNED, State.IN_PROGRESS)


@dataclass(frozen=True)
class Deed:
    """One thing to do at a job: its form, its verb, its sentence, and whether the job is over with it."""

    form: type[VerbForm]
    do: Callable[[Case, Any, Staff], object]
    label: "StrOrPromise"
    icon: str
    done: "StrOrPromise"
    over: bool = True


def _answer(case: Case, form: Any, by: Staff) -> object:
    """The photo first, so that it stays whatever else is missing; then as the subject wants it: at once or for approval."""
    for photo in form.cleaned_data.get("photos", ()):
        actions.attach(case, photo, AttachmentKind.AFTER, by=by)
    verb = actions.propose_answer if case.subject.needs_approval else actions.resolve
    return verb(case, form.draft(), by=by)


def _before(case: Case, form: BeforeForm, by: Staff) -> None:
    for photo in form.cleaned_data["photos"]:
        actions.attach(case, photo, AttachmentKind.BEFORE, by=by)


def _later(case: Case, form: LaterForm, by: Staff) -> object:
    return actions.plan(case, form.cleaned_data["day"], form.cleaned_data["reason"], by=by)


def _remark(case: Case, form: RemarkForm, by: Staff) -> object:
    return actions.note(case, form.cleaned_data["text"], by=by)


DEEDS = {
    "once": Deed(BeforeForm, _before, _("“Öncesi” fotoğrafı ekle"), "photo", _("Fotoğraf eklendi."), over=False),
    "yapildi": Deed(DoneForm, _answer, _("Yapıldı"), "check", _("Kaydedildi; elinize sağlık.")),
    "bulunamadi": Deed(NotFoundForm, _answer, _("Bulamadım"), "search", _("Kaydedildi; başvurana bildirilecek.")),
    "sonra": Deed(LaterForm, _later, _("Bugün yapılamadı"), "calendar", _("Yeni gün başvurana bildirilecek.")),
    "not": Deed(RemarkForm, _remark, _("Not yaz"), "note", _("Notunuz eklendi."), over=False),
}


def my_jobs(staff: Staff) -> CaseQuerySet:
    """Open work of her crews, soonest promise first."""
    mine = Case.objects.visible_to(staff).filter(
        crew__in=staff.scope.crew_ids, state__in=TO_DO, planned_for__isnull=False
    )
    return mine.select_related("subject", "neighbourhood", "crew").order_by("planned_for", "priority", "pk")


@for_roles(Role.FIELD_WORKER)
def field(request: StaffRequest) -> HttpResponse:
    """The jobs of today (and what was left from before) as a list or a map, and what comes after."""
    today = timezone.localdate()
    now = list(my_jobs(request.user).filter(planned_for__lte=today))
    later = my_jobs(request.user).filter(planned_for__gt=today)
    points = [
        {
            "lat": job.lat,
            "lon": job.lon,
            "title": f"{job.subject.name}, {job.place_line}",
            "href": reverse("field_case", args=[job.number]),
        }
        for job in now
        if job.has_point
    ]
    as_map = request.GET.get("gorunum") == "harita" and bool(points)
    context = {
        "jobs": now, "later": list(later[:LATER_SHOWN]), "unshown": max(0, later.count() - LATER_SHOWN),
        "points": points, "as_map": as_map, "today": today,
    }  # fmt: skip
    return render(request, "field/jobs.html", context)


@for_roles(Role.FIELD_WORKER)
def field_case(request: StaffRequest, number: str) -> HttpResponse:
    """One job: how to get there, what it is, and the deeds; what was typed stays when something is missing."""
    cases = Case.objects.filter(crew__in=request.user.scope.crew_ids).select_related("crew")
    case = case_or_404(request.user, number, cases)
    if request.method != "POST":
        return _page(request, case)
    name = request.POST.get("is", "")
    if name not in DEEDS:
        raise Http404
    deed = DEEDS[name]
    form = _form(name, case, request.user, request.POST, request.FILES)
    if not form.is_valid() or not _done(deed, form):
        return _page(request, case, name, form)
    messages.success(request, str(deed.done))
    onward = reverse("field") if deed.over else reverse("field_case", args=[case.number])
    if "X-Kept" in request.headers:  # sent in the background, which would follow a redirect and swallow its message
        return HttpResponse(status=204, headers={"Location": onward})
    return redirect(onward)


def _done(deed: Deed, form: VerbForm) -> bool:
    try:
        deed.do(form.case, form, form.staff)
    except NotAllowed as refused:
        form.add_error(refused.about if refused.about in form.fields else None, str(refused))
        return False
    return True


def _form(name: str, case: Case, staff: Staff, *data: Any) -> VerbForm:
    return DEEDS[name].form(*data, case=case, staff=staff, auto_id=f"{name}_%s", use_required_attribute=False)


def _page(request: StaffRequest, case: Case, sent: str = "", form: VerbForm | None = None) -> HttpResponse:
    """The job with every form, the one that was sent as it was typed."""
    record_view(case, request.user)
    open_now = case.state in TO_DO
    names = [name for name in DEEDS if open_now or name in ("once", "not")]
    if case.state != State.PLANNED and "sonra" in names:
        names.remove("sonra")
    forms = [(name, DEEDS[name], form if form and name == sent else _form(name, case, request.user)) for name in names]
    notes = case.notes.filter(kind__in=(NoteKind.INSIDE, NoteKind.REPLY)).select_related("by")
    context = {"case": case, "applicant": shown_applicant(case, request.user),
               "forms": forms, "sent": sent, "form": form, "open_now": open_now, "notes": notes,
               "files": list(case.attachments.all())}  # fmt: skip
    return render(request, "field/job.html", context)
