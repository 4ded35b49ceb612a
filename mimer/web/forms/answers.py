"""Forms of the verbs that answer: declare an outcome with its evidence, sign a proposal, point to another body."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from mimer.cases.actions import Draft
from mimer.cases.information import grounds_told, is_information_request
from mimer.cases.models import Answer, AnswerState, Case
from mimer.cases.states import DECLARABLE, Outcome
from mimer.knowledge.models import CannedAnswer
from mimer.municipality.kinds import Evidence
from mimer.municipality.models import ExternalBody
from mimer.municipality.named import in_language, known_language
from mimer.turkish import long_date

from ..access import row_id
from .citizen import PhotosField, TextField, WordsField
from .information import ask_grounds
from .verbs import VerbForm, body_field

# A field that only some outcomes need says for which; it is not called optional.
REASON_HELP = _("Olumsuz, kısmen olumlu, haklı bulunmadı ve tespit edilemedi sonuçları için gerekir.")
EVIDENCE_HELP = {
    Evidence.PHOTO: _("Olumlu ya da kısmen olumlu sonuç için gerekir; işin bittiğini göstersin."),
    Evidence.DOCUMENT_NUMBER: _("Olumlu ya da kısmen olumlu sonuç için gerekir."),
    Evidence.NOTE: _("“Bilgi verildi” dışındaki her sonuç için gerekir; ne yapıldığını yazın."),
}


class AnswerForm(VerbForm):
    """Cevap: outcome, words to the citizen, reason, number, and the photo of the finished work in one go."""

    outcome = forms.ChoiceField(
        choices=[(outcome.value, outcome.label) for outcome in DECLARABLE], widget=forms.RadioSelect, label=_("Sonuç"),
        error_messages={"required": _("Sonucu seçin"), "invalid_choice": _("Sonucu seçin")},
    )  # fmt: skip
    text = WordsField(
        missing=_("Başvurana verilecek cevabı yazın"), what=_("Cevap"), label=_("Başvurana cevabınız"),
        help_text=_("Başvurana bu sözlerle gider."),
    )  # fmt: skip
    reason = WordsField(missing="", what=_("Gerekçe"), label=_("Gerekçe ya da yapılan iş"), rows=2, required=False)
    document_number = TextField(what=_("Belge numarası"), most=80, required=False, label=_("Belge ya da yazı numarası"))
    photos = PhotosField(label=_("“Sonrası” fotoğrafı"))

    def prepare(self) -> None:
        evidence = Evidence(self.case.subject.evidence)
        ask_grounds(self)
        if "grounds" in self.fields:
            return
        where = {Evidence.DOCUMENT_NUMBER: "document_number", Evidence.NOTE: "reason"}.get(evidence, "photos")
        self.fields["reason"].help_text = REASON_HELP
        self.fields[where].help_text = EVIDENCE_HELP.get(evidence, "")

    def draft(self) -> Draft:
        told = self.cleaned_data
        return Draft(
            told["outcome"], told["text"], told["reason"], told.get("document_number", ""), told.get("grounds", ()),
            told.get("parts_removed", False),
        )  # fmt: skip

    @property
    def canned(self) -> list[tuple[str, list[CannedAnswer]]]:
        """Ready texts for this subject (then general ones) under their outcomes."""
        order = [*Outcome.values]
        rows = sorted(
            canned_for(self.case), key=lambda row: (order.index(row.outcome), row.subject_id is None, row.title)
        )
        groups: dict[str, list[CannedAnswer]] = {}
        for row in rows:
            groups.setdefault(str(Outcome(row.outcome).label), []).append(row)
        return list(groups.items())


class SpotAnswerForm(AnswerForm):
    """Yerinde verilen bilgi: the desk's only answer."""

    def prepare(self) -> None:
        super().prepare()
        for name in ("photos", "document_number", "reason", "grounds", "parts_removed"):
            self.fields.pop(name, None)
        outcome = self.fields["outcome"]
        assert isinstance(outcome, forms.ChoiceField)
        outcome.choices = [(Outcome.INFORMED.value, Outcome.INFORMED.label)]
        self.initial.setdefault("outcome", Outcome.INFORMED)

    def draft(self) -> Draft:
        return Draft(self.cleaned_data["outcome"], self.cleaned_data["text"])


class ApproveForm(VerbForm):
    """Onay: the proposed words, which the head may change."""

    text = WordsField(
        missing=_("Başvurana verilecek cevabı yazın"), what=_("Cevap"), label=_("Başvurana gidecek cevap")
    )

    @property
    def proposal(self) -> Answer | None:
        return self.case.final_answers.filter(state=AnswerState.PROPOSED).select_related("by").last()

    def prepare(self) -> None:
        if (proposal := self.proposal) is not None:
            self.initial.setdefault("text", proposal.text)
            said = gettext("Öneren: %(who)s. Sonuç: %(outcome)s.") % {
                "who": proposal.by, "outcome": Outcome(proposal.outcome).label,
            }  # fmt: skip
            if grounds := grounds_told(self.case, proposal.grounds):
                said += " " + gettext("Yasal gerekçe: %(grounds)s.") % {"grounds": "; ".join(grounds)}
            self.fields["text"].help_text = said


class ReferForm(VerbForm):
    """Dış kurum: which, and what the citizen is told."""

    body = body_field()
    text = WordsField(missing=_("Başvurana ne söylediğinizi yazın"), what=_("Cevap"), label=_("Başvurana cevabınız"))
    reference = TextField(what=_("Numara"), most=80, required=False, label=_("Kuruma yazımızın numarası"))

    def prepare(self) -> None:
        body = self.initial.get("body") or self.case.subject.external_body
        if isinstance(body, str):
            body = ExternalBody.objects.filter(pk=row_id(body) or 0).first()
        if body:
            self.initial["body"] = body.pk
            about_information = is_information_request(self.case)
            words = referral_words(body, self.case.language, information=about_information)
            self.initial.setdefault("text", words)


def canned_for(case: Case) -> list[CannedAnswer]:
    """The ready texts that fit the case: of its subject, and those for all."""
    rows = CannedAnswer.objects.filter(active=True, outcome__in=[str(outcome) for outcome in DECLARABLE])
    return list(rows.filter(subject=case.subject_id) | rows.filter(subject=None))


def filled(canned: CannedAnswer, case: Case) -> str:
    """The ready text in the citizen's language, its variables filled from the case."""
    text = in_language(canned, "text", case.language)
    values = {
        "applicant": _called(case),
        "number": case.number, "subject": in_language(case.subject, "name", case.language),
        "unit": in_language(case.unit, "name", case.language) if case.unit else "", "place": case.place_line,
        "date": long_date(timezone.localdate(), language=known_language(case.language)),
    }  # fmt: skip
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def _called(case: Case) -> str:
    """How an answer addresses the applicant; a hidden name stands in no text that the unit reads."""
    if not case.identity_hidden:
        return case.applicant_name
    with override(known_language(case.language)):
        return gettext("başvuru sahibi")


def referral_words(body: ExternalBody, language: str, *, information: bool = False) -> str:
    """What the citizen is told of a matter (or of information) that is another body's, where nobody writes anything else."""
    language = known_language(language)
    words = {"body": in_language(body, "name", language), "how": in_language(body, "how", language)}
    with override(language):
        if information:
            said = gettext("İstediğiniz bilgi %(body)s kurumunda; başvurunuzu oraya yönlendirdik. %(how)s")
        else:
            said = gettext("Bu konu %(body)s kurumunun görevi; başvurunuzu oraya yönlendirdik. %(how)s")
        return (said % words).strip()
