"""The municipality itself: one row of names, numbers and house rules an administrator may change."""

from typing import Any

from django.core.cache import cache
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

CACHED, CACHED_SECONDS = "municipality", 10


class Municipality(models.Model):
    """Belediye: the one row that says whose centre this is and by which rules it works."""

    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80, blank=True)
    centre_name = models.CharField(max_length=120, default="MİMER")
    phone = models.CharField(max_length=40, blank=True)
    emergency_phone = models.CharField(max_length=20, default="112")
    email = models.EmailField(blank=True)
    website = models.URLField(blank=True)
    address = models.CharField(max_length=300, blank=True)
    colour = models.CharField(max_length=7, default="#0b5566", validators=[RegexValidator(r"^#[0-9a-fA-F]{6}$")])
    logo = models.FileField(upload_to="logo/", blank=True)
    # The rectangle of the map, WGS84 degrees; points outside it are somebody else's.
    south = models.FloatField(null=True, blank=True)
    west = models.FloatField(null=True, blank=True)
    north = models.FloatField(null=True, blank=True)
    east = models.FloatField(null=True, blank=True)
    outside_body = models.ForeignKey(
        "ExternalBody",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Sınır dışındaki yerlerden kim sorumlu?"),
    )
    not_solved_days = models.PositiveSmallIntegerField(default=15)
    silence_days = models.PositiveSmallIntegerField(default=15)
    close_after_days = models.PositiveSmallIntegerField(default=15)
    privacy_notice_tr = models.TextField(blank=True)
    privacy_notice_en = models.TextField(blank=True)
    privacy_short_tr = models.TextField(blank=True)
    privacy_short_en = models.TextField(blank=True)
    # Where the law is unsettled; the defaults are the cautious ones (the earlier date).
    half_days_count = models.BooleanField(default=True, help_text=_("Yarım günler yasal sürede iş günü sayılır"))
    leave_days_count = models.BooleanField(default=True, help_text=_("İdari izin günleri yasal sürede iş günü sayılır"))
    fee_restarts = models.BooleanField(
        default=False,
        help_text=_("Ücret ödenince bilgi edinme süresi baştan başlar; işaretlenmezse kaldığı yerden sürer"),
    )
    # How long whoever is on duty has to say that she has seen an urgent case before the next is called.
    duty_minutes = models.PositiveSmallIntegerField(default=10)
    demo = models.BooleanField(default=False)
    retry_messages_hours = models.PositiveSmallIntegerField(default=48)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_municipality")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        cache.delete(CACHED)

    @classmethod
    def get(cls) -> "Municipality":
        """The row, or an unsaved one with the defaults while nothing is set up yet.

        Every page needs it, so each process keeps it for some seconds; another process hears of a change that late.
        """
        known: Municipality | None = cache.get(CACHED)
        if known is None:
            known = cls.objects.select_related("outside_body").filter(pk=1).first() or cls(pk=1, name="Belediye")
            if not known._state.adding:
                cache.set(CACHED, known, CACHED_SECONDS)
        return known

    def contains(self, lat: float, lon: float) -> bool:
        """Whether a point (WGS84 degrees) lies in the rectangle; true while none is set."""
        if self.south is None or self.west is None or self.north is None or self.east is None:
            return True
        return self.south <= lat <= self.north and self.west <= lon <= self.east
