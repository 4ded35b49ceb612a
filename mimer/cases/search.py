"""Finding cases by their words: what was said, where, about what, under which outside number."""

from collections.abc import Iterable

from django.db.models import Q

from mimer.fulltext import WordIndex
from mimer.turkish import analyse, query_terms

from .models import Case, Petition
from .paper import document_key
from .queries import CaseQuerySet

WORDS = WordIndex("cases_words")


def case_tokens(case: Case, petition: Petition | None) -> set[str]:
    """The tokens of one case; names of people are not among them (they are found in `people`)."""
    numbers = [petition.incoming_number, petition.outgoing_number] if petition else []
    place = case.neighbourhood.name if case.neighbourhood else ""
    parcel = f"{case.block} {case.lot} {case.block}/{case.lot}" if case.block else ""
    parts = (case.text, case.address, place, case.subject.name_tr, case.subject.name_en, parcel, case.source_id or "",
             *numbers)  # fmt: skip
    return set(analyse(" ".join(parts))) | {_whole(number) for number in numbers if number}


def index_case(case: Case) -> None:
    """Puts the words of a saved case into the index, replacing what stood there."""
    index_cases([case])


def index_opened(case: Case, petition: Petition | None) -> None:
    """The same for a case that was opened this moment, with its petition at hand."""
    WORDS.put([(case.pk, case_tokens(case, petition))])


def index_cases(cases: Iterable[Case]) -> None:
    """The same for many."""
    WORDS.put(_tokens(cases))


def index_new_cases(cases: Iterable[Case]) -> None:
    """The same for many that were never in the index, which is quicker."""
    WORDS.add(_tokens(cases))


def _tokens(cases: Iterable[Case]) -> Iterable[tuple[int, set[str]]]:
    """Every case with its tokens; their petitions are read in one query."""
    cases = list(cases)
    petitions = {row.case_id: row for row in Petition.objects.filter(case__in=[case.pk for case in cases])}
    return [(case.pk, case_tokens(case, petitions.get(case.pk))) for case in cases]


def _whole(number: str) -> str:
    """The token of a whole document number; tokens hold letters and digits only, and no word of a text begins so."""
    return f"evrakno{document_key(number)}"


def search_cases(cases: CaseQuerySet, typed: str, *, below: int | None = None, limit: int = 50) -> list[Case]:
    """The newest cases among `cases` that hold every word of `typed`, in whatever case or diacritics it was typed.

    A number of ours, or of the body that sent it, leads straight to its case, a document's number to the cases of that
    paper. `below` is the id after which the next page begins.
    """
    numbered = list(cases.by_number(typed)[:1]) or list(cases.by_external_number(typed)[:1])
    if numbered:
        return numbered
    if below is None and (on_paper := _by_document(cases, typed, limit)):
        return on_paper
    found: list[Case] = []
    for ids in WORDS.chunks(query_terms(typed), below=below, first=limit + limit // 5):
        kept = {case.pk: case for case in cases.filter(pk__in=ids).order_by("-pk")[:limit]}
        found += [kept[pk] for pk in ids if pk in kept]
        if len(found) >= limit:
            break
    return found[:limit]


def _by_document(cases: CaseQuerySet, typed: str, limit: int) -> list[Case]:
    """The cases whose paper has this number at the document system (EBYS), exactly or but for signs and capitals."""
    typed = typed.strip().replace("\x00", "")  # which no text of PostgreSQL's can hold
    exact = Q(petition__incoming_number=typed) | Q(petition__outgoing_number=typed)
    if not any(sign.isdigit() for sign in typed):
        return []
    folded = next(iter(WORDS.chunks([_whole(typed)], below=None, first=limit)), [])
    return list(cases.filter(exact | Q(pk__in=list(folded))).order_by("-pk")[:limit])
