"""Forms of neighbourhoods and of the bodies beside the municipality."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mimer.municipality.models import ExternalBody, Neighbourhood

from .plain import NAME, ONE_CODE, ListField, PlainForm


class NeighbourhoodForm(PlainForm):
    """Mahalle."""

    aliases = ListField(
        label=_("Diğer yazılışları"), required=False, help_text=_("Virgülle ayırın; aramada bunlar da bulunur.")
    )
    lat = forms.FloatField(label=_("Enlem"), required=False, min_value=-90, max_value=90)
    lon = forms.FloatField(label=_("Boylam"), required=False, min_value=-180, max_value=180)

    layout = [(_("Mahalle"), ["name slug", "aliases", "postal_code population"]), (_("Ortası"), ["lat lon"])]

    class Meta:
        model = Neighbourhood
        fields = ["name", "slug", "aliases", "postal_code", "population", "lat", "lon"]
        labels = {
            "name": _("Adı"),
            "slug": _("Kısa yazılışı"),
            "postal_code": _("Posta kodu"),
            "population": _("Nüfus"),
        }
        error_messages = {"slug": {"unique": _("Bu yazılış başka bir mahallede var; başka bir yazılış seçin")}}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and (data.get("lat") is None) != (data.get("lon") is None):
            self.add_error("lon", _("Enlemi ve boylamı birlikte yazın"))
        return data


class ExternalBodyForm(PlainForm):
    """Dış kurum."""

    layout = [
        (_("Kurum"), ["code", "name_tr name_en"]),
        (_("Vatandaş nasıl ulaşır"), ["phone_short phone_other", "website", "how_tr", "how_en"]),
    ]

    class Meta:
        model = ExternalBody
        fields = ["code", "name_tr", "name_en", "phone_short", "phone_other", "website", "how_tr", "how_en"]
        labels = NAME | {
            "code": _("Kod"),
            "phone_short": _("Kısa numara"),
            "phone_other": _("Telefon"),
            "website": _("Web adresi"),
            "how_tr": _("Vatandaş nasıl başvurur"),
            "how_en": _("Vatandaş nasıl başvurur (İngilizce)"),
        }
        error_messages = ONE_CODE
