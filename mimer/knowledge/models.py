"""Answers that are given again and again, kept per subject and outcome."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mimer.municipality.models import Subject
from mimer.municipality.named import in_language


class CannedAnswer(models.Model):
    """Hazır cevap: a starting text for one subject and outcome; general ones have no subject."""

    subject = models.ForeignKey(Subject, null=True, blank=True, on_delete=models.CASCADE, related_name="canned_answers")
    outcome = models.CharField(max_length=20)
    title_tr = models.CharField(max_length=160)
    title_en = models.CharField(max_length=160, blank=True)
    text_tr = models.TextField(help_text=_("Kullanılabilir: {applicant} {number} {subject} {unit} {place} {date}"))
    text_en = models.TextField(blank=True)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["title_tr"]

    def __str__(self) -> str:
        return in_language(self, "title")

    @property
    def title(self) -> str:
        return in_language(self, "title")
