"""Perhaps the same trouble: open cases about the same subject, and those of them a short walk away."""

import math
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from mimer.cases.models import Case, Merge
from mimer.cases.queries import CaseQuerySet
from mimer.municipality.models import Staff, Subject

METRES = 150
METRES_A_DEGREE = 111_320
LOOKED_THROUGH = 200
COLUMNS = ("year", "state", "received_at", "subject", "address", "text", "lat", "lon")


@dataclass(frozen=True)
class Near:
    """An open case about the same, and how far it is; None where only its address says that it is here."""

    case: Case
    metres: int | None = None


def alike(subject: Subject, staff: Staff) -> CaseQuerySet:
    """Open cases about the same that this reader may see; supporters are left out, since their main case is there too."""
    tied = Exists(Merge.objects.filter(supporter=OuterRef("pk"), ended_at=None))
    return Case.objects.visible_to(staff).open().filter(~tied, subject=subject).only(*COLUMNS)


def around(point: tuple[float, float], cases: CaseQuerySet) -> list[Near]:
    """Those within a short walk, nearest first."""
    lat, lon = point
    shrink = max(math.cos(math.radians(lat)), 0.01)
    up, aside = METRES / METRES_A_DEGREE, METRES / (METRES_A_DEGREE * shrink)
    found = []
    for case in cases.in_box(lat - up, lon - aside, lat + up, lon + aside).order_by("-pk")[:LOOKED_THROUGH]:
        metres = math.hypot((case.lat or 0) - lat, ((case.lon or 0) - lon) * shrink) * METRES_A_DEGREE
        if metres <= METRES:
            found.append(Near(case, round(metres)))
    return sorted(found, key=lambda near: near.metres or 0)
