"""The ladder: at half of a period, at four fifths, at its end and half a period later somebody higher is told, once.

The moment of the next step stands on the case, so that a look at a million cases touches only what is due.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import takewhile
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext_lazy as _l

from mimer import law
from mimer.municipality.kinds import ClockKind

from .clocks import hours_of, house_calendar, service_due
from .models import Case

MORNING = time(8)
ONE_DAY = timedelta(days=1)
SERVICE, LEGAL, PROMISE = "service", "legal", "promise"
# Percent of a period; of a promise 80 asks for a new date the working day before, and 150 says that it was broken.
HALF, FOUR_FIFTHS, END, HALF_OVER = 50, 80, 100, 150


# What each step says to whoever has to hear it.
SAID = {
    (SERVICE, HALF): _l("hedef sürenin yarısı geçti"),
    (SERVICE, FOUR_FIFTHS): _l("hedef sürenin beşte dördü geçti"),
    (SERVICE, END): _l("hedef süre doldu"),
    (SERVICE, HALF_OVER): _l("hedef süre yarısı kadar aşıldı"),
    (LEGAL, HALF): _l("yasal sürenin yarısı geçti"),
    (LEGAL, FOUR_FIFTHS): _l("yasal sürenin beşte dördü geçti"),
    (LEGAL, END): _l("yasal süre için son iş günü"),
    (LEGAL, HALF_OVER): _l("yasal süre yarısı kadar aşıldı"),
    (PROMISE, FOUR_FIFTHS): _l("söylenen tarih yarın; yetişmeyecekse yeni tarih söyleyin"),
    (PROMISE, HALF_OVER): _l("söylenen tarih geçti, söz tutulmadı"),
}


class Step(NamedTuple):
    """One step of one clock, and when it is due."""

    at: datetime
    clock: str
    percent: int


def next_warning(case: Case, after: datetime) -> datetime | None:
    """When the next step of any clock of the case falls, later than `after`; None when nothing is owed any more."""
    if not case.is_open:
        return None
    return min((first.at for steps in _clocks(case, after) if (first := next(steps, None))), default=None)


def steps_due(case: Case, now: datetime) -> list[Step]:
    """The highest step of each clock that has fallen since the case was last warned."""
    if case.next_warning_at is None:
        return []
    since = case.next_warning_at - timedelta(microseconds=1)
    found = []
    for steps in _clocks(case, since):
        fallen = list(takewhile(lambda step: step.at <= now, steps))
        found += fallen[-1:]
    return found


def _clocks(case: Case, after: datetime) -> list[Iterator[Step]]:
    return [_service(case, after), _legal(case, after), _promise(case, after)]


def _service(case: Case, after: datetime) -> Iterator[Step]:
    if case.due_at is None or not case.target_hours:
        return
    if after < case.due_at:
        left = _hours_left(case, after)
        for percent in (HALF, FOUR_FIFTHS):
            before_end = case.target_hours * (100 - percent) / 100
            if left > before_end:
                at = service_due(after, left - before_end, case.clock, hours_of(case))
                if at < case.due_at:
                    yield Step(at, SERVICE, percent)
        yield Step(case.due_at, SERVICE, END)
    over = service_due(case.due_at, case.target_hours / 2, case.clock, hours_of(case))
    if over > after:
        yield Step(over, SERVICE, HALF_OVER)


def _hours_left(case: Case, after: datetime) -> float:
    assert case.due_at is not None
    if case.clock == ClockKind.ELAPSED:
        left = case.due_at - after
    else:
        calendar = house_calendar(hours_of(case))
        left = law.business_hours_between(timezone.localtime(after), timezone.localtime(case.due_at), calendar)
    return left.total_seconds() / 3600


def _legal(case: Case, after: datetime) -> Iterator[Step]:
    if not case.owes_the_law or case.legal_due_on is None or case.legal_act_by is None:
        return
    start = timezone.localtime(case.received_at).date()
    days = (case.legal_act_by - start).days
    marks = [(HALF, start + timedelta(days=-(-days // 2))), (FOUR_FIFTHS, start + timedelta(days=-(-days * 4 // 5))),
             (END, case.legal_act_by), (HALF_OVER, case.legal_due_on + timedelta(days=max(1, days // 2)))]  # fmt: skip
    yield from (Step(at, LEGAL, percent) for percent, day in marks if (at := _morning(day)) > after)


def _promise(case: Case, after: datetime) -> Iterator[Step]:
    if case.promised_on is None:
        return
    eve = law.last_working_day_on_or_before(case.promised_on - ONE_DAY, house_calendar(hours_of(case))).due
    for percent, day in ((FOUR_FIFTHS, eve), (HALF_OVER, case.promised_on + ONE_DAY)):
        if (at := _morning(day)) > after:
            yield Step(at, PROMISE, percent)


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, MORNING))
