"""How promises were kept: of each unit and month in which a told date fell, kept, moved in time, broken, or still open."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth

from mimer.cases.models import Promise
from mimer.cases.models.clocks import KEPT, MOVED, PromiseQuerySet, broken_by, standing_on
from mimer.municipality.models import Staff, Unit

MONTHS_SHOWN = 12
# How a promise may stand, as it is written in addresses.
ENDINGS = ("kept", "moved", "broken", "open")


@dataclass(frozen=True)
class Tally:
    """Promises by how they ended; shares are of those whose day has come (kept, moved or broken), never of the open ones."""

    kept: int = 0
    moved: int = 0
    broken: int = 0
    open: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.kept + other.kept, self.moved + other.moved, self.broken + other.broken, self.open + other.open
        )

    @property
    def settled(self) -> int:
        """The denominator."""
        return self.kept + self.moved + self.broken

    def share(self, ending: str) -> float | None:
        """Percent of the settled ones; None while there are none, and for the open ones."""
        if ending == "open" or not self.settled:
            return None
        return 100 * float(getattr(self, ending)) / self.settled


@dataclass(frozen=True)
class Ledger:
    """The tallies of a span of months: in all, by unit (the most broken first), and by month (oldest first)."""

    total: Tally
    by_unit: list[tuple[Unit, Tally]]
    by_month: list[tuple[date, Tally]]


def seen_by(staff: Staff) -> PromiseQuerySet:
    """The promises of the units a reader answers for, without sensitive cases she is not named for, and no dropped ones."""
    scope = staff.scope
    readable = Q(case__sensitive=False) | Q(case__subject__in=scope.sensitive_subject_ids)
    found: PromiseQuerySet = Promise.objects.exclude(ending="dropped").filter(readable, unit__isnull=False)
    return found if scope.across_units else found.filter(unit__in=scope.unit_ids)


def how(ending: str, today: date) -> Q:
    """The condition under which a promise counts as ended so."""
    return {"kept": KEPT, "moved": MOVED, "broken": broken_by(today), "open": standing_on(today)}[ending]


def within(promises: PromiseQuerySet, first: date, last: date) -> PromiseQuerySet:
    """Promises for a day from the month of `first` to the month of `last`."""
    return promises.filter(due_on__gte=first.replace(day=1), due_on__lt=next_month(last))


def ledger(promises: PromiseQuerySet, today: date) -> Ledger:
    """Counts them in one query and reads the units in another."""
    counts = {ending: Count("pk", filter=how(ending, today)) for ending in ENDINGS}
    rows = promises.order_by().values("unit", month=TruncMonth("due_on")).annotate(**counts)
    by_unit: dict[int, Tally] = defaultdict(Tally)
    by_month: dict[date, Tally] = defaultdict(Tally)
    for row in rows:
        tally = Tally(*[row[ending] for ending in ENDINGS])
        by_unit[row["unit"]] += tally
        by_month[row["month"]] += tally
    units = Unit.objects.in_bulk(list(by_unit))
    ranked = sorted(by_unit.items(), key=lambda item: (-item[1].broken, -item[1].settled, units[item[0]].code))
    return Ledger(
        sum(by_unit.values(), Tally()), [(units[pk], tally) for pk, tally in ranked], sorted(by_month.items())
    )


def next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def months_before(day: date, count: int) -> date:
    """The first of the month so many months earlier."""
    months = day.year * 12 + day.month - 1 - count
    return date(months // 12, months % 12 + 1, 1)
