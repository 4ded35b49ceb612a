"""From an event to its message: the letter written out, with the way it goes and the key that makes it unique."""

from django.utils import timezone
from django.utils.translation import gettext as _

from mimer.cases.models import Event
from mimer.municipality.kinds import Way
from mimer.people.models import Person

from . import letters
from .choose import choose
from .models import Message, MessageState
from .told import Telling, said_on_the_spot, telling_of, words_for

BY_PEOPLE = (Way.PHONE, Way.LETTER)
# News that later news makes stale: whoever calls or prints then brings only the later one.
SOON_STALE = frozenset({"open_case", "plan", "replan", "merge", "reopen", "not_solved", "close"})


def compose(event: Event) -> Message | None:
    """The message that tells this event to its applicant, not yet saved; None if it is nothing to her."""
    telling = telling_of(event)
    person = event.case.applicant
    if telling is None or person is None:
        return None
    choice = choose(person, event.case, telling)
    message = written(event, telling, person, choice.way or Way(person.preferred_way))
    if choice.way is None:
        return _dropped(message, choice.why_not)
    if choice.way in BY_PEOPLE and said_on_the_spot(event):
        return _dropped(message, _("Görüşme sırasında söylendi."))
    return message


def written(event: Event, telling: Telling, person: Person, way: Way) -> Message:
    """A waiting message with the words of the telling's letter."""
    language = letters.known_language(person.language)
    letter = letters.write(telling.letter, way, language, words_for(event, language))
    now = timezone.now()
    return Message(
        key=key_of(event, way), case=event.case, event=event, person=person, letter=telling.letter, way=way,
        language=language, subject=letter.subject[:300], body=letter.body, made_at=now, next_attempt_at=now,
    )  # fmt: skip


def unwritable(event: Event, error: Exception) -> Message:
    """What stands on the case when the letter itself could not be written, so that somebody sees and mends it."""
    person = event.case.applicant
    way = Way(person.preferred_way) if person else Way.NONE
    telling = telling_of(event)
    now = timezone.now()
    return Message(
        key=key_of(event, way), case=event.case, event=event, person=person, letter=telling.letter if telling else event.verb,
        way=way, body="", state=MessageState.FAILED, made_at=now,
        reason=(_("Mektup yazılamadı: %(why)s") % {"why": error})[:300],
    )  # fmt: skip


def key_of(event: Event, way: str) -> str:
    """One message for one event by one way."""
    return f"event:{event.pk}:{way}"


def retire_stale(message: Message) -> None:
    """Takes stale news of the same case out of the list that people work through, now that later news waits there."""
    first_of_its_case = message.event is not None and message.event.seq == 1
    if message.way in BY_PEOPLE and message.state == MessageState.WAITING and not first_of_its_case:
        older = Message.objects.filter(
            case=message.case_id, person=message.person_id, way=message.way, state=MessageState.WAITING,
            letter__in=SOON_STALE, event_id__lt=message.event_id,
        )  # fmt: skip
        older.update(state=MessageState.DROPPED, reason=_("Yerine daha yeni haber geçti."))


def _dropped(message: Message, why: str) -> Message:
    message.state, message.reason, message.next_attempt_at = MessageState.DROPPED, why, None
    return message
