"""The case page: the next right step, the words, the story, and everything that stands around them."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render

from mimer.cases.actions.answering import shows_the_work_done
from mimer.cases.identity import is_masked, shown_applicant
from mimer.cases.legal import WRITTEN
from mimer.cases.models import Answer, Attachment, AttachmentKind, Case, Event, Rating
from mimer.cases.queries import CaseQuerySet
from mimer.cases.rules import verbs_for
from mimer.cases.states import OPEN
from mimer.municipality.models import Staff
from mimer.municipality.roles import Role
from mimer.privacy.collection import is_data_request
from mimer.privacy.models import CaseView

from ..access import StaffRequest, case_or_404, row_id, staff_only
from ..desk.cimer import may_copy_out
from ..forms.verbs import VerbForm
from ..receipt import may_hand_out
from .appeals import appeals_of
from .case_alarms import alarm_entries
from .case_around import answered, earlier_ones, edges_of, near_ones
from .case_dates import dates_of
from .case_step import NextStep, next_step
from .case_story import Entry, Story, handed_on, tell
from .petition import petition_card
from .rows import due_of, leads_by_law
from .verbs import VERBS, form_of, label_of

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

KEYS = {"accept": "a", "note": "n", "resolve": "r", "propose_answer": "r"}


@dataclass
class Opened:
    """A verb whose form stands on the page: what was typed, and what happened while it was typed."""

    verb: str
    form: VerbForm
    news: list[Entry] = field(default_factory=list)

    @property
    def label(self) -> "StrOrPromise":
        return label_of(self.verb, self.form.case)

    @property
    def icon(self) -> str:
        return VERBS[self.verb].icon


@dataclass(frozen=True)
class Choice:
    """A verb that may be opened."""

    verb: str
    label: "StrOrPromise"
    icon: str
    key: str


def for_page() -> CaseQuerySet:
    """Cases without the long columns of their neighbours in other tables that no page of a case shows."""
    return Case.objects.select_related("petition", "neighbourhood", "officer").defer(
        "neighbourhood__polygon", "neighbourhood__aliases", "subject__keywords_tr", "subject__note", "subject__allowed_types",
        "subject__hint_tr", "subject__hint_en", "subject__emergency_tr", "subject__emergency_en",
    )  # fmt: skip


@staff_only
def case(request: StaffRequest, number: str) -> HttpResponse:
    """One case."""
    return show_case(request, case_or_404(request.user, number, for_page()))


def show_case(request: StaffRequest, case: Case, opened: Opened | None = None) -> HttpResponse:
    """The page, with the form of one verb open if one is; whoever opens a sensitive case is written down."""
    record_view(case, request.user)
    return render(request, "unit/case.html", page_of(case, request.user, opened))


def record_view(case: Case, staff: Staff) -> None:
    """Keeps who looked at a sensitive case."""
    if case.sensitive:
        CaseView.objects.create(case=case, staff=staff)


def page_of(case: Case, staff: Staff, opened: Opened | None) -> dict[str, Any]:
    """Everything the page shows; a bounded number of queries however long the story is."""
    offered = [verb for verb in verbs_for(case, staff) if verb in VERBS]
    edges = edges_of(case, staff)
    if edges.main is None:
        offered = [verb for verb in offered if verb != "unmerge"]
    story = Story.of(case, staff)
    files = story.of_kind(Attachment)
    after_photo = any(file.kind == AttachmentKind.AFTER for file in files) and shows_the_work_done(case)
    step = next_step(case, offered, edges.main, after_photo)
    # In the box stands the form that was sent, or the short one that is next.
    in_box = opened if opened and opened.verb == step.verb else None
    if in_box is None and step.short:
        in_box = Opened(step.verb, form_of(step.verb, case, staff))
    entries = tell(case, story, case.messages.filter(staff=None).select_related("person"))
    return {
        "case": case, "step": step, "in_box": in_box, "opened": opened if opened is not in_box else None,
        "form": opened.form if opened else None,
        "step_choice": [_choice(step.verb, case)] if step.yours and in_box is None else [],
        "likely": _choices(step.others, case, opened), "choices": _choices(_rest(offered, step), case, opened),
        "story": sorted([*entries, *alarm_entries(case, story)], key=lambda entry: entry.at),
        "dates": dates_of(case, story.events), "due": due_of(case), "by_law": leads_by_law(case),
        "heard": handed_on(entries, step.verb == "unit_replies") if case.is_open else None,
        "files": _by_kind(files),
        "rating": Rating.objects.filter(case=case).first() if story.has("rate") else None,
        "answers": answered(case), "may_merge": "merge" in offered and not edges.supporters, "edges": edges,
        "may_hand_out": may_hand_out(case, staff), "may_resend": staff.scope.at_desk or staff.scope.in_unit,
        "appeals": appeals_of(story),
        "applicant": shown_applicant(case, staff), "masked": is_masked(case, staff), "may_copy": may_copy_out(case, staff),
        "may_collect": staff.scope.has(Role.CENTRE_MANAGER) and is_data_request(case),
        "near": near_ones(case, staff), "earlier": earlier_ones(case, staff), "points": _points(case),
        "paper": petition_card(case, offered, has_answer=bool(story.of_kind(Answer))), "written": WRITTEN,
        "needs_map": case.lat is not None or "correct_place" in offered,
    }  # fmt: skip


def news_since(case: Case, last_event: str, staff: Staff) -> list[Entry]:
    """What others did to the case since the page with this last event was opened."""
    since = row_id(last_event)
    if since is None or since >= case.last_event:
        return []
    newer = Event.objects.filter(case=case, seq__gt=since).exclude(staff=staff)
    if not newer.exists():
        return []
    told = tell(case, Story.of(case, staff), ())
    return [entry for entry in told[since:] if entry.who != staff.full_name]


def _rest(offered: list[str], step: NextStep) -> list[str]:
    """The other verbs, in the order of use."""
    return [verb for verb in VERBS if verb in offered and verb != step.verb and verb not in step.others]


def _choices(verbs: list[str] | tuple[str, ...], case: Case, opened: Opened | None) -> list[Choice]:
    return [_choice(verb, case) for verb in verbs if opened is None or verb != opened.verb]


def _choice(verb: str, case: Case) -> Choice:
    return Choice(verb, label_of(verb, case), VERBS[verb].icon, KEYS.get(verb, ""))


def _by_kind(files: list[Attachment]) -> list[tuple[str, list[Attachment]]]:
    """The signed answer, the petition's pages, the citizen's files, before, after, documents: each under its heading."""
    kind = AttachmentKind
    order = [kind.SIGNED, kind.PETITION, kind.CITIZEN, kind.BEFORE, kind.AFTER, kind.DOCUMENT]
    groups = [(str(one.label), [file for file in files if file.kind == one]) for one in order]
    return [(label, group) for label, group in groups if group]


def _points(case: Case) -> list[dict[str, Any]]:
    if case.lat is None:
        return []
    kind = "chosen" if case.state in OPEN else ""
    return [{"lat": case.lat, "lon": case.lon, "title": case.place_line or case.number, "kind": kind}]
