"""Persons and organisations who apply; all personal identity lives in this table."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from stdnum.tr import tckimlik

from mimer.municipality.kinds import Way
from mimer.municipality.models import Staff
from mimer.turkish import fold

from .phones import display, normalise
from .secrets import EncryptedField, blind_index


class PersonKind(models.TextChoices):
    """Gerçek kişi ya da tüzel kişi."""

    PERSON = "person", _("Kişi")
    ORGANISATION = "organisation", _("Kurum ya da şirket")


class Person(models.Model):
    """Başvuru sahibi: how she is called, how to reach her, and how she wants to be told."""

    kind = models.CharField(max_length=15, choices=PersonKind.choices, default=PersonKind.PERSON)
    given_name = models.CharField(max_length=200, blank=True)
    family_name = models.CharField(max_length=200, blank=True)
    name_key = models.CharField(max_length=420, blank=True, editable=False)
    phone = models.CharField(max_length=20, blank=True, help_text="E.164")
    phone_raw = models.CharField(max_length=40, blank=True)
    email = models.CharField(max_length=254, blank=True)
    address = models.CharField(max_length=400, blank=True)
    national_id = EncryptedField(blank=True)
    national_id_index = models.CharField(max_length=64, blank=True, editable=False)
    preferred_way = models.CharField(max_length=10, choices=Way.choices, default=Way.SMS)
    language = models.CharField(max_length=5, default="tr")
    survey_opt_out = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(fields=["phone"], name="person_phone"),
            models.Index(fields=["email"], name="person_email"),
            models.Index(fields=["national_id_index"], name="person_national_id"),
        ]

    def __str__(self) -> str:
        return self.full_name or str(_("Adı bilinmiyor"))

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def phone_display(self) -> str:
        return display(self.phone) if self.phone else self.phone_raw

    @property
    def masked_national_id(self) -> str:
        """First three and last two digits, as on a receipt: 123******50."""
        number = self.national_id
        return f"{number[:3]}{'*' * (len(number) - 5)}{number[-2:]}" if len(number) > 5 else ""

    def prepare(self) -> "Person":
        """Fills what is derived from what was typed: keys for search, E.164, the blind index. Call before saving."""
        self.name_key = fold(self.full_name)[:420]
        self.phone_raw = self.phone_raw or self.phone
        self.phone = normalise(self.phone_raw) if self.phone_raw else ""
        self.email = self.email.strip().lower()
        self.national_id = "".join(sign for sign in self.national_id if sign.isdigit())
        self.national_id_index = blind_index(self.national_id) if self.national_id else ""
        return self


class CardChange(models.Model):
    """Kişi kartı değişikliği: who wrote which columns of a person's card; only ever added to, and without the values."""

    COLUMNS = {
        "phone": _("Telefon"), "email": _("E-posta"), "address": _("Posta adresi"), "national_id": _("T.C. kimlik numarası"),
        "preferred_way": _("Haber yolu"), "language": _("Dili"),
    }  # fmt: skip

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="card_changes")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    columns = models.JSONField(default=list)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]

    @property
    def names(self) -> str:
        """The columns as people read them."""
        return ", ".join(str(self.COLUMNS.get(column, column)) for column in self.columns)


def valid_national_id(number: str) -> bool:
    """Whether the eleven digits have the shape and the check digits of a Turkish (or 99…) identity number."""
    return bool(tckimlik.is_valid(number))
