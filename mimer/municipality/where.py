"""Where a point lies: in which neighbourhood, and whether it is ours."""

import itertools
import math
from dataclasses import dataclass

from django.core.cache import cache
from shapely import Point, STRtree
from shapely.geometry import shape

from mimer.turkish import sort_key

from .models import Municipality, Neighbourhood

# In degrees of latitude, about eight kilometres: farther from every known middle it is nobody's of ours.
NEAR_ENOUGH = 0.072
STAMP = "ground_stamp"
_stamps = itertools.count()
_kept: dict[int, "_Ground"] = {}


def neighbourhoods_in_order() -> list[Neighbourhood]:
    """The active neighbourhoods in the order of the Turkish alphabet, without their outlines."""
    return sorted(Neighbourhood.objects.filter(active=True).defer("polygon"), key=lambda row: sort_key(row.name))


def neighbourhood_at(lat: float, lon: float) -> Neighbourhood | None:
    """The neighbourhood whose outline holds the point (WGS84 degrees); without outlines, the one whose middle is near."""
    ground = _ground()
    point = Point(lon, lat)
    if len(hits := ground.tree.query(point, predicate="intersects")):
        return ground.outlined[min(hits)]
    near = min(ground.middles, key=lambda row: _far(row, lat, lon), default=None)
    return near if near and _far(near, lat, lon) <= NEAR_ENOUGH else None


@dataclass(frozen=True)
class _Ground:
    """The neighbourhoods prepared for many questions."""

    tree: STRtree
    outlined: list[Neighbourhood]
    middles: list[Neighbourhood]


def _ground() -> _Ground:
    """Read again at most once a minute; a cleared cache asks for it at once."""
    stamp = cache.get(STAMP)
    if stamp is None or stamp not in _kept:
        stamp = next(_stamps) if stamp is None else stamp
        active = Neighbourhood.objects.filter(active=True).order_by("pk")
        outlines = dict(active.filter(polygon__isnull=False).values_list("pk", "polygon"))
        rows = list(active.defer("polygon"))
        outlined = [row for row in rows if outlines.get(row.pk)]
        tree = STRtree([shape(outlines[row.pk] or {}) for row in outlined])
        middles = [row for row in rows if not outlines.get(row.pk) and row.lat is not None and row.lon is not None]
        _kept.clear()
        _kept[stamp] = _Ground(tree, outlined, middles)
        cache.set(STAMP, stamp, 60)
    return _kept[stamp]


def is_ours(lat: float, lon: float) -> bool:
    """Whether the municipality is responsible there: in its rectangle and, where outlines are known, in a neighbourhood."""
    if not Municipality.get().contains(lat, lon):
        return False
    return not _ground().outlined or neighbourhood_at(lat, lon) is not None


def _far(row: Neighbourhood, lat: float, lon: float) -> float:
    east = ((row.lon or 0) - lon) * math.cos(math.radians(lat))
    return math.hypot((row.lat or 0) - lat, east)
