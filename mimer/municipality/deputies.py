"""Who stands in for whom today, read once and shared by all requests: every page asks it of its reader."""

from django.core.cache import cache
from django.utils import timezone

from .models import Absence
from .remembered import remembered

STAMP = "deputies"


@remembered(STAMP, seconds=20)
def deputies_today() -> dict[int, tuple[int, ...]]:
    """By deputy, the active colleagues whose unit work is hers today."""
    found: dict[int, tuple[int, ...]] = {}
    away = Absence.objects.on(timezone.localdate()).filter(staff__is_active=True).exclude(deputy=None)
    for deputy, staff in away.values_list("deputy_id", "staff_id"):
        found[deputy] = (*found.get(deputy, ()), staff)
    return found


def forget_deputies() -> None:
    """Reads them again at the next question; call after an absence has changed."""
    cache.delete(STAMP)
