"""Who looked at what she had to have a reason for."""

from django.db import models

from mimer.municipality.models import Staff
from mimer.people.models import Person


class Reveal(models.Model):
    """Kimlik görüntüleme: somebody uncovered a person's identity number, and said why."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="reveals")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="reveals")
    reason = models.CharField(max_length=400)
    case_number = models.CharField(max_length=20, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at", "-id"]


class CaseView(models.Model):
    """Görüntüleme: a sensitive case was opened by somebody."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="views")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at", "-id"]
