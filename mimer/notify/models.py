"""Messages to citizens and the attempts to bring them, whatever the way."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mimer.cases.models import Case, Event
from mimer.municipality.kinds import Way
from mimer.municipality.models import Staff, Unit
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


class Reminder(models.Model):
    """Hatırlatma: a fallen step of the ladder that the next morning's letter has to tell; gone once it is told."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    clock = models.CharField(max_length=10)
    percent = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["event", "clock"], name="reminder_once_a_step")]


class AlarmEnd(models.TextChoices):
    """Why nobody is called any more."""

    SEEN = "seen", _("Görüldü, ilgileniliyor")
    TAKEN = "taken", _("Başvuru ele alındı")
    REACHED = "reached", _("Telefonla ulaşıldı")


class Alarm(models.Model):
    """Nöbet çağrısı: an urgent case calls the one on duty, then the next, until somebody says that she has it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="alarms")
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    # When the next person is called; whoever moves it on has the right to call her, so that one worker rings alone.
    next_at = models.DateTimeField()
    turn = models.PositiveSmallIntegerField(default=0)
    unreached = models.BooleanField(default=False, help_text=_("Aranacak kimse yok"))
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ending = models.CharField(max_length=10, choices=AlarmEnd.choices, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(ended_at=None), name="one_alarm_a_case"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ending="") | (Q(ended_at__isnull=False) & ~Q(ending="")),
                name="alarm_has_its_end",
            ),
        ]
        indexes = [models.Index(fields=["next_at"], condition=Q(ended_at=None), name="alarm_running")]


class CalledAs(models.TextChoices):
    """Why it was she who was called."""

    DUTY = "duty", _("nöbetçi")
    REPRESENTATIVE = "representative", _("birim sorumlusu")
    DEPUTY = "deputy", _("yedek sorumlu")
    HEAD = "head", _("birim müdürü")
    DEPUTY_MAYOR = "deputy_mayor", _("başkan yardımcısı")
    NOBODY = "nobody", _("kimseye ulaşılamadı")


class AlarmCall(models.Model):
    """Çağrı: one person called once; nobody to call is a row too."""

    alarm = models.ForeignKey(Alarm, on_delete=models.CASCADE, related_name="calls")
    staff = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    called_as = models.CharField(max_length=20, choices=CalledAs.choices)
    turn = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["alarm", "turn"]
        constraints = [models.UniqueConstraint(fields=["alarm", "turn"], name="one_call_a_turn")]
