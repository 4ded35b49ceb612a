"""The list of cases: filtered by what stands in the address, searched by words, numbers, names and telephones."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from mimer.cases.applicants import met_by
from mimer.cases.models import Case
from mimer.cases.paging import SIZE, Page, most_urgent_page, newest_page
from mimer.cases.queries import CaseQuerySet
from mimer.cases.search import search_cases
from mimer.people.models import Person
from mimer.people.search import find_people

from ..access import StaffRequest, row_id, staff_only
from ..forms.filters import CaseFilter
from .rows import for_rows, rows_of
from .saved import saved_filters_of

PEOPLE_SHOWN = 6


@staff_only
def case_list(request: StaffRequest) -> HttpResponse:
    """Every case this reader may see, as she filters and searches it; a whole number leads straight to its case."""
    filter_form = CaseFilter(request.GET, request.user)
    visible = Case.objects.visible_to(request.user)
    typed = request.GET.get("q", "").strip()
    if typed and (straight := visible.by_number(typed).first() or visible.by_external_number(typed).first()):
        return redirect("case", straight.number)
    page = _page(filter_form, for_rows(filter_form.apply(visible)), typed, request.GET.get("after", ""))
    people = find_people(typed, PEOPLE_SHOWN, met_by(request.user)) if typed else []
    context = {
        "rows": rows_of(page.cases),
        "q": typed,
        "chosen": filter_form.chosen,
        "older": _address(request, page.following),
        "newer": _address(request, "") if request.GET.get("after") else "",
        "people": people,
        "people_cases": _cases_of(people, visible.naming_applicant_to(request.user)),
        "saved": saved_filters_of(request.user),
        "can_bulk": bool(request.user.scope.at_desk or request.user.scope.in_unit),
    }
    return render(request, "unit/case_list.html", context)


@staff_only
def case_filter(request: StaffRequest) -> HttpResponse:
    """The filter as a form, filled with what stands in the address: a page of its own, or a part of the list."""
    filter_form = CaseFilter(request.GET, request.user)
    part = "unit/_filter.html" if request.headers.get("HX-Request") else "unit/case_filter.html"
    context = {"filter_form": filter_form.show(), "chosen": filter_form.chosen, "q": request.GET.get("q", "")}
    return render(request, part, context | {"saved": saved_filters_of(request.user)})


def _page(filter_form: CaseFilter, cases: CaseQuerySet, typed: str, after: str) -> Page:
    if typed:
        found = search_cases(cases, typed, below=row_id(after), limit=SIZE + 1)
        return Page(found[:SIZE], str(found[SIZE - 1].pk) if len(found) > SIZE else "")
    chosen = filter_form.chosen
    urgent = chosen.get("sort") == "due" or chosen.get("late")
    return (most_urgent_page if urgent else newest_page)(cases, after)


def _address(request: StaffRequest, after: str) -> str:
    """The same list from another key on; without a key its beginning."""
    query = request.GET.copy()
    query.pop("after", None)
    if after:
        query["after"] = after
    elif not request.GET.get("after"):
        return ""
    return f"?{query.urlencode()}"


def _cases_of(people: list[Person], visible: CaseQuerySet) -> list[tuple[Person, list[Case]]]:
    """The last cases of each person found, in one query."""
    if not people:
        return []
    last = visible.filter(applicant__in=people).select_related("subject").defer("text", "answers").order_by("-pk")[:60]
    by_person: dict[int, list[Case]] = {}
    for case in last:
        by_person.setdefault(case.applicant_id or 0, []).append(case)
    return [(person, by_person.get(person.pk, [])[:3]) for person in people]
