"""Who looked at what she had to have a reason for, what was given out to whom, and data breaches."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

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


class CheckedBy(models.TextChoices):
    """How a data subject showed who she is (6698 art. 13; Tebliğ RG 10.03.2018/30356)."""

    ID_SEEN = "id_seen", _("Kimliği görüldü")
    E_SIGNATURE = "e_signature", _("Güvenli elektronik ya da mobil imza")
    KEP = "kep", _("KEP")
    KNOWN_EMAIL = "known_email", _("Daha önce bildirdiği e-posta")


class IdentityCheck(models.Model):
    """Kimlik doğrulama: that an application for one's own data came from the person herself."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="identity_checks")
    how = models.CharField(max_length=12, choices=CheckedBy.choices)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["at", "id"]


class Collection(models.Model):
    """Veri derlemesi: everything held on a person was put together and given out, by whom and when; kept as the proof."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="collections")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="collections")
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    cases = models.PositiveIntegerField()
    files = models.PositiveIntegerField()
    left_out = models.PositiveIntegerField(default=0, help_text="sensitive cases somebody named for them must add")
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["-at", "-id"]


class Breach(models.Model):
    """Veri ihlali: what happened to personal data, and the notice the Board must have (6698 art. 12/5)."""

    learned_at = models.DateTimeField()
    what = models.TextField()
    data_categories = models.TextField()
    person_categories = models.TextField()
    persons = models.PositiveIntegerField(null=True, blank=True)
    measures = models.TextField(blank=True)
    # The law of the day it was learned of, copied, so that a later row does not move what was due.
    due_at = models.DateTimeField()
    article = models.CharField(max_length=200)
    notified_at = models.DateTimeField(null=True, blank=True)
    reference = models.CharField(max_length=80, blank=True)
    late_reasons = models.TextField(blank=True)
    persons_informed_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-learned_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(notified_at=None) | Q(notified_at__gte=F("learned_at")), name="notified_after_learned"
            ),
            models.CheckConstraint(
                condition=Q(notified_at=None) | Q(notified_at__lte=F("due_at")) | ~Q(late_reasons=""),
                name="late_notice_has_reasons",
            ),
        ]

    def __str__(self) -> str:
        return f"İ-{self.pk}"


class BreachChange(models.Model):
    """İhlal kaydındaki değişiklik: who changed what and when; rows are only ever added."""

    breach = models.ForeignKey(Breach, on_delete=models.PROTECT, related_name="changes")
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    # [[column, before, after]] as text
    details = models.JSONField()

    class Meta:
        ordering = ["-at", "-id"]
