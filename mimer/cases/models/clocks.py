"""What the case owes and when: the clocks of the law, and every date that was told to the citizen."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mimer.municipality.models import CountedIn, Unit

from ..states import LegalRegime
from .case import Case


class LegalClock(models.Model):
    """Yasal süre: one statute's period on one case, with the law of its day and its own account copied onto it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="legal_clocks")
    regime = models.CharField(max_length=30, choices=LegalRegime.choices)
    article = models.CharField(max_length=200)
    period = models.PositiveSmallIntegerField()
    counted_in = models.CharField(max_length=20, choices=CountedIn.choices)
    extended_period = models.PositiveSmallIntegerField(null=True, blank=True)
    started_on = models.DateField()
    # The last day as the statute counts it, and the last working day on or before it; none while the clock is stopped.
    due_on = models.DateField(null=True, blank=True)
    act_by = models.DateField(null=True, blank=True)
    # How the date came about, line by line, as it was counted then: [[day, what, why_tr, why_en, count]].
    account = models.JSONField(default=list)
    extended_on = models.DateField(null=True, blank=True)
    stopped_on = models.DateField(null=True, blank=True)
    met_on = models.DateField(
        null=True, blank=True, help_text="an answer, or an interim answer where that keeps the law"
    )
    ended_on = models.DateField(
        null=True, blank=True, help_text="no longer applies: another regime, or the case is over"
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "regime"], condition=Q(ended_on=None), name="regime_once_a_case"),
            models.CheckConstraint(condition=Q(due_on=None) | Q(due_on__gte=F("started_on")), name="due_after_receipt"),
        ]

    @property
    def is_running(self) -> bool:
        """Whether the statute still waits for something from us."""
        return self.met_on is None and self.ended_on is None and self.stopped_on is None


class PromiseKind(models.TextChoices):
    """What the date was about when it was told."""

    TARGET = "target", _("Hedef süre")
    PLAN = "plan", _("Programa alınan gün")
    NEW_DATE = "new_date", _("Yeni tarih")
    EXTENSION = "extension", _("Uzatılan yasal süre")


class PromiseEnd(models.TextChoices):
    """How a promise ended; whether it was kept or broken is then a matter of dates."""

    DONE = "done", _("İş yapıldı")
    MOVED = "moved", _("Yeni tarih söylendi")
    DROPPED = "dropped", _("Konusu kalmadı")


# When a promise was kept, moved in time, or broken: the one place that says so.
KEPT = Q(ending=PromiseEnd.DONE, settled_on__lte=F("due_on"))
MOVED = Q(ending=PromiseEnd.MOVED, settled_on__lte=F("due_on"))


def broken_by(today: date) -> Q:
    """The day passed before it was done or moved."""
    late = Q(settled_on__gt=F("due_on")) & ~Q(ending=PromiseEnd.DROPPED)
    return late | Q(settled_on=None, due_on__lt=today)


def standing_on(today: date) -> Q:
    """Told, neither done nor moved, and its day has not passed."""
    return Q(settled_on=None, due_on__gte=today)


class PromiseQuerySet(models.QuerySet[Any]):
    """Promises as they are counted."""

    def open(self) -> Self:
        """Told, and neither done nor moved."""
        return self.filter(settled_on=None)

    def kept(self) -> Self:
        """Done by the day."""
        return self.filter(KEPT)

    def moved(self) -> Self:
        """The citizen was told another day before this one had passed."""
        return self.filter(MOVED)

    def broken(self, today: date) -> Self:
        """The day passed before it was done or moved."""
        return self.filter(broken_by(today))


class Promise(models.Model):
    """Söz: a date told to the citizen. It is never changed, only settled; the next one is a row of its own."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="promises")
    kind = models.CharField(max_length=10, choices=PromiseKind.choices)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    made_at = models.DateTimeField()
    event = models.PositiveIntegerField(help_text="the place in the case's chain of the event that told it")
    settled_on = models.DateField(null=True, blank=True)
    ending = models.CharField(max_length=10, choices=PromiseEnd.choices, blank=True)

    objects = PromiseQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_on=None, ending="") | (Q(settled_on__isnull=False) & ~Q(ending="")),
                name="settled_promise_has_its_end",
            )
        ]
        indexes = [
            models.Index(fields=["case"], condition=Q(settled_on=None), name="promise_open"),
            models.Index(fields=["unit", "due_on"], name="promise_unit_due"),
        ]
