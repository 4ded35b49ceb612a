"""A point beyond the border: who is responsible there is said, and whoever goes on does so knowingly."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mimer.municipality.models import Municipality
from mimer.municipality.where import is_ours


class BorderCheck(forms.Form):
    """For forms with a point: `outside` is the tick of somebody who knows that the place is not ours."""

    outside = forms.BooleanField(label=_("Yer sınırımızın dışında; yine de kaydediyorum"), required=False)

    def check_border(self, cleaned: dict[str, Any]) -> None:
        lat, lon = cleaned.get("lat"), cleaned.get("lon")
        if lat is None or lon is None or cleaned.get("outside") or is_ours(lat, lon):
            return
        sentence = gettext(
            "Bu nokta belediye sınırının dışında; yerini düzeltin ya da bilerek kaydettiğinizi işaretleyin."
        )
        if body := body_beyond():
            sentence += " " + gettext("Sorumlu: %(body)s.") % {"body": body}
        self.add_error("outside", sentence)


def body_beyond() -> str:
    """Who is responsible beyond the border, and how she is reached; "" where the house does not know."""
    body = Municipality.get().outside_body
    return " · ".join(filter(None, [body.name, body.phone])) if body else ""
