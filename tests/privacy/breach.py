"""A data breach as somebody records it, for the tests that need one."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from mimer.municipality.models import Staff
from mimer.privacy.breaches import TOLD, record_breach
from mimer.privacy.models import Breach


def told(learned_at: datetime | None = None, **changes: Any) -> dict[str, Any]:
    """What is known of it in the first hour."""
    empty: dict[str, Any] = dict.fromkeys(TOLD, "") | dict.fromkeys(("persons", "notified_at", "persons_informed_at"))
    return empty | {
        "learned_at": learned_at or timezone.now() - timedelta(hours=1), "what": "Liste yanlış adrese gitti",
        "data_categories": "ad, telefon", "person_categories": "başvuru sahipleri",
    } | changes  # fmt: skip


def breach_of(by: Staff, learned_at: datetime | None = None, **changes: Any) -> Breach:
    """The same, recorded."""
    return record_breach(told(learned_at, **changes), by=by)
