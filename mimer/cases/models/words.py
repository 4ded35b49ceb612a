"""What was said and shown about a case: notes, answers, attachments, side requests and ratings."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from mimer.municipality.models import ExternalBody, Staff, Unit

from ..states import Outcome
from .case import Case


class NoteKind(models.TextChoices):
    """What kind of words; events point to them, so that masking a text never rewrites history."""

    INSIDE = "inside", _("İç not")
    OUTSIDE = "outside", _("Başvurana açık not")
    REASON = "reason", _("Gerekçe")
    QUESTION = "question", _("Başvurana soru")
    REPLY = "reply", _("Başvuranın cevabı")
    INTERIM = "interim", _("Ara bilgi")
    BODY_REPLY = "body_reply", _("Kurum cevabı")
    NOT_SOLVED = "not_solved", _("Sorun çözülmedi bildirimi")
    WORDS = "words", _("Başvuranın yeni yazdığı")


FROM_CITIZEN = (NoteKind.REPLY, NoteKind.NOT_SOLVED, NoteKind.WORDS)
SEEN_BY_CITIZEN = (
    NoteKind.OUTSIDE,
    NoteKind.QUESTION,
    NoteKind.REPLY,
    NoteKind.INTERIM,
    NoteKind.NOT_SOLVED,
    NoteKind.WORDS,
)


class Note(models.Model):
    """Not: words that belong to a case, said by staff or by the citizen."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes")
    kind = models.CharField(max_length=12, choices=NoteKind.choices)
    text = models.TextField()
    by = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]


class AnswerState(models.TextChoices):
    """Whether an answer is only proposed, was sent back, or was given."""

    PROPOSED = "proposed", _("Onay bekliyor")
    SENT_BACK = "sent_back", _("Geri gönderildi")
    GIVEN = "given", _("Verildi")


class Answer(models.Model):
    """Cevap: the outcome declared and the words of it, proposed or given."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="final_answers")
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    text = models.TextField()
    reason = models.TextField(blank=True)
    document_number = models.CharField(max_length=80, blank=True)
    # Of an information request: the law's grounds for what was not given (codes), and whether the rest was.
    grounds = models.JSONField(default=list, blank=True)
    parts_removed = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=AnswerState.choices)
    by = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]


class AttachmentKind(models.TextChoices):
    """Whose evidence it is and of which moment."""

    CITIZEN = "citizen", _("Başvuran ekledi")
    BEFORE = "before", _("Öncesi fotoğrafı")
    AFTER = "after", _("Sonrası fotoğrafı")
    DOCUMENT = "document", _("Belge")
    PETITION = "petition", _("Dilekçe sayfası")
    SIGNED = "signed", _("İmzalı cevap")


class Attachment(models.Model):
    """Ek: a photo or document, checked by content and stripped of where and with what it was made."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="attachments")
    kind = models.CharField(max_length=10, choices=AttachmentKind.choices)
    file = models.FileField(upload_to="cases/%Y/%m/")
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    public = models.BooleanField(default=False, help_text=_("Başvuran da görür"))
    by = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["case", "sha256", "kind"], name="same_file_once_a_case")]

    @property
    def is_image(self) -> bool:
        return self.content_type.startswith("image/")


class UnitRequest(models.Model):
    """Görüş / ortak iş: a side request to another unit; it sees the case while the owner stays."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="unit_requests")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="unit_requests")
    joint_work = models.BooleanField(default=False)
    question = models.TextField()
    reply = models.TextField(blank=True)
    by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    replied_by = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    replied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "unit"], condition=models.Q(replied_at=None), name="one_open_request_a_unit"
            )
        ]
        indexes = [models.Index(fields=["unit"], condition=models.Q(replied_at=None), name="unit_request_open")]


class Rating(models.Model):
    """Memnuniyet: one to five, and a word; one a case, the latest."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="rating")
    score = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(5)])
    really_solved = models.BooleanField(null=True)
    words = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(score__gte=1, score__lte=5), name="score_one_to_five")]


class ThirdPartyWait(models.Model):
    """Kurum görüşü: which external body is awaited, and what it said."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="third_parties")
    body = models.ForeignKey(ExternalBody, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=80, blank=True)
    asked_at = models.DateTimeField()
    replied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "id"]
