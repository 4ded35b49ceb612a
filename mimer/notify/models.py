"""Messages to citizens and the attempts to bring them, whatever the way."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mimer.cases.models import Case, Event
from mimer.municipality.kinds import Way
from mimer.municipality.models import Staff
from mimer.people.models import Person


class MessageState(models.TextChoices):
    """Where a message stands; a way that people walk (call, letter) waits in their list."""

    WAITING = "waiting", _("Sırada")
    SENT = "sent", _("Gönderildi")
    FAILED = "failed", _("Gönderilemedi")
    DROPPED = "dropped", _("Gönderilmedi")


class Message(models.Model):
    """Bildirim: one letter of one event to one person by one way; the text is never rewritten once made."""

    key = models.CharField(max_length=120, unique=True)
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="messages")
    event = models.ForeignKey(Event, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="messages")
    staff = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="messages")
    letter = models.CharField(max_length=60, help_text=_("Mektup kodu"))
    way = models.CharField(max_length=10, choices=Way.choices)
    language = models.CharField(max_length=5, default="tr")
    subject = models.CharField(max_length=300, blank=True)
    body = models.TextField()
    state = models.CharField(max_length=10, choices=MessageState.choices, default=MessageState.WAITING)
    reason = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    next_attempt_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    provider_key = models.CharField(max_length=200, blank=True, help_text="Message-ID or the provider's own number")
    claimed_until = models.DateTimeField(null=True, blank=True)
    # Whoever has this call in hand until then, so that nobody is called by two; machines leave it empty.
    claimed_by = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["made_at", "id"]
        indexes = [
            models.Index(fields=["way", "next_attempt_at"], condition=Q(state="waiting"), name="message_due"),
            models.Index(fields=["made_at"], condition=Q(state="failed"), name="message_failed"),
        ]


class Attempt(models.Model):
    """Deneme: one try to bring a message, by a machine or by somebody on the telephone, and what came of it."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="tries")
    at = models.DateTimeField()
    ok = models.BooleanField()
    result = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "id"]
