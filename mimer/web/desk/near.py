"""Perhaps the same trouble as somebody tells just now: a short walk away, or at the same address."""

from datetime import timedelta

from django.utils import timezone

from mimer.cases.queries import CaseQuerySet
from mimer.municipality.models import Neighbourhood, Staff, Subject
from mimer.turkish import words

from ..unit.near import LOOKED_THROUGH, Near, alike, around

LOOK_BACK = timedelta(days=120)
MOST = 5


def same_trouble(
    subject: Subject,
    staff: Staff,
    *,
    point: tuple[float, float] | None,
    address: str,
    neighbourhood: Neighbourhood | None,
) -> list[Near]:
    """Nearest first, then those at the same address."""
    cases = alike(subject, staff)
    found = around(point, cases) if point else []
    if len(typed := set(words(address))) >= 2:
        known = {near.case.pk for near in found}
        there = _at_address(typed, cases.filter(neighbourhood=neighbourhood) if neighbourhood else cases)
        found += [near for near in there if near.case.pk not in known]
    return found[:MOST]


def _at_address(typed: set[str], cases: CaseQuerySet) -> list[Near]:
    """Those whose address says the same, however completely either was written."""
    recent = cases.filter(received_at__gte=timezone.now() - LOOK_BACK).exclude(address="")
    found = []
    for case in recent.order_by("-received_at", "-pk")[:LOOKED_THROUGH]:
        known = set(words(case.address))
        if len(known) >= 2 and (known <= typed or typed <= known):
            found.append(Near(case))
    return found
