"""Forms about information requests (4982) and appeals: the fee, its payment, the grounds of a refusal, where it went on."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from mimer.cases.information import FOI_OUTCOMES, is_information_request, refusal_grounds
from mimer.cases.models import AppealTo
from mimer.municipality.statutes import tariff_on
from mimer.turkish import money

from .citizen import TextField, WordsField
from .verbs import VerbForm, day_input

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MOST_PAGES = 30_000


def page_count(label: "StrOrPromise") -> forms.IntegerField:
    """A number of pages."""
    wrong = _("Sayfa sayısını rakamla yazın")
    return forms.IntegerField(
        label=label, min_value=0, max_value=MOST_PAGES, initial=0,
        error_messages={"required": wrong, "invalid": wrong, "min_value": wrong, "max_value": wrong},
    )  # fmt: skip


class FeeForm(VerbForm):
    """Ücret bildirimi: how many pages, and how they are paid; the amount only where no tariff is kept."""

    pages = page_count(_("Siyah-beyaz sayfa"))
    colour_pages = page_count(_("Renkli sayfa"))
    amount = forms.DecimalField(
        label=_("Tutar (TL)"), required=False, min_value=0, max_digits=10, decimal_places=2, localize=True,
        error_messages={"invalid": _("Tutarı 120,50 gibi yazın")},
    )  # fmt: skip
    words = WordsField(
        missing=_("Ücretin nereye ve nasıl ödeneceğini yazın"), label=_("Nereye ve nasıl ödenecek?"), rows=3,
        help_text=_("Başvurana tutar ve son ödeme günüyle birlikte gider. Ücret istemek zorunlu değildir."),
    )  # fmt: skip

    def prepare(self) -> None:
        tariff = tariff_on(timezone.localdate())
        if tariff is None:
            self.fields["amount"].required = True
            self.fields["amount"].error_messages["required"] = now("Tutarı 120,50 gibi yazın")
            self.fields["amount"].help_text = now("Bugün için tarife kayıtlı değil; tutarı siz yazın.")
            return
        del self.fields["amount"]
        self.fields["pages"].help_text = now(
            "İlk %(free)d sayfa ücretsiz; sonra sayfası %(page)s, renkli %(colour)s (%(article)s)."
        ) % {
            "free": tariff.free_pages, "page": money(tariff.page), "colour": money(tariff.colour_page),
            "article": tariff.article,
        }  # fmt: skip


class FeePaidForm(VerbForm):
    """Ödeme: the day on the proof of it."""

    paid_on = forms.DateField(
        label=_("Ödendiği gün"), widget=day_input(), help_text=_("Ödemeyi gösteren belgedeki gün."),
        error_messages={"required": _("Ödendiği günü seçin"), "invalid": _("Günü 24.11.2026 gibi yazın")},
    )  # fmt: skip

    def prepare(self) -> None:
        self.initial.setdefault("paid_on", timezone.localdate())


class AppealForm(VerbForm):
    """İtiraz: to whom, when, under what number."""

    to = forms.ChoiceField(
        choices=AppealTo.choices, widget=forms.RadioSelect, label=_("Nereye başvurdu?"),
        error_messages={"required": _("Nereye başvurduğunu seçin")},
    )  # fmt: skip
    filed_on = forms.DateField(
        label=_("Hangi gün?"), widget=day_input(),
        error_messages={"required": _("İtiraz gününü seçin"), "invalid": _("Günü 24.11.2026 gibi yazın")},
    )  # fmt: skip
    reference = TextField(what=_("Numara"), most=80, required=False, label=_("Dosya ya da esas numarası"))


def ask_grounds(form: VerbForm) -> None:
    """Makes an answer's form one for an information request; other cases keep theirs."""
    if not is_information_request(form.case):
        return
    outcome = form.fields["outcome"]
    assert isinstance(outcome, forms.ChoiceField)
    outcome.choices = [(choice.value, choice.label) for choice in FOI_OUTCOMES]
    outcome.help_text = now(
        "Olumsuz ve kısmen olumlu sonuçta yasal gerekçe de seçilir; itiraz yolu cevaba kendiliğinden yazılır."
    )
    form.fields.pop("photos", None)
    choices: list[Any] = [(ground.code, ground.with_article) for ground in refusal_grounds(form.case)]
    form.fields["grounds"] = forms.MultipleChoiceField(
        label=_("Verilmeyen bilginin yasal gerekçesi"), widget=forms.CheckboxSelectMultiple, required=False, choices=choices,
        error_messages={"invalid_choice": now("Gerekçeyi listeden seçin")},
    )  # fmt: skip
    form.fields["parts_removed"] = forms.BooleanField(
        label=_("Gizli kısımlar çıkarılarak verildi (4982 m. 9)"), required=False
    )
