"""A leaver's work in one step: her cases to a successor or back to the unit, her posts, crews, shifts and absences ended."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from mimer.municipality.deputies import forget_deputies
from mimer.municipality.models import Absence, Crew, DutyShift, RoleAssignment, Staff, Unit
from mimer.municipality.roles import Role

from .actions import assign
from .actors import RULE
from .models import Case
from .queries import CaseQuerySet
from .rules import NotAllowed

# So many cases in one go; what is left is told, and the next go takes it up where this one ended.
AT_MOST = 500
BATCH = 100
# A post of a unit and the role that lets its holder act.
POSTS = {"head": Role.UNIT_HEAD, "representative": Role.REPRESENTATIVE, "deputy": Role.REPRESENTATIVE}


@dataclass
class HandedOver:
    """What came of it: how many cases moved, which could not and why (number, sentence), and how many are left."""

    moved: int = 0
    skipped: list[tuple[str, str]] = field(default_factory=list)
    left: int = 0

    @property
    def finished(self) -> bool:
        return not self.left


def open_cases_of(leaver: Staff, units: Iterable[int]) -> CaseQuerySet:
    """What she still has in hand in these units."""
    return Case.objects.open().filter(officer=leaver, unit__in=list(units))


def open_by_unit(leaver: Staff) -> dict[int, int]:
    """How many open cases she has, by unit."""
    rows = Case.objects.open().filter(officer=leaver, unit__isnull=False).order_by().values_list("unit")
    return dict(rows.annotate(Count("pk")))


def posts_of(leaver: Staff) -> dict[Unit, list[str]]:
    """The posts she holds, by unit."""
    held = Unit.objects.filter(Q(head=leaver) | Q(representative=leaver) | Q(deputy=leaver), active=True)
    return {unit: [post for post in POSTS if getattr(unit, f"{post}_id") == leaver.pk] for unit in held}


def hand_over_cases(leaver: Staff, successors: Mapping[int, Staff | None], at_most: int = AT_MOST) -> HandedOver:
    """Gives her open cases of these units to the successor named for each, or to nobody; each case on its own.

    May be run again after a crash: what has moved is no longer hers.
    """
    result, after = HandedOver(), 0
    hers = open_cases_of(leaver, successors).order_by("pk")
    while result.moved < at_most:
        batch = list(hers.filter(pk__gt=after).values_list("pk", flat=True)[:BATCH])
        if not batch:
            break
        for pk in batch[: at_most - result.moved]:
            _hand_over(pk, leaver, successors, result)
            after = pk
    result.left = hers.filter(pk__gt=after).count()
    return result


def _hand_over(pk: int, leaver: Staff, successors: Mapping[int, Staff | None], result: HandedOver) -> None:
    with transaction.atomic():
        # Locked, so that whoever takes the case at this moment keeps it.
        case = Case.objects.select_for_update(of=("self",)).filter(pk=pk, officer=leaver).first()
        if case is None:
            return
        try:
            assign(case, successors.get(case.unit_id or 0), by=RULE)
            result.moved += 1
        except NotAllowed as no:
            result.skipped.append((case.number, str(no)))


def give_post(unit: Unit, post: str, successor: Staff) -> None:
    """Puts the successor in a post of the unit, with the role that lets her act in it."""
    setattr(unit, post, successor)
    unit.save(update_fields=[post])
    RoleAssignment.objects.get_or_create(staff=successor, role=POSTS[post], unit=unit)


def end_presence(leaver: Staff, units: Iterable[int] | None = None, now: datetime | None = None) -> dict[str, int]:
    """Takes her out of crews and shifts of these units; of all of them, and with her absences, when she leaves the house."""
    now = now or timezone.now()
    own = {} if units is None else {"unit__in": list(units)}
    with transaction.atomic():
        crews = Crew.objects.filter(members=leaver, **own)
        done = {"crews": len(crews), "shifts": _end_shifts(DutyShift.objects.filter(staff=leaver, **own), now)}
        for crew in crews:
            crew.members.remove(leaver)
        if units is None:
            done["absences"] = _end_absences(leaver, now)
    return done


def _end_shifts(shifts: "QuerySet[DutyShift]", now: datetime) -> int:
    running = shifts.filter(starts_at__lt=now, ends_at__gt=now).update(ends_at=now)
    return int(running) + int(shifts.filter(starts_at__gte=now).delete()[0])


def _end_absences(leaver: Staff, now: datetime) -> int:
    """Her own absences end, and whoever counted on her as deputy is left without one."""
    today = timezone.localdate(now)
    Absence.objects.filter(deputy=leaver, ends_on__gte=today).update(deputy=None)
    own = Absence.objects.filter(staff=leaver, ends_on__gte=today)
    ended = own.filter(starts_on__lt=today).update(ends_on=today - timedelta(days=1))
    removed = own.filter(starts_on__gte=today).delete()[0]
    forget_deputies()
    return int(ended) + int(removed)
