"""Forms of those who answer for the centre: a data breach, and how a data subject showed who she is."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mimer.privacy.breaches import TOLD
from mimer.privacy.models import Breach, CheckedBy

from .citizen import TextField, WordsField

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MOMENT = "%Y-%m-%dT%H:%M"


def moment_field(
    label: "StrOrPromise", *, missing: "StrOrPromise" = "", help_text: "StrOrPromise" = ""
) -> forms.DateTimeField:
    """A day and an hour."""
    return forms.DateTimeField(
        label=label, required=bool(missing), help_text=help_text, input_formats=[MOMENT, "%d.%m.%Y %H:%M", "%d.%m.%Y %H.%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT),
        error_messages={"required": missing, "invalid": _("Günü ve saati 24.11.2026 14:30 gibi yazın")},
    )  # fmt: skip


class BreachForm(forms.Form):
    """İhlal: what is known of it so far; only the first four are needed to let the clock run."""

    learned_at = moment_field(
        _("Ne zaman öğrendik?"), missing=_("İhlalin ne zaman öğrenildiğini yazın"),
        help_text=_("72 saat bu andan başlar; tatilde de işler."),
    )  # fmt: skip
    what = WordsField(missing=_("Ne olduğunu yazın"), label=_("Ne oldu?"), rows=5)
    data_categories = TextField(
        what=_("Veri kategorileri"), most=1000, missing=_("Hangi verilerin etkilendiğini yazın"), label=_("Hangi veriler?"),
        help_text=_("Örnek: ad, telefon, adres, sağlık verisi"),
    )  # fmt: skip
    person_categories = TextField(
        what=_("Kişi grupları"), most=1000, missing=_("Kimlerin etkilendiğini yazın"), label=_("Kimler?"),
        help_text=_("Örnek: başvuru sahipleri, çalışanlar"),
    )  # fmt: skip
    persons = forms.IntegerField(
        label=_("Kaç kişi?"), required=False, min_value=0, max_value=2_000_000_000,
        help_text=_("Bilinmiyorsa boş bırakın, sonra tamamlayın."),
        error_messages={"invalid": _("Kişi sayısını rakamla yazın"), "min_value": _("Kişi sayısını rakamla yazın"),
                        "max_value": _("Kişi sayısını rakamla yazın")},
    )  # fmt: skip
    measures = WordsField(missing="", label=_("Alınan önlemler"), rows=4, required=False)
    notified_at = moment_field(_("Kurula ne zaman bildirildi?"))
    reference = TextField(what=_("Numara"), most=80, required=False, label=_("Kurulun verdiği ya da evrak numarası"))
    late_reasons = WordsField(
        missing="", label=_("Gecikmenin nedeni"), rows=3, required=False,
        help_text=_("Yalnızca 72 saatten sonra bildirildiyse."),
    )  # fmt: skip
    persons_informed_at = moment_field(_("Etkilenen kişilere ne zaman bildirildi?"))


def breach_as_typed(breach: Breach) -> dict[str, Any]:
    """What the form holds for a breach that is known."""
    return {name: getattr(breach, name) for name in TOLD}


class IdentityForm(forms.Form):
    """Kimlik doğrulama: how she showed who she is."""

    how = forms.ChoiceField(
        choices=CheckedBy.choices, widget=forms.RadioSelect, label=_("Kimliği nasıl doğrulandı?"),
        error_messages={"required": _("Kimliğin nasıl doğrulandığını seçin")},
    )  # fmt: skip
