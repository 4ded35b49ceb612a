"""A row of a list: what, where, who and how long is left, ready for the table and nothing more."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count
from django.db.models.functions import Left
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mimer.cases.models import Case, Merge
from mimer.cases.queries import CaseQuerySet
from mimer.cases.states import State

WORDS = 110
ANY_NUMBER = "0000-000000"


@dataclass(frozen=True)
class Row:
    """One line of the inbox."""

    pk: int
    href: str
    number: str
    channel: str
    what: str
    words: str
    where: str
    who: str
    state: str
    state_label: str
    # What comes first, the service target or the day to answer by law; by law it is a day without an hour.
    due: datetime | date | None
    by_law: bool
    paused: bool
    supporters: int
    locked: bool


def for_rows(cases: CaseQuerySet) -> CaseQuerySet:
    """The columns that a row shows, in one query."""
    return cases.for_list().annotate(words=Left("text", WORDS))


def rows_of(cases: list[Case], stood_in: Collection[int] = ()) -> list[Row]:
    """The rows of a page; supporters are counted, addresses and words of states made, once for all of them.

    A case of a colleague whom the reader stands in for says on whose behalf it is hers.
    """
    open_edges = Merge.objects.filter(main__in=[case.pk for case in cases], ended_at=None)
    supporters = dict(open_edges.values_list("main").annotate(Count("pk")))
    labels = {state.value: str(state.label) for state in State}
    start, _any, end = reverse("case", args=[ANY_NUMBER]).partition(ANY_NUMBER)
    return [
        Row(
            pk=case.pk,
            href=f"{start}{case.number}{end}",
            number=case.number,
            channel=case.channel,
            what=case.subject.name,
            words=getattr(case, "words", ""),
            where=case.neighbourhood.name if case.neighbourhood else case.address,
            who=_who(case, stood_in),
            state=case.state,
            state_label=labels[case.state],
            due=due_of(case),
            by_law=leads_by_law(case),
            paused=case.clock_left is not None,
            supporters=supporters.get(case.pk, 0),
            locked=case.sensitive,
        )
        for case in cases
    ]


def due_of(case: Case) -> datetime | date | None:
    """What is due first of an open case: the day to act by where the law leads, else the moment of the target."""
    if not case.is_open:
        return None
    return case.legal_act_by if leads_by_law(case) else case.due_at


def leads_by_law(case: Case) -> bool:
    """Whether the law waits for the answer, and no longer than the service target does."""
    if not case.owes_the_law or case.legal_act_by is None:
        return False
    return case.due_at is None or case.legal_act_by < timezone.localtime(case.due_at).date()


def _who(case: Case, stood_in: Collection[int]) -> str:
    if case.officer:
        name = case.officer.full_name
        return _("%(name)s adına") % {"name": name} if case.officer_id in stood_in else name
    return case.unit.short if case.unit else ""
