"""How the date of the service target came about: counted again from the events, to be held against the stored one."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone

from mimer import law
from mimer.law import Step, StepKind

from .clocks import count_service, hours_of, service_due, time_between
from .models import Case, Event

Pause = tuple[datetime, datetime | None]


# With these the clock is set anew: on receipt, or because the case came back unsolved.
SETS = {"open_case", "not_solved", "reopen"}


def count_again(case: Case, events: Iterable[Event]) -> tuple[datetime | None, list[Step]] | None:
    """The target's end by today's calendar (None while it stands still) and its account; None where there is no target.

    The hours are those of the unit it is with, or of the subject's own where only these give the stored date.
    """
    start, pauses = _history(case, events)
    if not case.target_hours or start is None:
        return None
    found = _count(case, start, pauses, hours_of(case))
    if found[0] != case.due_at and case.subject.unit_id != hours_of(case):
        other = _count(case, start, pauses, case.subject.unit_id)
        if other[0] == case.due_at:
            return other
    return found


def _history(case: Case, events: Iterable[Event]) -> tuple[datetime | None, list[Pause]]:
    """When the clock was set, and when it stood still since: from a question to its reply; the last may still last."""
    start: datetime | None = None
    pauses: list[Pause] = []
    for event in events:
        if event.verb in SETS:
            start, pauses = case.received_at if event.verb == "open_case" else event.at, []
        elif event.verb == "reclassify" and event.facts.get("clock_from"):
            # Another subject's target counts from where the waiting until then had moved the start.
            start, pauses = datetime.fromisoformat(event.facts["clock_from"]), []
        elif event.verb == "ask_applicant":
            pauses.append((event.at, None))
        elif event.verb == "applicant_replies" and pauses and pauses[-1][1] is None:
            pauses[-1] = (pauses[-1][0], event.at)
    return start, pauses


def _count(case: Case, start: datetime, pauses: list[Pause], unit: int | None) -> tuple[datetime | None, list[Step]]:
    hours, steps = float(case.target_hours), list[Step]()
    begin = start
    for stopped, resumed in pauses:
        counted = count_service(begin, hours, case.clock, unit)
        left = time_between(stopped, counted.due, case.clock, unit)
        steps += [*_until(counted, stopped, hours * 3600 - max(left, 0)), Step(_day(stopped), StepKind.STOPPED)]
        if resumed is None:
            return None, steps
        steps.append(Step(_day(resumed), StepKind.RESUMED, "", "", max(left, 0) // 60))
        if left > 0:
            begin, hours = resumed, left / 3600
        else:  # it was late already: the end moves on by as long as the clock stood, and it stays as late
            begin = service_due(begin, time_between(stopped, resumed, case.clock, unit) / 3600, case.clock, unit)
    counted = count_service(begin, hours, case.clock, unit)
    return counted.due, [*steps, *(counted.steps if not pauses else counted.steps[1:])]


def _until(counted: law.Counted[datetime], stopped: datetime, used: float) -> list[Step]:
    """The account up to a stop: whole days before it, and of its own day what is left of the time used."""
    day = _day(stopped)
    before = [step for step in counted.steps if step.day < day and step.what is not StepKind.LAST_DAY]
    before = before or list(counted.steps[:1])
    minutes = int(used // 60) - sum(step.counted or 0 for step in before)
    return [*before, Step(day, StepKind.HOURS, "", "", minutes)] if minutes > 0 else before


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()
