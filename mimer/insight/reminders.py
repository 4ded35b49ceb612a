"""A reminder of the yearly report on information requests, once a year, in good time before the end of February."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone

from mimer.notify.managers import tell_managers

from .information_requests import report_of

FEBRUARY = 2


def remind_of_report(now: datetime | None = None) -> int:
    """Tells the centre managers in February that the report of last year is due; returns how many were told now."""
    today = timezone.localdate(now)
    if today.month != FEBRUARY:
        return 0
    report = report_of(today.year - 1, now)
    words = {
        "year": str(report.year), "total": str(report.total), "open": str(report.counts["open"]),
        "link": f"{settings.PUBLIC_URL.rstrip('/')}/is/raporlar/bilgi-edinme/{report.year}/",
    }  # fmt: skip
    return tell_managers(f"foi-report:{report.year}", "foi_report", {"tr": words, "en": words})
