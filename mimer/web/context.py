"""What every page knows: whose centre this is, and where its reader may go."""

from typing import Any

from django.http import HttpRequest

from mimer.municipality.models import Municipality

from .navigation import navigation
from .unit.alarms import alarms_of


def house(request: HttpRequest) -> dict[str, Any]:
    """The municipality, the reader's own navigation, and the urgent cases that call her."""
    return {
        "municipality": municipality_of(request),
        "navigation": navigation(request),
        "alarms": lambda: alarms_of(request),  # read only by pages that show them
    }


def municipality_of(request: HttpRequest) -> Municipality:
    """The municipality, read once a request."""
    known: Municipality | None = getattr(request, "municipality", None)
    if known is None:
        known = request.municipality = Municipality.get()  # type: ignore[attr-defined]
    return known
