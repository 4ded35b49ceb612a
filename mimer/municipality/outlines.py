"""Brings the outlines of the neighbourhoods in from a GeoJSON file; matched by name, checked against the known middles."""

import gzip
import json
import math
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.utils.translation import gettext as _
from shapely import MultiPolygon, Point, Polygon, make_valid
from shapely.errors import ShapelyError
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from .gazetteer import Gazetteer
from .models import Neighbourhood
from .where import STAMP

NAMES = ("name", "name_tr", "ad", "adi", "mahalle", "mahalle_adi", "mahalle adı", "title")
# Another neighbourhood of that name in another district: farther than this (degrees of latitude, 11 km) it is not ours.
TOO_FAR = 0.1


class BadOutlines(Exception):
    """The file is no GeoJSON with polygons in degrees; the message is for the administrator."""


@dataclass
class Matched:
    """What became of the shapes of a file."""

    found: dict[str, str] = field(default_factory=dict)  # name in the file → neighbourhood
    strangers: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    mended: list[str] = field(default_factory=list)
    without: list[str] = field(default_factory=list)


def load_outlines(path: Path, name_property: str = "") -> Matched:
    """Gives each neighbourhood the outline of its name; of several that one in which its middle lies, or the nearest."""
    rows = list(Neighbourhood.objects.filter(active=True))
    gazetteer, result = Gazetteer(rows), Matched()
    candidates: dict[int, list[tuple[float, str, BaseGeometry]]] = {}
    for name, geometry in _shapes(_features(path), name_property, result):
        row = gazetteer.find(name)
        if row is None:
            result.strangers.append(name)
        elif (distance := _distance(row, geometry)) > TOO_FAR:
            result.elsewhere.append(name)
        else:
            candidates.setdefault(row.pk, []).append((distance, name, geometry))
    with transaction.atomic():
        for row in rows:
            if row.pk in candidates:
                _give(row, candidates[row.pk], result)
    result.without = [row.name for row in rows if not row.polygon]
    cache.delete_many([STAMP, "ground"])
    return result


def _give(row: Neighbourhood, candidates: list[tuple[float, str, BaseGeometry]], result: Matched) -> None:
    candidates.sort(key=lambda entry: entry[0])
    _distance_of_best, name, geometry = candidates[0]
    result.found[name] = row.name
    result.elsewhere += [other for _far, other, _shape in candidates[1:]]
    row.polygon = json.loads(json.dumps(mapping(geometry)))  # lists, as JSON gives them back
    if row.lat is None:
        middle = geometry.representative_point()
        row.lat, row.lon = round(middle.y, 6), round(middle.x, 6)
    row.save()


def _features(path: Path) -> list[dict[str, Any]]:
    try:
        raw = path.read_bytes()
        told = json.loads(gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw)
        features = told["features"]
        if not isinstance(features, list):
            raise TypeError
    except OSError as error:
        raise BadOutlines(_("%(file)s açılamadı: %(why)s.") % {"file": path, "why": error.strerror}) from error
    except (ValueError, KeyError, TypeError, EOFError) as error:
        raise BadOutlines(_("%(file)s bir GeoJSON FeatureCollection değil.") % {"file": path.name}) from error
    return features


def _shapes(features: list[dict[str, Any]], name_property: str, result: Matched) -> list[tuple[str, BaseGeometry]]:
    shapes = []
    for feature in features:
        name = _name(feature.get("properties") or {}, name_property)
        try:
            geometry = shape(feature["geometry"])
        except (ShapelyError, KeyError, TypeError, ValueError, AttributeError):
            result.strangers.append(name or _("(adsız)"))
            continue
        if not geometry.is_valid:
            geometry = make_valid(geometry)
            result.mended.append(name)
        geometry = _polygons(geometry)
        west, south, east, north = geometry.bounds if not geometry.is_empty else (0, 0, 0, 0)
        if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
            raise BadOutlines(
                _("Koordinatlar derece (WGS84) değil: %(name)s %(x)s, %(y)s. Dosyayı EPSG:4326'ya çevirin.")
                % {"name": name, "x": round(west), "y": round(south)}
            )
        if not name or geometry.is_empty:
            result.strangers.append(name or _("(adsız)"))
        else:
            shapes.append((name, geometry))
    if not shapes:
        raise BadOutlines(
            _(
                "Dosyada adı olan bir alan (Polygon) bulunamadı."
                " Adın durduğu özelliği --name ile söyleyin; dosyadakiler: %(names)s."
            )
            % {"names": ", ".join(sorted({key for row in features[:50] for key in row.get("properties") or {}})) or "—"}
        )
    return shapes


def _name(properties: dict[str, Any], wanted: str) -> str:
    if wanted:
        return str(properties.get(wanted) or "").strip()
    lowered = {str(key).lower(): value for key, value in properties.items()}
    return next((str(lowered[key]).strip() for key in NAMES if lowered.get(key)), "")


def _polygons(geometry: BaseGeometry) -> BaseGeometry:
    """Only what has an area; mending may leave lines beside it."""
    if isinstance(geometry, Polygon | MultiPolygon):
        return geometry
    return unary_union([part for part in getattr(geometry, "geoms", []) if isinstance(part, Polygon | MultiPolygon)])


def _distance(row: Neighbourhood, geometry: BaseGeometry) -> float:
    """In degrees of latitude; nothing is far from a neighbourhood whose middle nobody knows."""
    if row.lat is None or row.lon is None:
        return 0.0
    if geometry.covers(point := Point(row.lon, row.lat)):
        return 0.0
    near = geometry.boundary.interpolate(geometry.boundary.project(point))
    return math.hypot(near.y - row.lat, (near.x - row.lon) * math.cos(math.radians(row.lat)))
