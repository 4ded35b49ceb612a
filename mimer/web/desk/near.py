"""Perhaps the same trouble: open cases about the same subject a short walk away, or at the same address."""

import math
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from mimer.cases.models import Case, Merge
from mimer.cases.queries import CaseQuerySet
from mimer.municipality.models import Neighbourhood, Staff, Subject
from mimer.turkish import words

from ..unit.case_around import METRES_A_DEGREE, NEAR_METRES

LOOK_BACK = timedelta(days=120)
LOOKED_THROUGH = 200
MOST = 5
COLUMNS = ("year", "state", "received_at", "subject", "address", "text", "lat", "lon")


@dataclass(frozen=True)
class SameTrouble:
    """An open case, and how far it is; None where only its address says that it is here."""

    case: Case
    metres: int | None = None


def same_trouble(
    subject: Subject,
    staff: Staff,
    *,
    point: tuple[float, float] | None,
    address: str,
    neighbourhood: Neighbourhood | None,
) -> list[SameTrouble]:
    """Nearest first, then those at the same address; supporters are left out, since their main case is there too."""
    tied = Exists(Merge.objects.filter(supporter=OuterRef("pk"), ended_at=None))
    cases = Case.objects.visible_to(staff).open().filter(~tied, subject=subject).only(*COLUMNS)
    found = _around(point, cases) if point else []
    if len(typed := set(words(address))) >= 2:
        known = {near.case.pk for near in found}
        there = _at_address(typed, cases.filter(neighbourhood=neighbourhood) if neighbourhood else cases)
        found += [near for near in there if near.case.pk not in known]
    return found[:MOST]


def _around(point: tuple[float, float], cases: CaseQuerySet) -> list[SameTrouble]:
    lat, lon = point
    shrink = math.cos(math.radians(lat))
    up, aside = NEAR_METRES / METRES_A_DEGREE, NEAR_METRES / (METRES_A_DEGREE * max(shrink, 0.01))
    found = []
    for case in cases.in_box(lat - up, lon - aside, lat + up, lon + aside).order_by("-pk")[:LOOKED_THROUGH]:
        metres = math.hypot((case.lat or 0) - lat, ((case.lon or 0) - lon) * shrink) * METRES_A_DEGREE
        if metres <= NEAR_METRES:
            found.append(SameTrouble(case, round(metres)))
    return sorted(found, key=lambda near: near.metres or 0)


def _at_address(typed: set[str], cases: CaseQuerySet) -> list[SameTrouble]:
    """Those whose address says the same, however completely either was written."""
    recent = cases.filter(received_at__gte=timezone.now() - LOOK_BACK).exclude(address="")
    found = []
    for case in recent.order_by("-received_at", "-pk")[:LOOKED_THROUGH]:
        known = set(words(case.address))
        if len(known) >= 2 and (known <= typed or typed <= known):
            found.append(SameTrouble(case))
    return found
