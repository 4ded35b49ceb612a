"""What stands around a case: earlier ones of the same applicant, near ones about the same, supporters and parts."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from mimer.cases.identity import is_masked
from mimer.cases.models import Case, Merge, Split
from mimer.cases.states import State
from mimer.municipality.models import Question, Staff
from mimer.municipality.named import known_language

from .near import Near, alike, around

MOST = 5


@dataclass(frozen=True)
class Earlier:
    """Another case of the same applicant."""

    number: str
    subject: str
    received_at: datetime
    state: str


@dataclass(frozen=True)
class Link:
    """Another case: its number and a word about it; a link, if this reader may see it."""

    number: str
    note: str = ""
    seen: bool = True


@dataclass(frozen=True)
class Edges:
    """The main case it hangs on, who hangs on it, what it was cut from and what was cut from it."""

    main: Link | None
    supporters: list[Link]
    origin: Link | None
    parts: list[Link]


def edges_of(case: Case, staff: Staff) -> Edges:
    """Merges and splits, both sides of each; of a case this reader may not see only the number."""
    name = ("supporter__applicant__given_name", "supporter__applicant__family_name", "supporter__identity_hidden")
    merges = Merge.objects.filter(Q(main=case) | Q(supporter=case), ended_at=None).order_by("at")
    rows = list(merges.values_list("main_id", "main__year", "supporter_id", "supporter__year", *name))
    splits = Split.objects.filter(Q(origin=case) | Q(part=case)).order_by("part_id")
    cuts = list(splits.values_list("origin_id", "origin__year", "part_id", "part__year", "part__subject__name_tr"))
    others = {pk for row in rows + cuts for pk in (row[0], row[2])} - {case.pk}
    seen = seen_of(others, staff)
    main, supporters, origin, parts = None, [], None, []
    for main_id, main_year, pk, year, given, family, hidden in rows:
        if pk == case.pk:
            main = Link(_number(main_year, main_id), seen=main_id in seen)
        else:
            named = _("Kimliği gizli") if hidden else f"{given or ''} {family or ''}".strip()
            supporters.append(_link(year, pk, named, seen))
    for origin_id, origin_year, pk, year, subject in cuts:
        if pk == case.pk:
            origin = Link(_number(origin_year, origin_id), seen=origin_id in seen)
        else:
            parts.append(_link(year, pk, subject, seen))
    return Edges(main, supporters, origin, parts)


def seen_of(cases: Collection[int], staff: Staff) -> set[int]:
    """Which of these this reader may see."""
    return set(Case.objects.visible_to(staff).filter(pk__in=cases).values_list("pk", flat=True)) if cases else set()


def _link(year: int, pk: int, note: str, seen: set[int]) -> Link:
    return Link(_number(year, pk), note if pk in seen else "", pk in seen)


def _number(year: int, pk: int) -> str:
    return Case(year=year, pk=pk).number


def near_ones(case: Case, staff: Staff) -> list[Near]:
    """Open cases of the same subject within a short walk, nearest first: perhaps the same trouble."""
    if case.lat is None or case.lon is None or not case.is_open:
        return []
    return around((case.lat, case.lon), alike(case.subject, staff).exclude(pk=case.pk))[:MOST]


def earlier_ones(case: Case, staff: Staff) -> list[Earlier]:
    """The newest other cases of the same applicant that this reader may see."""
    if case.applicant_id is None or is_masked(case, staff):
        return []
    others = (
        Case.objects.visible_to(staff)
        .naming_applicant_to(staff)
        .filter(applicant=case.applicant_id)
        .exclude(pk=case.pk)
        .order_by("-pk")
    )
    names = f"subject__name_{known_language()}"
    rows = others.values_list("year", "pk", names, "received_at", "state")[:MOST]
    return [Earlier(_number(year, pk), name, at, str(State(state).label)) for year, pk, name, at, state in rows]


def answered(case: Case) -> list[tuple[str, str]]:
    """The questions of the subject with the answers as people read them; answers whose question is gone stay readable."""
    if not case.answers:
        return []
    told = dict(case.answers)
    asked = Question.objects.filter(subject=case.subject_id, code__in=told)
    rows = [(question.text, question.label_of(told.pop(question.code))) for question in asked]
    return rows + [(code, str(answer)) for code, answer in told.items()]
