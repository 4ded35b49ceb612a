"""Edges between cases: supporters of one record, and the parts of a petition that was split."""

from django.db import models
from django.db.models import F, Q

from mimer.municipality.models import Staff

from .case import Case


class Merge(models.Model):
    """Birleştirme: the supporter is answered with the main case; it keeps number, channel and clocks. An edge, not a move."""

    main = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="supporters")
    supporter = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="merges")
    by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["supporter"], condition=Q(ended_at=None), name="one_main_at_a_time"),
            models.CheckConstraint(condition=~Q(main=F("supporter")), name="not_its_own_supporter"),
        ]


class Split(models.Model):
    """Bölme: a case that was cut out of another because the words held several subjects."""

    origin = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="parts")
    part = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="split_from")
