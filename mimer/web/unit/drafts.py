"""The draft of the official answer, to be finished, numbered and signed in the document system."""

from django.http import Http404, HttpResponse

from mimer.cases.paper import is_written
from mimer.intake.ebys.letter import TYPES, answer_of, draft_file

from ..access import StaffRequest, case_or_404, staff_only
from .case_page import record_view


@staff_only
def answer_draft(request: StaffRequest, number: str, kind: str) -> HttpResponse:
    """The answer proposed or given as DOCX or PDF, marked as a draft; 404 where there is none to send on paper."""
    case = case_or_404(request.user, number)
    answer = answer_of(case) if is_written(case) and kind in TYPES else None
    if answer is None:
        raise Http404
    record_view(case, request.user)
    response = HttpResponse(draft_file(case, answer, kind), content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{case.number}-taslak.{kind}"'
    response["Cache-Control"] = "private, no-store"
    return response
