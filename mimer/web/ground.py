"""The ground of every map: the neighbourhoods as GeoJSON, by their polygons or, where none was brought in, their middles."""

import json

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from mimer.municipality.models import Neighbourhood

KEPT_SECONDS = 600


@require_safe
def ground(request: HttpRequest) -> HttpResponse:
    """Public: boundaries and names only."""
    body: str | None = cache.get("ground")
    if body is None:
        rows = Neighbourhood.objects.filter(active=True).values_list("pk", "name", "polygon", "lat", "lon")
        features = [
            {"type": "Feature", "id": pk, "properties": {"name": name}, "geometry": geometry}
            for pk, name, shape, lat, lon in rows
            if (geometry := shape or _middle(lat, lon))
        ]
        body = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
        cache.set("ground", body, KEPT_SECONDS)
    answer = HttpResponse(body, content_type="application/geo+json")
    answer["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    return answer


def _middle(lat: float | None, lon: float | None) -> dict[str, object] | None:
    return None if lat is None or lon is None else {"type": "Point", "coordinates": [lon, lat]}
