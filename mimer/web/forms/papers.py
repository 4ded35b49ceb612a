"""Forms of paper: what is seen on a petition at the desk, a number from the document system, the signed answer."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mimer.cases.actions import Registration
from mimer.cases.actions.papers import Flow
from mimer.cases.files import CheckedFile
from mimer.cases.legal import WRITTEN
from mimer.cases.models import SignatureKind
from mimer.cases.paper import SIGNED_BY_DOOR, Paper, petition_of
from mimer.municipality.kinds import Channel

from .citizen import PhotosField, TextField
from .verbs import VerbForm, day_input

NOON = time(12)
# These doors tell by themselves when it reached them.
TIMED = frozenset({*SIGNED_BY_DOOR, Channel.CIMER})
MOST_PAGES = 999
DAY_ERRORS = {"invalid": _("Tarihi 15.01.2026 gibi yazın"), "required": _("Günü yazın")}
DAY_FORMATS = ["%Y-%m-%d", "%d.%m.%Y"]


def day_field(label: Any, *, required: bool = False, **options: Any) -> forms.DateField:
    """A day typed or picked."""
    return forms.DateField(
        required=required,
        label=label,
        widget=day_input(),
        error_messages=DAY_ERRORS,
        input_formats=DAY_FORMATS,
        **options,
    )


class PaperFields(forms.Form):
    """A petition as it lies on the desk: signature and elements (3071 art. 4), pages, days and number."""

    received_on = day_field(_("Bize ulaştığı gün"))
    # KEP and e-Devlet deliver at a moment of their own.
    received_time = forms.TimeField(
        required=False, label=_("Teslim saati"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Saati 14:05 gibi yazın")},
    )  # fmt: skip
    document_number = TextField(
        what=_("Evrak numarası"), most=60, required=False, label=_("EBYS evrak ya da dış kayıt numarası"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    incoming_on = day_field(_("EBYS tarihi"))
    signature_kind = forms.ChoiceField(
        required=False, label=_("İmza"), choices=[("", _("İmzayı seçin")), *SignatureKind.choices],
        error_messages={"invalid_choice": _("İmzanın türünü ya da olmadığını seçin")},
    )  # fmt: skip
    pages = forms.IntegerField(
        required=False, label=_("Sayfa sayısı"), min_value=1, max_value=MOST_PAGES, initial=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": _("Sayfa sayısını rakamla yazın"), "min_value": _("Sayfa sayısı en az 1 olur"),
            "max_value": _("Sayfa sayısı en çok 999 olabilir"),
        },
    )  # fmt: skip
    has_name = forms.BooleanField(required=False, label=_("Adı ve soyadı yazılı"))
    has_address = forms.BooleanField(required=False, label=_("Adresi yazılı"))

    def clean_received_on(self) -> date | None:
        return self._not_ahead("received_on", gettext("Bize ulaştığı gün bugünden sonra olamaz"))

    def clean_incoming_on(self) -> date | None:
        return self._not_ahead("incoming_on", gettext("EBYS tarihi bugünden sonra olamaz"))

    def _not_ahead(self, name: str, sentence: str) -> date | None:
        day: date | None = self.cleaned_data[name]
        if day and day > timezone.localdate():
            raise forms.ValidationError(sentence)
        return day

    def check_paper(self, cleaned: dict[str, Any]) -> None:
        """What a paper, a KEP message or an e-Devlet application must tell of itself."""
        channel = cleaned.get("channel")
        if channel == Channel.PETITION and not cleaned.get("signature_kind") and "signature_kind" not in self.errors:
            self.add_error("signature_kind", gettext("İmzanın türünü ya da olmadığını seçin"))
        if channel in SIGNED_BY_DOOR:
            self._check_delivery(cleaned)
        delivered = self.moment(cleaned)
        if delivered and delivered > timezone.now() and "received_on" not in self.errors:
            self.add_error("received_time", gettext("Saat şu andan sonra olamaz"))
        received, incoming = cleaned.get("received_on") or timezone.localdate(), cleaned.get("incoming_on")
        if incoming and not cleaned.get("document_number"):
            self.add_error("document_number", gettext("EBYS tarihinin yanına numarasını da yazın"))
        if channel in WRITTEN and incoming and incoming < received and "received_on" not in self.errors:
            sentence = gettext("EBYS’ye bundan önce girmiş; bize ulaştığı günü EBYS tarihine göre düzeltin")
            self.add_error("received_on", sentence)

    def _check_delivery(self, cleaned: dict[str, Any]) -> None:
        for name, sentence in (
            ("received_on", gettext("Teslim gününü yazın; yasal süre o günden başlar")),
            ("received_time", gettext("Teslim saatini yazın")),
        ):
            if cleaned.get(name) is None and name not in self.errors:
                self.add_error(name, sentence)

    def moment(self, cleaned: dict[str, Any]) -> datetime | None:
        """When it reached us: the delivery of its own, else noon of that day; None where it is now."""
        day: date | None = cleaned.get("received_on")
        at: time | None = cleaned.get("received_time") if cleaned.get("channel") in TIMED else None
        if day is None or (at is None and day == timezone.localdate()):
            return None
        return timezone.make_aware(datetime.combine(day, at or NOON))

    def paper(self) -> Paper | None:
        """The petition as it was seen; None for what came another way."""
        told = self.cleaned_data
        if told["channel"] not in WRITTEN:
            return None
        return Paper(
            signature_kind=told["signature_kind"] or SIGNED_BY_DOOR[told["channel"]], has_name=told["has_name"],
            has_address=told["has_address"], pages=told["pages"] or 1,
            delivered_at=self.moment(told) if told["channel"] in SIGNED_BY_DOOR else None,
            incoming_number=told["document_number"], incoming_on=told["incoming_on"],
        )  # fmt: skip


class RegisterForm(VerbForm):
    """EBYS kaydı: which way the paper went, its number and its day."""

    flow = forms.ChoiceField(
        label=_("Hangi evrak?"), widget=forms.RadioSelect,
        choices=[(Flow.INCOMING.value, _("Gelen: başvurunun kendisi")), (Flow.OUTGOING.value, _("Giden: cevabımız"))],
        error_messages={"required": _("Gelen evrak mı giden evrak mı olduğunu seçin")},
    )  # fmt: skip
    number = TextField(
        what=_("EBYS numarası"), most=60, label=_("EBYS numarası"), missing=_("EBYS numarasını yazın"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    day = day_field(_("EBYS tarihi"), required=True)

    def prepare(self) -> None:
        petition = petition_of(self.case)
        known = petition is not None and petition.incoming_number
        self.initial.setdefault("flow", Flow.OUTGOING if known else Flow.INCOMING)
        self.initial.setdefault("day", timezone.localdate())

    def registration(self) -> Registration:
        told = self.cleaned_data
        return Registration(told["flow"], told["number"], told["day"])


class SignForm(VerbForm):
    """İmzalı cevap: the PDF as the document system gave it back, its number and its day."""

    signed = PhotosField(label=_("İmzalı cevap (PDF)"), help_text=_("EBYS’den indirdiğiniz dosya; başvuran da görür."))
    number = TextField(
        what=_("EBYS numarası"), most=60, label=_("Giden evrak numarası"), missing=_("EBYS numarasını yazın"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    day = day_field(_("Giden evrak tarihi"), required=True)

    def prepare(self) -> None:
        """What the document system said before the PDF came need not be typed again."""
        petition = petition_of(self.case)
        self.initial.setdefault("number", petition.outgoing_number if petition else "")
        self.initial.setdefault("day", (petition.outgoing_on if petition else None) or timezone.localdate())

    def clean_signed(self) -> CheckedFile:
        files: list[CheckedFile] = self.cleaned_data["signed"]
        if len(files) != 1:
            raise forms.ValidationError(gettext("İmzalı cevabın PDF dosyasını seçin (bir dosya)"))
        return files[0]
