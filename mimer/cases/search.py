"""Finding cases by their words: what was said, where, about what, under which outside number."""

from collections.abc import Iterable

from mimer.fulltext import WordIndex
from mimer.turkish import analyse, query_terms

from .models import Case
from .queries import CaseQuerySet

WORDS = WordIndex("cases_words")


def case_tokens(case: Case) -> set[str]:
    """The tokens of one case; names of people are not among them (they are found in `people`)."""
    place = case.neighbourhood.name if case.neighbourhood else ""
    parcel = f"{case.block} {case.lot} {case.block}/{case.lot}" if case.block else ""
    parts = (case.text, case.address, place, case.subject.name_tr, case.subject.name_en, parcel, case.source_id or "")
    return set(analyse(" ".join(parts)))


def index_case(case: Case) -> None:
    """Puts the words of a saved case into the index, replacing what stood there."""
    index_cases([case])


def index_cases(cases: Iterable[Case]) -> None:
    """The same for many."""
    WORDS.put((case.pk, case_tokens(case)) for case in cases)


def index_new_cases(cases: Iterable[Case]) -> None:
    """The same for many that were never in the index, which is quicker."""
    WORDS.add((case.pk, case_tokens(case)) for case in cases)


def search_cases(cases: CaseQuerySet, typed: str, *, below: int | None = None, limit: int = 50) -> list[Case]:
    """The newest cases among `cases` that hold every word of `typed`, in whatever case or diacritics it was typed.

    A number of ours, or of the body that sent it, leads straight to its case. `below` is the id after which the next page begins.
    """
    numbered = list(cases.by_number(typed)[:1]) or list(cases.by_external_number(typed)[:1])
    if numbered:
        return numbered
    found: list[Case] = []
    for ids in WORDS.chunks(query_terms(typed), below=below, first=limit * 2):
        kept = {case.pk: case for case in cases.filter(pk__in=ids).order_by("-pk")[:limit]}
        found += [kept[pk] for pk in ids if pk in kept]
        if len(found) >= limit:
            break
    return found[:limit]
