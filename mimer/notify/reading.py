"""Follows the events: each that is to be told becomes a message in the transaction that marks it as handled."""

import logging
from collections.abc import Sequence

from django.db import IntegrityError, InterfaceError, OperationalError, transaction

from mimer.cases import feed
from mimer.cases.models import Event

from .alarms import follow
from .compose import compose, retire_stale, unwritable
from .models import Message
from .units import keep_for_morning, tell_unit

log = logging.getLogger(__name__)
READER = "notify"
AT_ONCE = 100
# Some ten seconds of the greatest rush; no transaction of ours is open for longer, and `settle` finds it if one was.
LOOK_BACK = 3000


def read_events() -> int:
    """Handles the next events; returns how many there were."""
    return _handle(feed.unread(READER, AT_ONCE, LOOK_BACK))


def settle() -> int:
    """Handles what came to light late, then forgets the marks of events long handled."""
    while _handle(feed.unread(READER, AT_ONCE)):
        pass
    return feed.settle(READER)


def _handle(events: Sequence[Event]) -> int:
    """Tells a batch; its events are taken one by one only when the batch as a whole will not go."""
    if not events:
        return 0
    try:
        _take(events)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception("A batch of events could not be told at once; taking them one by one")
        for event in events:
            _take_alone(event)
    return len(events)


def _take(events: Sequence[Event]) -> None:
    with transaction.atomic():
        found = [message for event in events for message in (compose(event), tell_unit(event)) if message]
        for message in Message.objects.bulk_create(found):
            retire_stale(message)
        keep_for_morning(events)
        follow(events)
        feed.mark(READER, events)


def _take_alone(event: Event) -> None:
    """One event; if its letter cannot be written, that is what stands on the case, and the next has its turn."""
    try:
        _take([event])
    except (OperationalError, InterfaceError):
        raise
    except IntegrityError:
        log.info("Event %s was told by another worker", event.pk)
    except Exception as error:
        log.exception("Event %s cannot be told", event.pk)
        with transaction.atomic():
            unwritable(event, error).save()
            feed.mark(READER, [event])
