"""What time itself does to cases: it closes what was answered long ago, and ends the wait for a silent applicant."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.utils import timezone

from mimer.literal import Is
from mimer.municipality.models import Municipality

from .actions import applicant_replies, close, fee_unpaid, warn
from .actors import RULE
from .models import Case
from .rules import NotAllowed
from .states import State

log = logging.getLogger(__name__)
# So that a flood (an import of old answers) is worked off in bites and leaves room for people.
AT_ONCE = 500


def close_answered(now: datetime | None = None) -> int:
    """Closes cases answered so many days ago, never before the window for "not solved" has passed."""
    house = Municipality.get()
    days = max(house.close_after_days, house.not_solved_days)
    since = (now or timezone.now()) - timedelta(days=days)
    due = Case.objects.filter(Is("state", State.RESOLVED), state_since__lt=since).order_by("state_since")
    return _each(due[:AT_ONCE], lambda case: close(case, by=RULE, at=now))


def end_silences(now: datetime | None = None) -> int:
    """Lets cases go on whose applicant was asked and stayed silent for so many days."""
    since = (now or timezone.now()) - timedelta(days=Municipality.get().silence_days)
    asked = Case.objects.in_state(State.WAITING_APPLICANT).exclude(pk__in=Case.objects.awaiting_fee())
    due = asked.filter(state_since__lt=since).order_by("state_since")
    return _each(due[:AT_ONCE], lambda case: applicant_replies(case, by=RULE, at=now))


def end_unpaid(now: datetime | None = None) -> int:
    """Ends information requests whose fee was not paid within the applicant's period (4982 art. 11)."""
    today = timezone.localdate(now)
    due = Case.objects.awaiting_fee().filter(fee_notices__paid_on=None, fee_notices__pay_by__lt=today).distinct()
    return _each(due.order_by("pk")[:AT_ONCE], lambda case: fee_unpaid(case, at=now))


def climb_ladder(now: datetime | None = None) -> int:
    """Warns every case of which a step of the ladder has fallen, and only those; returns how many were looked at."""
    moment, looked_at = now or timezone.now(), 0
    while batch := _fallen(moment):
        looked_at += len(batch)
        if not _each(batch, lambda case: warn(case, at=moment)):
            break  # none of them would move; the next round tries again, and the log says why
    return looked_at


def _fallen(moment: datetime) -> list[Case]:
    due = Case.objects.open().filter(next_warning_at__lte=moment).order_by("next_warning_at", "pk")
    return list(due.select_related("subject")[:AT_ONCE])


def _each(cases: Iterable[Case], verb: Callable[[Case], object]) -> int:
    """Does it to each on its own: one that changed meanwhile, or is broken, does not keep the others."""
    done = 0
    for case in cases:
        try:
            verb(case)
            done += 1
        except NotAllowed as no:
            log.info("%s stays as it is: %s", case.number, no)
        except Exception:
            log.exception("Time could not move %s", case.number)
    return done
