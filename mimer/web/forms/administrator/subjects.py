"""Forms of subjects with their questions, of headings, routing rules and ready answers."""

import string
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mimer.cases.states import DECLARABLE, Outcome
from mimer.knowledge.models import CannedAnswer
from mimer.municipality.kinds import CaseType
from mimer.municipality.models import Category, Question, RoutingRule, Subject
from mimer.municipality.models.subjects import QuestionKind

from .plain import NAME, ONE_CODE, ChoicesField, Parts, PlainForm, say_plainly

LABELS = {
    "code": _("Kod"),
    **NAME,
    "allowed_types": _("Başvuru türleri"),
    "category": _("Konu başlığı"),
    "unit": _("İlgilenen birim"),
    "external_body": _("Dış kurum"),
    "default_type": _("Önerilen tür"),
    "default_priority": _("Öncelik"),
    "target_hours": _("Hedef süre (saat)"),
    "clock": _("Süre nasıl sayılır"),
    "needs_location": _("Yer gerekir"),
    "needs_parcel": _("Ada/parsel gerekir"),
    "needs_identity": _("Kimlik gerekir"),
    "sensitive": _("Hassas: yalnız adı yazılı kişiler görür"),
    "needs_approval": _("Cevap müdür onayından geçer"),
    "evidence": _("Olumlu sonuç için kanıt"),
    "keywords_tr": _("Vatandaşın kullandığı sözcükler"),
    "hint_tr": _("Vatandaşa açıklama"),
    "hint_en": _("Vatandaşa açıklama (İngilizce)"),
    "emergency_tr": _("Acil uyarı"),
    "emergency_en": _("Acil uyarı (İngilizce)"),
    "citizen_visible": _("Vatandaş web'de seçebilir"),
    "weight": _("Sıklık"),
}


class SubjectForm(PlainForm):
    """Konu: what is asked, who does it, how soon and what proves it."""

    allowed_types = forms.MultipleChoiceField(
        label=_("Başvuru türleri"), choices=CaseType.choices, widget=forms.CheckboxSelectMultiple
    )

    layout = [
        (_("Konu"), ["code category weight", "name_tr name_en", "citizen_visible"]),
        (_("Kim yapar, ne kadar sürede"), ["unit external_body", "default_priority target_hours clock"]),
        (
            _("Vatandaştan ne istenir"),
            ["allowed_types", "default_type", "needs_location needs_parcel needs_identity", "keywords_tr",
             "hint_tr hint_en", "emergency_tr emergency_en"],
        ),
        (_("Nasıl biter, kim görür"), ["evidence", "needs_approval", "sensitive"]),
    ]  # fmt: skip

    class Meta:
        model = Subject
        fields = list(LABELS)
        labels = LABELS
        widgets = {
            name: forms.Textarea({"rows": 2})
            for name in ("keywords_tr", "hint_tr", "hint_en", "emergency_tr", "emergency_en")
        }
        help_texts = {
            "keywords_tr": _("Her sözcükten sonra | koyun: çukur|asfalt|kaldırım"),
            "weight": "",
            "emergency_tr": _("Bu konuyu seçene, beklemeden nereyi arayacağını söyler."),
        }
        error_messages = ONE_CODE

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("default_type") and data["default_type"] not in data.get("allowed_types", [data["default_type"]]):
            self.add_error("default_type", _("Önerilen tür, yukarıda işaretli türlerden biri olmalı"))
        return data


class QuestionForm(forms.ModelForm):
    """Soru."""

    choices = ChoicesField(
        label=_("Seçenekler"),
        required=False,
        help_text=_("Her satıra bir tane: kod = Türkçe = İngilizce"),
        widget=forms.Textarea({"rows": 3}),
    )

    class Meta:
        model = Question
        fields = ["text_tr", "text_en", "code", "kind", "choices", "required", "order"]
        labels = {
            "text_tr": _("Soru"),
            "text_en": _("Soru (İngilizce)"),
            "code": _("Kod"),
            "kind": _("Nasıl cevaplanır"),
            "required": _("Cevabı gerekli"),
            "order": _("Sıra"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            say_plainly(field)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("kind") == QuestionKind.CHOICE and not self.errors and len(data.get("choices") or []) < 2:
            self.add_error("choices", _("Seçmeli soru için en az iki seçenek yazın"))
        return data


QuestionFormSet = forms.inlineformset_factory(
    Subject, Question, form=QuestionForm, formset=Parts, extra=1, can_delete=True, can_delete_extra=False
)


class CategoryForm(PlainForm):
    """Konu başlığı."""

    class Meta:
        model = Category
        fields = ["name_tr", "name_en", "order"]
        labels = NAME | {"order": _("Sıra")}


class RoutingRuleForm(PlainForm):
    """Havale kuralı."""

    layout = [
        (_("Ne zaman"), ["subject", "case_type neighbourhood", "question_code answer"]),
        (_("Ne olur"), ["unit priority", "reason_tr", "reason_en"]),
    ]

    class Meta:
        model = RoutingRule
        fields = [
            "subject",
            "case_type",
            "neighbourhood",
            "question_code",
            "answer",
            "unit",
            "priority",
            "reason_tr",
            "reason_en",
        ]
        labels = {
            "subject": _("Konu"),
            "case_type": _("Tür"),
            "neighbourhood": _("Mahalle"),
            "question_code": _("Sorunun kodu"),
            "answer": _("Cevap"),
            "unit": _("Havale edilecek birim"),
            "priority": _("Öncelik"),
            "reason_tr": _("Gerekçe"),
            "reason_en": _("Gerekçe (İngilizce)"),
        }
        help_texts = {"question_code": _("Konunun sorularında yazan kod"), "answer": _("Seçeneğin kodu")}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if bool(data.get("question_code")) != bool(data.get("answer")):
            self.add_error("answer", _("Soru kodunu ve cevabı birlikte yazın"))
        if not any(data.get(name) for name in ("subject", "case_type", "neighbourhood", "question_code")):
            self.add_error("subject", _("Kuralın neye uygulanacağını seçin: konu, tür, mahalle ya da cevap"))
        return data


class CannedAnswerForm(PlainForm):
    """Hazır cevap: only known variables may stand in braces."""

    VARIABLES = frozenset({"applicant", "number", "subject", "unit", "place", "date"})
    outcome = forms.ChoiceField(
        label=_("Sonuç"),
        choices=[(o.value, o.label) for o in (*DECLARABLE, Outcome.FORWARDED, Outcome.NOT_EXAMINED)],
    )

    class Meta:
        model = CannedAnswer
        fields = ["subject", "outcome", "title_tr", "title_en", "text_tr", "text_en"]
        labels = {
            "subject": _("Konu"),
            "title_tr": _("Başlık"),
            "title_en": _("Başlık (İngilizce)"),
            "text_tr": _("Metin"),
            "text_en": _("Metin (İngilizce)"),
        }
        help_texts = {"subject": _("Boş bırakırsanız her konuda çıkar.")}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in ("text_tr", "text_en"):
            try:
                used = {
                    field for _t, field, _f, _c in string.Formatter().parse(data.get(name) or "") if field is not None
                }
            except ValueError:
                self.add_error(name, _("Açılan her { için bir } yazın"))
                continue
            if unknown := used - self.VARIABLES:
                self.add_error(name, _("Bilinmeyen değişken: %(names)s") % {"names": ", ".join(sorted(unknown))})
        return data
