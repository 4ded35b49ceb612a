"""Who has which call in hand, so that two agents do not ring up the same person."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from mimer.municipality.kinds import Way
from mimer.municipality.models import Staff

from .models import Message, MessageState

# Longer than a call takes; whoever leaves her desk blocks nobody for the day.
IN_HAND = timedelta(minutes=15)


def take_call(message: Message, *, by: Staff) -> bool:
    """Takes in hand all that waits to be told to this person; False when somebody else has her, or nothing waits any more."""
    now = timezone.now()
    with transaction.atomic():
        hers = Message.objects.filter(person=message.person_id, way=Way.PHONE, state=MessageState.WAITING)
        waiting = {row.pk: row for row in hers.select_for_update()}
        if message.pk not in waiting or any(in_hand_of_another(row, by) for row in waiting.values()):
            return False
        return bool(hers.update(claimed_by=by, claimed_until=now + IN_HAND))


def let_go(message: Message, *, by: Staff) -> None:
    """Gives her back, with all that still waits to be told to her."""
    Message.objects.filter(person=message.person_id, claimed_by=by).update(claimed_by=None, claimed_until=None)


def next_in_hand(message: Message, *, by: Staff) -> Message | None:
    """What else is to be told in the same call."""
    hers = Message.objects.filter(person=message.person_id, claimed_by=by, way=Way.PHONE, state=MessageState.WAITING)
    return hers.filter(next_attempt_at__lte=timezone.now()).exclude(pk=message.pk).order_by("made_at", "pk").first()


def in_hand_of_another(message: Message, staff: Staff) -> bool:
    """Whether somebody else is calling her right now."""
    until = message.claimed_until
    return message.claimed_by_id not in (None, staff.pk) and until is not None and until > timezone.now()
