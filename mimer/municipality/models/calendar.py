"""The calendar of the house: holidays and leaves as rows, and the hours in which work is counted."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..named import Named
from .units import Unit


class HolidayKind(models.TextChoices):
    """What kind of day off; each counts differently (see `mimer.law`)."""

    PUBLIC = "public", _("Resmî tatil")
    HALF_DAY = "half_day", _("Yarım gün")
    ADMINISTRATIVE_LEAVE = "administrative_leave", _("İdari izin")
    LOCAL = "local", _("Yerel kapanış")


class Holiday(Named):
    """Tatil günü: one day on which the house is closed, wholly or from an hour on."""

    date = models.DateField()
    kind = models.CharField(max_length=30, choices=HolidayKind.choices, default=HolidayKind.PUBLIC)
    starts_at = models.TimeField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)
    edited = models.BooleanField(default=False, help_text=_("Elle değiştirildi; yıllık güncelleme dokunmaz"))

    class Meta:
        ordering = ["date"]
        constraints = [models.UniqueConstraint(fields=["date", "kind"], name="holiday_once_a_kind")]

    def __str__(self) -> str:
        return f"{self.date} {self.name}"


class OpeningHours(models.Model):
    """Çalışma saatleri: a span of one weekday, of the whole house or of one unit; several spans a day are allowed."""

    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.CASCADE, related_name="opening_hours")
    weekday = models.PositiveSmallIntegerField(help_text=_("0 Pazartesi … 6 Pazar"))
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        ordering = ["weekday", "opens"]
        constraints = [
            models.CheckConstraint(condition=models.Q(closes__gt=models.F("opens")), name="opens_before_closing")
        ]
