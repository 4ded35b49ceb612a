"""Places and neighbours: the neighbourhoods of the municipality and the bodies that do what it does not."""

from django.db import models

from ..named import Named, in_language


class Neighbourhood(models.Model):
    """Mahalle: has a point, and a polygon where one was brought in."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=30, default="mahalle")
    aliases = models.JSONField(default=list, blank=True)
    tuik_id = models.PositiveIntegerField(null=True, blank=True)
    population = models.PositiveIntegerField(null=True, blank=True)
    postal_code = models.CharField(max_length=10, blank=True)
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    polygon = models.JSONField(null=True, blank=True, help_text="GeoJSON geometry, WGS84")
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ExternalBody(Named):
    """Dış kurum: whoever is responsible when the municipality is not, and how a citizen reaches it."""

    code = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=40, blank=True)
    phone_short = models.CharField(max_length=20, blank=True)
    phone_other = models.CharField(max_length=80, blank=True)
    website = models.CharField(max_length=200, blank=True)
    referral_mode = models.CharField(max_length=60, blank=True)
    how_tr = models.TextField(blank=True)
    how_en = models.TextField(blank=True)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["name_tr"]
        verbose_name_plural = "external bodies"

    @property
    def how(self) -> str:
        return in_language(self, "how")

    @property
    def phone(self) -> str:
        return self.phone_short or self.phone_other
