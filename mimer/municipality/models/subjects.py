"""Subjects: what citizens apply about, what is asked, who does it, how soon, and what proves that it was done."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..kinds import CaseType, ClockKind, Evidence, Priority
from ..named import Named, in_language
from .places import ExternalBody, Neighbourhood
from .units import Unit


class Category(Named):
    """Konu başlığı: a few large groups in which people look for their subject."""

    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "name_tr"]


class Subject(Named):
    """Konu: everything the house knows in advance about one kind of application."""

    code = models.CharField(max_length=80, unique=True)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="subjects")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="subjects")
    external_body = models.ForeignKey(
        ExternalBody, null=True, blank=True, on_delete=models.SET_NULL, related_name="subjects"
    )
    allowed_types = models.JSONField(default=list)
    default_type = models.CharField(max_length=20, choices=CaseType.choices, default=CaseType.REQUEST)
    default_priority = models.PositiveSmallIntegerField(choices=Priority.choices, default=Priority.NORMAL)
    target_hours = models.PositiveIntegerField(default=40)
    clock = models.CharField(max_length=10, choices=ClockKind.choices, default=ClockKind.BUSINESS)
    needs_location = models.BooleanField(default=False)
    needs_parcel = models.BooleanField(default=False)
    needs_identity = models.BooleanField(default=False)
    sensitive = models.BooleanField(default=False)
    # A statute that sets a period for this subject itself, beside the one of the door (zoning permits).
    regime = models.CharField(max_length=30, blank=True)
    needs_approval = models.BooleanField(default=False)
    evidence = models.CharField(max_length=20, choices=Evidence.choices, default=Evidence.NONE)
    keywords_tr = models.TextField(blank=True, help_text=_("Vatandaşın kullandığı sözcükler, | ile ayrılmış"))
    hint_tr = models.TextField(blank=True)
    hint_en = models.TextField(blank=True)
    emergency_tr = models.TextField(blank=True)
    emergency_en = models.TextField(blank=True)
    citizen_visible = models.BooleanField(default=True)
    weight = models.PositiveIntegerField(default=1, help_text=_("Ne kadar sık gelir; listelerdeki sıra için"))
    note = models.TextField(blank=True)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["category__order", "-weight", "name_tr"]

    @property
    def hint(self) -> str:
        return in_language(self, "hint")

    @property
    def emergency(self) -> str:
        return in_language(self, "emergency")

    @property
    def done_elsewhere(self) -> bool:
        """Whether another body does it and the house only passes it on; other subjects name a body that may be concerned."""
        return self.external_body_id is not None and self.default_type == CaseType.REFERRAL


class QuestionKind(models.TextChoices):
    """How a question is answered."""

    TEXT = "text", _("Kısa metin")
    CHOICE = "choice", _("Seçenek")
    YES_NO = "yesno", _("Evet / hayır")
    NUMBER = "number", _("Sayı")
    DATE = "date", _("Tarih")


class Question(models.Model):
    """Soru: asked of everyone who applies about this subject; its answer may route the case."""

    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="questions")
    code = models.SlugField(max_length=60)
    kind = models.CharField(max_length=10, choices=QuestionKind.choices, default=QuestionKind.TEXT)
    text_tr = models.CharField(max_length=300)
    text_en = models.CharField(max_length=300, blank=True)
    help_tr = models.CharField(max_length=300, blank=True)
    help_en = models.CharField(max_length=300, blank=True)
    choices = models.JSONField(default=list, blank=True, help_text='[{"code", "tr", "en"}]')
    required = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["subject", "code"], name="question_code_once_a_subject")]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        return in_language(self, "text")

    @property
    def help(self) -> str:
        return in_language(self, "help")

    def label_of(self, answer: object) -> str:
        """The answer as people read it: a choice's own words instead of its code."""
        language = "en" if self.text == self.text_en else "tr"
        for choice in self.choices:
            if choice["code"] == answer:
                return str(choice.get(language) or choice["tr"])
        if self.kind == QuestionKind.YES_NO:
            return str(_("Evet") if answer in (True, "yes") else _("Hayır"))
        return str(answer)


class RoutingRule(models.Model):
    """Havale kuralı: an exception to the subject's own unit, by place, type or answer; an arbiter's ruling is one too."""

    subject = models.ForeignKey(Subject, null=True, blank=True, on_delete=models.CASCADE, related_name="rules")
    case_type = models.CharField(max_length=20, choices=CaseType.choices, blank=True)
    neighbourhood = models.ForeignKey(Neighbourhood, null=True, blank=True, on_delete=models.CASCADE)
    question_code = models.CharField(max_length=60, blank=True)
    answer = models.CharField(max_length=120, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="rules")
    priority = models.PositiveSmallIntegerField(choices=Priority.choices, null=True, blank=True)
    reason_tr = models.CharField(max_length=300)
    reason_en = models.CharField(max_length=300, blank=True)
    is_ruling = models.BooleanField(default=False, help_text=_("Hakem kararından doğdu"))
    active = models.BooleanField(default=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-is_ruling", "id"]

    def __str__(self) -> str:
        return self.reason

    @property
    def reason(self) -> str:
        return in_language(self, "reason")
