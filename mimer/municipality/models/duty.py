"""Who is there: absences with a deputy, and the roster of those on duty outside office hours."""

from datetime import date, datetime
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from .staff import Staff
from .units import Unit


class AbsenceQuerySet(models.QuerySet[Any]):
    """Absences by day."""

    def on(self, day: date) -> Self:
        """Who is away on that day."""
        return self.filter(starts_on__lte=day, ends_on__gte=day)


class Absence(models.Model):
    """İzin ve vekâlet: while she is away her deputy sees and does her work."""

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="absences")
    deputy = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.SET_NULL, related_name="stands_in")
    starts_on = models.DateField()
    ends_on = models.DateField()
    made_by = models.ForeignKey(Staff, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="absence_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(deputy=F("staff")), name="nobody_deputises_for_herself"),
        ]
        indexes = [models.Index(fields=["deputy", "ends_on"], name="absence_deputy")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        from ..deputies import forget_deputies  # it reads the tables of this package

        super().save(*args, **kwargs)
        forget_deputies()


class DutyShiftQuerySet(models.QuerySet[Any]):
    """Shifts by moment and unit."""

    def at(self, moment: datetime) -> Self:
        """Shifts that run at that moment, in the order in which people are called."""
        return self.filter(starts_at__lte=moment, ends_at__gt=moment).order_by("order", "id")


class DutyShift(models.Model):
    """Nöbet: who is called for urgent cases of a unit (or of the whole house) in these hours, and in which order."""

    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.CASCADE, related_name="shifts")
    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="shifts")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    order = models.PositiveSmallIntegerField(default=1)

    objects = DutyShiftQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "order", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="shift_ends_after_it_begins"),
            models.UniqueConstraint(fields=["unit", "staff", "starts_at"], name="shift_once"),
        ]
        indexes = [models.Index(fields=["ends_at"], name="shift_ends")]
