"""Answers that have to be carried over to CİMER by hand: the list of them, and each ready to copy out."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from mimer.cases.information import grounds_told, remedy_told
from mimer.cases.models import Answer, AnswerState, Case
from mimer.cases.rules import may
from mimer.municipality.kinds import Channel
from mimer.municipality.models import Staff
from mimer.municipality.roles import DESK

from ..access import StaffRequest, case_or_404, for_roles

SHOWN = 100


@for_roles(*DESK)
@never_cache
def cimer_list(request: StaffRequest) -> HttpResponse:
    """Answered cases whose answer nobody has entered at CİMER yet, the longest waiting first."""
    waiting = Case.objects.visible_to(request.user).to_enter_in_cimer().select_related("subject", "unit")
    rows = list(waiting.defer("text", "answers")[: SHOWN + 1])
    return render(request, "desk/cimer_list.html", {"rows": rows[:SHOWN], "more": len(rows) > SHOWN})


@for_roles(*DESK)
@never_cache
def cimer_answer(request: StaffRequest, number: str) -> HttpResponse:
    """The answer as plain text to copy, with the number it goes under, and the tick that it was entered."""
    case = case_or_404(request.user, number)
    if not may_copy_out(case, request.user):
        raise Http404
    answer = Answer.objects.filter(case=case, state=AnswerState.GIVEN).last()
    waiting = Case.objects.to_enter_in_cimer().filter(pk=case.pk).exists()
    context = {
        "case": case, "answer": answer, "waiting": waiting, "may_tick": may("answered_elsewhere", case, request.user),
        "grounds": grounds_told(case, answer.grounds) if answer else [],
        "remedy": remedy_told(case, answer.outcome) if answer else "",
    }  # fmt: skip
    return render(request, "desk/cimer_answer.html", context)


def may_copy_out(case: Case, staff: Staff) -> bool:
    """Whether there is an answer that this reader carries over."""
    return bool(case.channel == Channel.CIMER and case.resolved_at and staff.scope.at_desk)
