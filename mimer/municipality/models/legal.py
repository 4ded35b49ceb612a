"""The law as rows a lawyer corrects: periods, grounds and fees, each dated, with article, source and certainty."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mimer import law

from ..named import Named


class CountedIn(models.TextChoices):
    """What a period is counted in (values as in `mimer.law`)."""

    CALENDAR_DAYS = "calendar_days", _("Takvim günü")
    WORKING_DAYS = "working_days", _("İş günü")
    MONTHS = "months", _("Ay")
    ELAPSED_HOURS = "elapsed_hours", _("Geçen saat")
    BUSINESS_HOURS = "business_hours", _("Mesai saati")


class Certainty(models.TextChoices):
    """How well a row was checked against its source; what is unverified is never printed as certain."""

    OFFICIAL = "official", _("Resmî kaynaktan okundu")
    PUBLISHED = "published", _("Yayımlanmış kaynaktan okundu")
    UNVERIFIED = "unverified", _("Doğrulanmadı")


class GroundKind(models.TextChoices):
    """What a ground of the law permits."""

    FOI_REFUSAL = "foi_refusal", _("Bilgi vermeme gerekçesi (4982)")
    NOT_EXAMINED = "not_examined", _("İncelememe gerekçesi")


class LegalRowQuerySet(models.QuerySet[Any]):
    """Rows of the law by the day on which they hold."""

    def on(self, day: date) -> Self:
        """What was in force on that day."""
        starts, ends = Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day)
        return self.filter(starts & ends)


class LegalRow(models.Model):
    """Mevzuat satırı: where it stands, who read it there, and from when to when it holds."""

    article = models.CharField(max_length=200)
    source = models.CharField(max_length=300, blank=True)
    certainty = models.CharField(max_length=20, choices=Certainty.choices, default=Certainty.UNVERIFIED)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)

    objects = LegalRowQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="%(class)s_ends_after_it_begins",
            )
        ]


class LegalPeriod(Named, LegalRow):
    """Yasal süre: how long a statute gives, and what may be done about the answer."""

    code = models.CharField(max_length=30)
    bound = models.CharField(max_length=20, default="municipality", help_text=_("Süre kimi bağlar?"))
    period = models.PositiveSmallIntegerField(null=True, blank=True)
    unit = models.CharField(max_length=20, choices=CountedIn.choices, default=CountedIn.CALENDAR_DAYS)
    extended_period = models.PositiveSmallIntegerField(null=True, blank=True)
    extension_tr = models.TextField(blank=True)
    extension_en = models.TextField(blank=True)
    interim_meets = models.BooleanField(default=False)
    remedy_tr = models.TextField(blank=True)
    remedy_en = models.TextField(blank=True)
    remedy_certainty = models.CharField(max_length=20, choices=Certainty.choices, default=Certainty.UNVERIFIED)

    class Meta(LegalRow.Meta):
        ordering = ["code", "valid_from"]
        constraints = [
            *LegalRow.Meta.constraints,
            models.UniqueConstraint(fields=["code", "valid_from"], name="period_once_a_day"),
            models.UniqueConstraint(fields=["code"], condition=Q(valid_from=None), name="period_once_from_ever"),
            models.CheckConstraint(
                condition=Q(extended_period=None) | Q(extended_period__gt=F("period")), name="extension_is_longer"
            ),
        ]

    def as_regime(self) -> law.Regime:
        """The row in the words of `mimer.law`."""
        return law.Regime(
            code=self.code, name_tr=self.name_tr, name_en=self.name_en, bound=self.bound, period=self.period,
            unit=law.Unit(self.unit), extended_period=self.extended_period, extension_tr=self.extension_tr,
            extension_en=self.extension_en, interim_meets=self.interim_meets, remedy_tr=self.remedy_tr,
            remedy_en=self.remedy_en, remedy_certainty=law.Certainty(self.remedy_certainty), article=self.article,
            source=self.source, certainty=law.Certainty(self.certainty), valid_from=self.valid_from,
            valid_to=self.valid_to, note=self.note,
        )  # fmt: skip


class LegalGround(Named, LegalRow):
    """Yasal gerekçe: why the law lets an application go unexamined, or information unsaid."""

    kind = models.CharField(max_length=20, choices=GroundKind.choices)
    code = models.CharField(max_length=30)

    class Meta(LegalRow.Meta):
        ordering = ["kind", "id"]
        constraints = [
            *LegalRow.Meta.constraints,
            models.UniqueConstraint(fields=["kind", "code", "valid_from"], name="ground_once_a_day"),
            models.UniqueConstraint(
                fields=["kind", "code"], condition=Q(valid_from=None), name="ground_once_from_ever"
            ),
        ]

    @property
    def with_article(self) -> str:
        """The ground as it is told: its words and where they stand, if that was checked."""
        return f"{self.name} ({self.article})" if self.certainty in law.PRINTABLE else self.name

    @property
    def is_of_cimer(self) -> bool:
        """Whether it holds only for what came by CİMER."""
        return self.code.startswith("cimer_")


class FeeTariff(LegalRow):
    """Ücret tarifesi: what pages of information cost (TL) after the free ones, while it holds."""

    free_pages = models.PositiveSmallIntegerField(default=10)
    page = models.DecimalField(max_digits=8, decimal_places=2)
    colour_page = models.DecimalField(max_digits=8, decimal_places=2)

    class Meta(LegalRow.Meta):
        ordering = ["valid_from"]
        constraints = [
            *LegalRow.Meta.constraints,
            models.UniqueConstraint(fields=["valid_from"], name="tariff_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.article} ({self.valid_from or '…'})"
