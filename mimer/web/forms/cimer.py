"""What the desk types over from CİMER: the moment of its record there, and whether it keeps the informant's name."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mimer.municipality.kinds import CaseType, Channel

# What CİMER calls an application; "yönetime katıl" is a suggestion.
CIMER_TYPES = (
    CaseType.WISH, CaseType.COMPLAINT, CaseType.SUGGESTION, CaseType.FOI, CaseType.TIP, CaseType.THANKS,
)  # fmt: skip


class CimerFields(forms.Form):
    """The hidden identity, and what a CİMER record must tell of itself."""

    identity_hidden = forms.BooleanField(
        required=False, label=_("Başvuranın kimliği gizli"),
        help_text=_("Adını ve telefonunu masa dışında kimse görmez."),
    )  # fmt: skip

    def check_cimer(self, cleaned: dict[str, Any]) -> None:
        """Number and day come from the CİMER record: the day is day 0 of the answer period."""
        if cleaned.get("channel") != Channel.CIMER:
            cleaned["identity_hidden"] = False
            return
        if not cleaned.get("document_number") and "document_number" not in self.errors:
            self.add_error("document_number", gettext("CİMER başvuru numarasını yazın"))
        if not cleaned.get("received_on") and "received_on" not in self.errors:
            self.add_error("received_on", gettext("CİMER kaydının gününü seçin; cevap süresi o günden sayılır"))


def name_fields(form: forms.Form) -> None:
    """Calls number and day by what they are on a CİMER record."""
    form.fields["document_number"].label = gettext("CİMER başvuru numarası")
    form.fields["received_on"].label = gettext("CİMER kayıt tarihi")
    form.fields["received_time"].label = gettext("CİMER kayıt saati")
