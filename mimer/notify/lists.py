"""The two lists that people work through: the telephone calls to make and the letters to print."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mimer.literal import Is
from mimer.municipality.kinds import Way
from mimer.municipality.models import Staff

from .choose import choose
from .compose import written
from .delivery import fail
from .letters import FORMS
from .models import Attempt, Message, MessageState
from .told import telling_of
from .ways import WAYS


class NotWaiting(Exception):
    """The message is no longer in the list, or cannot go again; the sentence is for the reader."""


class CallResult(models.TextChoices):
    """What came of a telephone call."""

    REACHED = "reached", gettext_lazy("Görüşüldü")
    NO_ANSWER = "no_answer", gettext_lazy("Açan olmadı")
    BUSY = "busy", gettext_lazy("Meşgul")
    CALL_LATER = "call_later", gettext_lazy("Sonra arayın dedi")
    WRONG_NUMBER = "wrong_number", gettext_lazy("Numara yanlış")


# How long a letter marked by mistake may be put back.
TAKE_BACK = timedelta(minutes=30)
# After so many calls that nobody took, another way is tried.
CALLS = 4
CALL_AGAIN = {
    CallResult.NO_ANSWER: timedelta(hours=2),
    CallResult.BUSY: timedelta(minutes=20),
    CallResult.CALL_LATER: timedelta(hours=4),
}


def call_list(staff: Staff) -> QuerySet[Message]:
    """Calls to make now, oldest first, with what the page shows; without sensitive cases she is not named for."""
    return _waiting(staff, Way.PHONE).filter(next_attempt_at__lte=timezone.now())


def calls_later(staff: Staff) -> QuerySet[Message]:
    """Calls that wait for their hour, the next one first."""
    return _waiting(staff, Way.PHONE).filter(next_attempt_at__gt=timezone.now()).order_by("next_attempt_at", "pk")


def print_queue(staff: Staff) -> QuerySet[Message]:
    """Letters to print and post, oldest first; without sensitive cases she is not named for."""
    return _waiting(staff, Way.LETTER)


def record_call(message: Message, result: str, note: str = "", *, by: Staff) -> Message:
    """Keeps what came of a call: done, once more later, or (wrong number, too many tries) another way."""
    result = CallResult(result)
    with transaction.atomic():
        message = _still_waiting(message, Way.PHONE)
        said = " · ".join(filter(None, (str(result.label), note.strip())))[:300]
        message.attempts += 1
        if result == CallResult.REACHED:
            return _brought(message, said, by)
        if result == CallResult.WRONG_NUMBER or (message.attempts >= CALLS and result != CallResult.CALL_LATER):
            fail(message, said, by=by)
            return message
        message.next_attempt_at = timezone.now() + CALL_AGAIN[result]
        message.save(update_fields=["attempts", "next_attempt_at"])
        Attempt.objects.create(message=message, at=timezone.now(), ok=False, result=said, by=by)
        return message


def mark_printed(messages: Iterable[Message], *, by: Staff) -> int:
    """Says that these letters were printed and handed to the post; those already marked stay as they are."""
    done = 0
    with transaction.atomic():
        for message in messages:
            try:
                _brought(_still_waiting(message, Way.LETTER), _("Yazdırıldı"), by)
                done += 1
            except NotWaiting:
                continue
    return done


def printed_lately(staff: Staff) -> QuerySet[Message]:
    """Letters this reader marked as printed a moment ago, which she may still take back."""
    mine = Attempt.objects.filter(message=models.OuterRef("pk"), by=staff, ok=True, at__gte=timezone.now() - TAKE_BACK)
    sent = _scoped(staff).filter(way=Way.LETTER, state=MessageState.SENT, sent_at__gte=timezone.now() - TAKE_BACK)
    return sent.filter(models.Exists(mine)).order_by("-sent_at", "-pk")


def take_back_printed(messages: Iterable[Message], *, by: Staff) -> int:
    """Puts letters that were marked by mistake back into the queue."""
    done, now = 0, timezone.now()
    with transaction.atomic():
        for message in messages:
            mine = Message.objects.filter(pk=message.pk, state=MessageState.SENT)
            if mine.update(state=MessageState.WAITING, sent_at=None, next_attempt_at=now):
                Attempt.objects.create(message=message, at=now, ok=False, result=_("Kuyruğa geri alındı"), by=by)
                done += 1
    return done


def resend(message: Message, *, by: Staff) -> Message:
    """Sends the same news once more, by the same way if it still reaches her; pressed twice it is still one message."""
    with transaction.atomic():
        message = (
            Message.objects.select_for_update(of=("self",)).select_related("event__case", "person").get(pk=message.pk)
        )
        if message.state == MessageState.WAITING:
            raise NotWaiting(_("Bu bildirim zaten sırada."))
        root = message.key.partition(":again:")[0]
        family = Message.objects.filter(Q(key=root) | Q(key__startswith=f"{root}:again:"))
        if waiting := family.filter(state=MessageState.WAITING).first():
            return waiting
        again = _again(message)
        again.key = f"{root}:again:{family.count()}"
        again.save()
        Attempt.objects.create(
            message=message, at=timezone.now(), ok=False, result=_("Yeniden gönderilmesi istendi"), by=by
        )
        return again


def failures(staff: Staff) -> QuerySet[Message]:
    """Messages that did not arrive and have no later message with the same news, newest first."""
    later = Message.objects.filter(person=models.OuterRef("person"), pk__gt=models.OuterRef("pk"))
    told = later.filter(event=models.OuterRef("event"))
    asked = later.filter(event=None, case=models.OuterRef("case"), letter=models.OuterRef("letter"))
    failed = _scoped(staff).filter(Is("state", MessageState.FAILED), person__isnull=False)
    lost = failed.exclude(models.Exists(told)).exclude(Q(event=None) & models.Exists(asked))
    return lost.order_by("-made_at", "-pk")


def _waiting(staff: Staff, way: Way) -> QuerySet[Message]:
    return _scoped(staff).filter(Is("state", MessageState.WAITING), way=way).order_by("made_at", "pk")


def _scoped(staff: Staff) -> QuerySet[Message]:
    named = staff.scope.sensitive_subject_ids
    seen = Q(case=None) | Q(case__sensitive=False) | Q(case__subject__in=named)
    return Message.objects.filter(seen).select_related("case__subject", "case__unit", "person")


def _still_waiting(message: Message, way: Way) -> Message:
    """The row, locked, if it is still in its list."""
    found = (
        Message.objects.select_for_update(of=("self",))
        .filter(pk=message.pk, way=way, state=MessageState.WAITING)
        .first()
    )
    if found is None:
        raise NotWaiting(_("Bu kayıt listede değil; başka biri tamamlamış olabilir."))
    return found


def _brought(message: Message, said: str, by: Staff) -> Message:
    now = timezone.now()
    message.state, message.sent_at, message.next_attempt_at, message.reason = MessageState.SENT, now, None, ""
    message.save()
    Attempt.objects.create(message=message, at=now, ok=True, result=said, by=by)
    return message


def _again(message: Message) -> Message:
    """A fresh message with the same words, or with words of their own if the way has to be another."""
    now = timezone.now()
    event, person, way = message.event, message.person, message.way
    telling = telling_of(event) if event else None
    if event and person and telling:
        if way not in WAYS or not WAYS[way].reaches(person):
            way = choose(person, event.case, telling).way or ""
        if not way:
            raise NotWaiting(
                _("Ulaşılacak e-posta, telefon ya da posta adresi yok; önce kişinin bilgilerini tamamlayın.")
            )
        if not message.body or FORMS.get(way) != FORMS.get(message.way):
            return written(event, telling, person, Way(way))
    return Message(
        case=message.case, event=event, person=person, staff=message.staff, letter=message.letter, way=way,
        language=message.language, subject=message.subject, body=message.body, made_at=now, next_attempt_at=now,
    )  # fmt: skip
