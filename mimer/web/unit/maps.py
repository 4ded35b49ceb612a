"""The map of open cases: a page with a list beside it, and its points by rectangle."""

import json

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from mimer.cases.models import Case
from mimer.municipality.models import Municipality, Subject

from ..access import StaffRequest, staff_only
from .rows import for_rows, rows_of

MOST_POINTS = 1500
LISTED = 25


@staff_only
def case_map(request: StaffRequest) -> HttpResponse:
    """Open cases on the ground of the municipality, the most urgent of them as a list."""
    visible = Case.objects.visible_to(request.user)
    listed = for_rows(visible.open().filter(lat__isnull=False, first_due_at__isnull=False)).order_by(
        "first_due_at", "pk"
    )[:LISTED]
    place = Municipality.get()
    middle = (
        ((place.south + place.north) / 2, (place.west + place.east) / 2)
        if place.south and place.north and place.west and place.east
        else (None, None)
    )
    return render(request, "unit/case_map.html", {"rows": rows_of(list(listed)), "lat": middle[0], "lon": middle[1]})


@staff_only
def case_points(request: StaffRequest) -> HttpResponse:
    """Open cases in `box` (west,south,east,north in WGS84 degrees) as JSON: lat, lon, title, href, kind."""
    try:
        west, south, east, north = (float(side) for side in request.GET["box"].split(","))
    except (KeyError, ValueError):
        return HttpResponse(
            _("Harita alanı anlaşılamadı: box=batı,güney,doğu,kuzey"), status=400, content_type="text/plain"
        )
    cases = Case.objects.visible_to(request.user).open().in_box(south, west, north, east)
    rows = cases.values_list("pk", "year", "lat", "lon", "subject_id", "priority")[:MOST_POINTS]
    names = {subject.pk: subject.name for subject in Subject.objects.only("name_tr", "name_en")} if rows else {}
    start = reverse("case", args=["0000-000000"]).removesuffix("0000-000000/")
    points = [
        {
            "lat": lat,
            "lon": lon,
            "title": f"{names.get(subject, '')} · {year}-{pk:06d}",
            "href": f"{start}{year}-{pk:06d}/",
            "kind": "urgent" if priority == 1 else "",
        }
        for pk, year, lat, lon, subject, priority in rows
    ]
    return HttpResponse(json.dumps(points, ensure_ascii=False), content_type="application/json")
