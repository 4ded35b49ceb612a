"""How the date of the service target came about: counted again from the events, to be held against the stored one."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone

from mimer import law
from mimer.law import Step, StepKind

from .clocks import count_service, hours_of, time_between
from .models import Case, Event

Pause = tuple[datetime, datetime | None]


def pauses_of(case: Case, events: Iterable[Event]) -> list[Pause]:
    """When the clock stood still since it was last set: from a question to its reply; the last one may still last."""
    pauses: list[Pause] = []
    for event in events:
        if case.clock_from and event.at < case.clock_from:
            continue
        if event.verb == "ask_applicant":
            pauses.append((event.at, None))
        elif event.verb == "applicant_replies" and pauses and pauses[-1][1] is None:
            pauses[-1] = (pauses[-1][0], event.at)
        elif event.verb == "reclassify" and event.facts.get("subject") != event.facts.get("from_subject"):
            # Another subject's target counts from the beginning again, without the pauses, unless the clock stands.
            pauses = pauses[-1:] if pauses and pauses[-1][1] is None else []
    return pauses


def count_again(case: Case, pauses: Iterable[Pause]) -> tuple[datetime | None, list[Step]] | None:
    """The target's end by today's calendar (None while it stands still) and its account; None where there is no target.

    The hours are those of the unit it is with, or of the subject's own where only these give the stored date.
    """
    if not case.target_hours or case.clock_from is None:
        return None
    pauses = list(pauses)
    found = _count(case, pauses, hours_of(case))
    if found[0] != case.due_at and case.subject.unit_id != hours_of(case):
        other = _count(case, pauses, case.subject.unit_id)
        if other[0] == case.due_at:
            return other
    return found


def _count(case: Case, pauses: list[Pause], unit: int | None) -> tuple[datetime | None, list[Step]]:
    assert case.clock_from is not None
    start, hours, steps = case.clock_from, float(case.target_hours), []
    for stopped, resumed in pauses:
        counted = count_service(start, hours, case.clock, unit)
        left = max(time_between(stopped, counted.due, case.clock, unit), 0)
        used = hours * 3600 - left
        steps += [*_until(counted, stopped, used), Step(_day(stopped), StepKind.STOPPED)]
        if resumed is None:
            return None, steps
        steps.append(Step(_day(resumed), StepKind.RESUMED, "", "", left // 60))
        start, hours = resumed, left / 3600
    counted = count_service(start, hours, case.clock, unit)
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
