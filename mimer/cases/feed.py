"""The events as a feed that other rooms follow, each at its own pace and each event exactly once.

Ids of a busy database do not become visible in order, so a bare cursor would skip a late commit. A reader therefore
marks each event it has handled, and the cursor moves only past events older than any transaction may live.
History that an import brought in (`adopt`) is silent: it never appears here.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Exists, Max, OuterRef
from django.utils import timezone

from .models import Event, FeedCursor, FeedMark

# No transaction of ours lives this long: web requests and worker batches are cut long before.
SETTLED_AFTER = timedelta(minutes=15)


def unread(reader: str, limit: int = 200, look_back: int | None = None) -> list[Event]:
    """Events this reader has not handled, oldest first, with case, subject, unit and applicant at hand.

    Looking back only so many ids behind the last handled one keeps a look cheap after a flood; a commit later than
    that is found by the next look without a bound.
    """
    handled = FeedMark.objects.filter(reader=reader, event_id=OuterRef("pk"))
    after = _settled(reader)
    if look_back is not None:
        last = FeedMark.objects.filter(reader=reader).aggregate(last=Max("event_id"))["last"] or 0
        after = max(after, last - look_back)
    events = Event.objects.filter(pk__gt=after).exclude(verb="adopt").exclude(Exists(handled)).order_by("pk")
    return list(events.select_related("case__subject", "case__unit", "case__applicant", "case__neighbourhood")[:limit])


def mark(reader: str, events: Iterable[Event]) -> None:
    """Says that these were handled; call inside the transaction that handled them."""
    FeedMark.objects.bulk_create([FeedMark(reader=reader, event_id=event.pk) for event in events])


def settle(reader: str) -> int:
    """Moves the cursor past old events that are all handled and forgets their marks; returns how many marks went."""
    border = Event.objects.filter(at__lt=timezone.now() - SETTLED_AFTER).aggregate(last=Max("pk"))["last"]
    if border is None or any(event.pk <= border for event in unread(reader, limit=1)):
        return 0
    FeedCursor.objects.update_or_create(reader=reader, defaults={"settled": border})
    return FeedMark.objects.filter(reader=reader, event_id__lte=border).delete()[0]


def _settled(reader: str) -> int:
    return FeedCursor.objects.filter(reader=reader).values_list("settled", flat=True).first() or 0
