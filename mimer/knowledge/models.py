"""Answers that are given again and again: articles to read out and to read, and ready words per subject and outcome."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mimer.municipality.models import Subject, Unit
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


class Article(models.Model):
    """Bilgi kartı: one question people ask, with the answer to say, the answer to write, and what it takes."""

    code = models.SlugField(max_length=80, unique=True)
    subject = models.ForeignKey(Subject, null=True, blank=True, on_delete=models.SET_NULL, related_name="articles")
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="articles")
    question_tr = models.CharField(max_length=300)
    question_en = models.CharField(max_length=300, blank=True)
    spoken_tr = models.TextField(help_text=_("Telefonda söylenecek kısa cevap"))
    spoken_en = models.TextField(blank=True)
    written_tr = models.TextField(blank=True)
    written_en = models.TextField(blank=True)
    documents_tr = models.TextField(blank=True, help_text=_("Gerekli belgeler, her satıra bir tane"))
    documents_en = models.TextField(blank=True)
    fee_tr = models.CharField(max_length=300, blank=True)
    fee_en = models.CharField(max_length=300, blank=True)
    where_tr = models.CharField(max_length=300, blank=True)
    where_en = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    review_on = models.DateField(null=True, blank=True)
    citizen_visible = models.BooleanField(default=True)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["question_tr"]

    def __str__(self) -> str:
        return self.question

    @property
    def question(self) -> str:
        return in_language(self, "question")

    @property
    def spoken(self) -> str:
        return in_language(self, "spoken")
