"""Events: append-only, hash-chained per case, sealed by day; they are the history and the feed of other rooms."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from django.db import models

from mimer.municipality.models import Staff

from .case import Case


class Event(models.Model):
    """İşlem kaydı: one verb, once, with ids and codes only; never a name, never free text."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    seq = models.PositiveIntegerField()
    verb = models.CharField(max_length=30)
    party = models.CharField(max_length=20)
    staff = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    from_state = models.CharField(max_length=20, blank=True)
    to_state = models.CharField(max_length=20)
    facts = models.JSONField(default=dict)
    at = models.DateTimeField()
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["case_id", "seq"]
        constraints = [models.UniqueConstraint(fields=["case", "seq"], name="event_seq_once_a_case")]
        indexes = [
            models.Index(fields=["at"], name="event_at"),
            # What the followers of the feed still have to look through: history that was brought in is silent.
            models.Index(fields=["id"], condition=~models.Q(verb="adopt"), name="event_told"),
        ]

    def digest(self) -> str:
        """SHA-256 (hex) over the previous hash and everything this row says, in one canonical form."""
        return event_digest(
            self.previous_hash,
            self.case_id,
            self.seq,
            self.verb,
            self.party,
            self.staff_id,
            self.from_state,
            self.to_state,
            self.facts,
            self.at,
        )


def event_digest(
    previous: str,
    case_id: int,
    seq: int,
    verb: str,
    party: str,
    staff_id: int | None,
    from_state: str,
    to_state: str,
    facts: dict[str, Any],
    at: datetime,
) -> str:
    """The digest of one link of a case's chain, apart from the row so that many can be made at once."""
    row = [
        case_id,
        seq,
        verb,
        party,
        staff_id,
        from_state,
        to_state,
        facts,
        at.astimezone(UTC).isoformat(timespec="microseconds"),
    ]
    text = json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{previous}{text}".encode()).hexdigest()


class FeedCursor(models.Model):
    """Okuma imleci: a room that follows the events has handled every one up to here (see `mimer.cases.feed`)."""

    reader = models.CharField(max_length=30, unique=True)
    settled = models.BigIntegerField(default=0)


class FeedMark(models.Model):
    """Okundu işareti: beyond the cursor, this event has been handled too."""

    reader = models.CharField(max_length=30)
    event_id = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reader", "event_id"], name="event_handled_once_a_reader")]


class Seal(models.Model):
    """Günlük mühür: a digest over the last links of every chain that grew on that day; may be published."""

    date = models.DateField(unique=True)
    events = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField(auto_now_add=True)
