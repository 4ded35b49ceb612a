"""Bringing messages: claimed one by one, tried with growing pauses, and passed to another way when one fails for good."""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from mimer.literal import Is
from mimer.municipality.models import Municipality, Staff

from .choose import choose
from .compose import retire_stale, written
from .models import Attempt, Message, MessageState
from .told import telling_of
from .ways import WAYS, MachineWay, PermanentFailure, TemporaryFailure, WayDown

log = logging.getLogger(__name__)
# Longer than a conversation with a server may last; whoever dies holding a message delays it by no more than this.
LEASE = timedelta(minutes=2)
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240)]
AT_ONCE = 20


def deliver() -> int:
    """Tries what is due by every way that a machine walks and that can carry now; returns how many messages."""
    return sum(
        _round(code, way) for code, way in WAYS.items() if isinstance(way, MachineWay) and not way.missing()
    )  # fmt: skip


def fail(message: Message, reason: str, *, by: Staff | None = None) -> Message | None:
    """Writes down that this way has failed for good and takes the next one; returns the message that goes there, if any."""
    with transaction.atomic():
        message.state, message.reason = MessageState.FAILED, reason[:300]
        message.claimed_until = message.next_attempt_at = None
        message.save()
        Attempt.objects.create(message=message, at=timezone.now(), ok=False, result=reason[:300], by=by)
        return _by_another_way(message)


def _round(code: str, way: MachineWay) -> int:
    now = timezone.now()
    free = Q(claimed_until=None) | Q(claimed_until__lt=now)
    due = Message.objects.filter(free, Is("state", MessageState.WAITING), way=code, next_attempt_at__lte=now)
    done = 0
    try:
        for message in due.select_related("case", "person", "staff").order_by("next_attempt_at", "pk")[:AT_ONCE]:
            if _claim(message, way):
                done += 1
                _try(message, way)
    except WayDown as down:
        log.warning("Nothing goes by %s: %s", code, down)
        _put_off(code)
    finally:
        way.rest()
    return done


def _claim(message: Message, way: MachineWay) -> bool:
    """Takes the message for this worker, with the reference it will carry however often it is sent; False if it is gone."""
    now = timezone.now()
    reference = message.provider_key or way.reference(message)
    free = Q(claimed_until=None) | Q(claimed_until__lt=now)
    mine = Message.objects.filter(free, pk=message.pk, state=MessageState.WAITING)
    message.provider_key, message.claimed_until = reference, now + LEASE
    return bool(mine.update(claimed_until=message.claimed_until, provider_key=reference))


def _try(message: Message, way: MachineWay) -> None:
    try:
        sent = way.send(message)
    except PermanentFailure as no:
        fail(message, str(no))
    except WayDown as down:
        _later(message, str(down))
        raise
    except TemporaryFailure as not_now:
        _later(message, str(not_now))
    except Exception as error:
        log.exception("Message %s cannot be sent", message.pk)
        _later(message, f"{type(error).__name__}: {error}")
    else:
        with transaction.atomic():
            message.state, message.sent_at, message.reason = MessageState.SENT, timezone.now(), ""
            message.provider_key, message.claimed_until, message.next_attempt_at = sent.provider_key, None, None
            message.attempts += 1
            message.save()
            Attempt.objects.create(message=message, at=message.sent_at, ok=True)


def _later(message: Message, why: str) -> None:
    """Another try after a pause, unless the house's patience with this message is over."""
    now = timezone.now()
    message.attempts += 1
    again = now + PAUSES[min(message.attempts, len(PAUSES)) - 1]
    hours = Municipality.get().retry_messages_hours
    if again > message.made_at + timedelta(hours=hours):
        fail(message, _("%(hours)s saat boyunca gönderilemedi: %(why)s") % {"hours": hours, "why": why})
        return
    with transaction.atomic():
        message.next_attempt_at, message.claimed_until, message.reason = again, None, why[:300]
        message.save()
        Attempt.objects.create(message=message, at=now, ok=False, result=why[:300])


def _put_off(code: str) -> None:
    """What else waits for a way that is down need not find out one by one."""
    now = timezone.now()
    due = Message.objects.filter(Is("state", MessageState.WAITING), way=code, next_attempt_at__lte=now)
    due.filter(Q(claimed_until=None) | Q(claimed_until__lt=now)).update(next_attempt_at=now + PAUSES[0])


def _by_another_way(message: Message) -> Message | None:
    """The same news by the next way that reaches her; None if none is left, or it was no news to a citizen."""
    event, person = message.event, message.person
    telling = telling_of(event) if event else None
    if event is None or person is None or telling is None:
        return None
    tried = set(Message.objects.filter(event=event, person=person).values_list("way", flat=True))
    choice = choose(person, event.case, telling, tried)
    if choice.way is None:
        return None
    other = written(event, telling, person, choice.way)
    other.save()
    retire_stale(other)
    return other
