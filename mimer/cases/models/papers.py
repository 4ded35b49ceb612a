"""What paper and the information laws add to a case: the petition, the fee notice, and the appeal against an answer."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mimer.municipality.models import Staff

from .case import Case


class SignatureKind(models.TextChoices):
    """İmza türü (3071 art. 4; 5070 art. 5)."""

    WET = "wet", _("Islak imza")
    E_SIGNATURE = "e_signature", _("Güvenli elektronik imza")
    E_DEVLET = "e_devlet", _("e-Devlet kimliği")
    KEP = "kep", _("KEP")
    NONE = "none", _("İmza yok")


class Petition(models.Model):
    """Dilekçe: what the law wants on it (3071 art. 4), and the numbers the document system (EBYS) gives."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="petition")
    signature_kind = models.CharField(max_length=12, choices=SignatureKind.choices)
    has_name = models.BooleanField(default=True)
    has_address = models.BooleanField(default=True)
    pages = models.PositiveSmallIntegerField(default=1)
    # KEP and e-Devlet have a delivery date of their own.
    delivered_at = models.DateTimeField(null=True, blank=True)
    incoming_number = models.CharField(max_length=60, blank=True)
    incoming_on = models.DateField(null=True, blank=True)
    outgoing_number = models.CharField(max_length=60, blank=True)
    outgoing_on = models.DateField(null=True, blank=True)
    # The draft left for signature, and the signed answer came back.
    handed_over_at = models.DateTimeField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["incoming_number"], condition=~models.Q(incoming_number=""), name="petition_incoming"),
            models.Index(fields=["outgoing_number"], condition=~models.Q(outgoing_number=""), name="petition_outgoing"),
        ]

    @property
    def lacks(self) -> list[str]:
        """The elements of art. 4 that are not there: `name`, `signature`, `address`."""
        there = {
            "name": self.has_name,
            "signature": self.signature_kind != SignatureKind.NONE,
            "address": self.has_address,
        }
        return [element for element, is_there in there.items() if not is_there]


class FeeNotice(models.Model):
    """Ücret bildirimi (4982 art. 11): the cost of the pages, and by when the applicant has to pay it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="fee_notices")
    pages = models.PositiveSmallIntegerField(default=0)
    colour_pages = models.PositiveSmallIntegerField(default=0)
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    told_on = models.DateField()
    pay_by = models.DateField()
    paid_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]


class AppealTo(models.TextChoices):
    """Where the applicant went with the answer."""

    BOARD = "board", _("Bilgi Edinme Değerlendirme Kurulu")
    COURT = "court", _("Mahkeme")
    DATA_BOARD = "data_board", _("Kişisel Verileri Koruma Kurulu")


class Appeal(models.Model):
    """İtiraz: an appeal against the answer, counted in the yearly report (4982 art. 30)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="appeals")
    to = models.CharField(max_length=12, choices=AppealTo.choices)
    filed_on = models.DateField()
    reference = models.CharField(max_length=80, blank=True)
    by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["filed_on", "id"]
        constraints = [models.UniqueConstraint(fields=["case", "to"], name="appeal_once_a_place")]
