"""Contacts: every call, visit and message, whether or not a case came of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mimer.cases.models import Case
from mimer.knowledge.models import Article
from mimer.municipality.kinds import Channel
from mimer.municipality.models import ExternalBody, Staff, Unit
from mimer.people.models import Person


class Direction(models.TextChoices):
    """Who sought whom."""

    IN = "in", _("Gelen")
    OUT = "out", _("Giden")


class ContactOutcome(models.TextChoices):
    """What came of a contact; none yet while it lasts or until the agent has said it."""

    ANSWERED = "answered", _("Yerinde yanıtlandı")
    CASE_OPENED = "case_opened", _("Başvuru açıldı")
    EXISTING_CASE = "existing_case", _("Var olan başvuru")
    TRANSFERRED = "transferred", _("Aktarıldı")
    DROPPED = "dropped", _("Görüşme koptu")
    MISSED = "missed", _("Cevapsız çağrı")
    ABUSE = "abuse", _("Uygunsuz görüşme")
    WRONG_NUMBER = "wrong_number", _("Yanlış numara")
    AUTOMATIC = "automatic", _("Kendiliğinden gelen ileti")


ABOUT_A_CASE = (ContactOutcome.CASE_OPENED, ContactOutcome.EXISTING_CASE)


class Contact(models.Model):
    """Temas: one call, visit or message; of many contacts only some become cases, and all are counted."""

    channel = models.CharField(max_length=20, choices=Channel.choices)
    direction = models.CharField(max_length=3, choices=Direction.choices, default=Direction.IN)
    # The other side's own number for it (call id, Message-ID), so that a repeated delivery is the same contact.
    source_id = models.CharField(max_length=200, null=True, blank=True)
    address = models.CharField(max_length=254, blank=True, help_text="E.164, e-mail, or the handle of a network")
    line = models.CharField(
        max_length=120, blank=True, help_text=_("Bizim hangi numaramıza, kutumuza ya da hesabımıza")
    )
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="contacts")
    agent = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=15, choices=ContactOutcome.choices, blank=True)
    article = models.ForeignKey(Article, null=True, blank=True, on_delete=models.PROTECT, related_name="contacts")
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="contacts")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    body = models.ForeignKey(ExternalBody, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    # She asked something for which no article stood ready.
    no_script = models.BooleanField(default=False)
    # When and by which questions the agent made sure that it is she, before anything personal was said.
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["-started_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["channel", "source_id"], name="contact_once_a_source"),
            models.CheckConstraint(
                condition=~Q(outcome__in=["case_opened", "existing_case"]) | Q(case__isnull=False),
                name="contact_names_its_case",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=models.F("started_at")),
                name="contact_ends_after_it_starts",
            ),
        ]
        indexes = [
            models.Index(fields=["started_at"], name="contact_started"),
            models.Index(fields=["address", "started_at"], name="contact_address"),
            models.Index(fields=["channel", "started_at"], condition=Q(outcome=""), name="contact_unsettled"),
        ]

    @property
    def is_settled(self) -> bool:
        return bool(self.outcome)
