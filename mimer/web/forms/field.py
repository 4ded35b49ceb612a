"""Forms for a telephone in the field: a photo before, done, not found, not today."""

from typing import Any

from django import forms
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mimer.cases.actions import Draft
from mimer.cases.models import Case
from mimer.cases.states import Outcome
from mimer.municipality.kinds import Evidence
from mimer.municipality.named import known_language
from mimer.turkish import long_date

from .answers import AnswerForm, canned_for, filled
from .citizen import PhotosField, WordsField
from .verbs import VerbForm

_l = gettext_lazy


class BeforeForm(VerbForm):
    """Öncesi: how it looked when the crew came."""

    photos = PhotosField(label=_l("“Öncesi” fotoğrafı"))

    def prepare(self) -> None:
        self.fields["photos"].required = True

    def clean_photos(self) -> Any:
        if not self.cleaned_data["photos"]:
            raise forms.ValidationError(_("Fotoğraf çekin ya da seçin"))
        return self.cleaned_data["photos"]


class DoneForm(AnswerForm):
    """Yapıldı: wholly or in part, with the photo after the work and words that stand ready."""

    field_order = ("photos", "outcome", "text", "reason", "document_number")

    def prepare(self) -> None:
        super().prepare()
        # Here every outcome is a good one, so the label must not say "(isteğe bağlı)"; the verb asks for the photo.
        self.fields["photos"].required = self.case.subject.evidence == Evidence.PHOTO
        if self.case.subject.evidence != Evidence.DOCUMENT_NUMBER:
            self.fields.pop("document_number")
        outcome = self.fields["outcome"]
        assert isinstance(outcome, forms.ChoiceField)
        outcome.choices = [(Outcome.POSITIVE.value, _("Yapıldı")), (Outcome.PARTIAL.value, _("Bir kısmı yapıldı"))]
        if self.case.subject.evidence != Evidence.NOTE:
            self.fields["reason"].help_text = _("Bir kısmı yapıldıysa gerekir; ne kaldığını yazın.")
        self.initial.setdefault("outcome", Outcome.POSITIVE)
        self.initial.setdefault("text", ready_words(self.case, Outcome.POSITIVE))


class NotFoundForm(VerbForm):
    """Bulamadım: where the crew looked, and what the citizen is told."""

    reason = WordsField(missing=_l("Nereye baktığınızı yazın"), label=_l("Nereye baktınız, ne gördünüz?"), rows=2)
    text = WordsField(missing=_l("Başvurana verilecek cevabı yazın"), label=_l("Başvurana cevabınız"), rows=4)

    def prepare(self) -> None:
        self.initial.setdefault("text", ready_words(self.case, Outcome.NOT_FOUND))

    def draft(self) -> Draft:
        return Draft(Outcome.NOT_FOUND, self.cleaned_data["text"], self.cleaned_data["reason"])


class RemarkForm(VerbForm):
    """Not: for colleagues."""

    text = WordsField(missing=_l("Notu yazın"), label=_l("Not (yalnızca çalışanlar görür)"), rows=2)


def ready_words(case: Case, outcome: str) -> str:
    """The first ready text for this outcome, else a plain sentence, in the citizen's language."""
    for canned in sorted(canned_for(case), key=lambda row: row.subject_id is None):
        if canned.outcome == outcome:
            return filled(canned, case)
    with translation.override(case.language):
        day = long_date(timezone.localdate(), language=known_language(case.language))
        words = {"number": case.number, "day": day}
        if outcome == Outcome.NOT_FOUND:
            return (
                _("%(number)s numaralı başvurunuz için %(day)s günü geldik; bildirdiğiniz sorunu yerinde bulamadık.")
                % words
            )
        return _("%(number)s numaralı başvurunuzda bildirdiğiniz iş %(day)s günü yapıldı.") % words
