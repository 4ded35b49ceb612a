"""The measures, each defined once: its sentence, and how it is counted up to a cut-off."""

from dataclasses import dataclass
from datetime import datetime, time

from django.db.models import Count, Q
from django.utils import timezone

from mimer.cases.queries import CaseQuerySet
from mimer.cases.states import Outcome
from mimer.municipality.models import Unit

# Endings that answer nobody: she took it back, or it never was an application.
UNANSWERED = (Outcome.WITHDRAWN, Outcome.INVALID)


@dataclass(frozen=True)
class Today:
    """The numbers of the day, as of `at`: what came in and what was answered since midnight, what is open and late."""

    at: datetime
    received: int
    answered: int
    open: int
    late: int
    legally_late: int


@dataclass(frozen=True)
class UnitLoad:
    """How much lies with one unit: open cases and how many of them are past their service target or the law's last day."""

    unit: Unit
    open: int
    late: int


def today(cases: CaseQuerySet, at: datetime | None = None) -> Today:
    """Counts among `cases` (a reader's own view); "open" is every state before an answer, "late" is open past its target
    or past the last day of the law, "legally late" the latter alone.

    Received and answered run from local midnight, and an answer counts though the case be closed by now; everything is
    counted over indexes of open work or of one day.
    """
    at = at or timezone.now()
    midnight = datetime.combine(timezone.localtime(at).date(), time.min, timezone.get_current_timezone())
    ended = cases.filter(resolved_at__gte=midnight, resolved_at__lte=at)
    counted = cases.open().aggregate(open=Count("pk"), late=Count("pk", filter=Q(first_due_at__lt=at)))
    return Today(
        at=at,
        received=cases.filter(received_at__gte=midnight, received_at__lte=at).count(),
        answered=ended.exclude(outcome__in=UNANSWERED).count(),
        legally_late=cases.legally_late(timezone.localtime(at).date()).count(),
        **counted,
    )


def load_by_unit(cases: CaseQuerySet, at: datetime | None = None) -> list[UnitLoad]:
    """Open and late cases of each unit that has any, the fullest first."""
    at = at or timezone.now()
    rows = (
        cases.open()
        .filter(unit__isnull=False)
        .order_by()
        .values("unit")
        .annotate(open=Count("pk"), late=Count("pk", filter=Q(first_due_at__lt=at)))
    )
    units = Unit.objects.in_bulk([row["unit"] for row in rows])
    found = [UnitLoad(units[row["unit"]], row["open"], row["late"]) for row in rows]
    return sorted(found, key=lambda load: (-load.open, load.unit.code))
