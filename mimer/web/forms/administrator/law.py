"""Forms of the law's rows: periods, grounds and fees, each dated, so that old cases keep the law of their day."""

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from mimer import law
from mimer.municipality.models import FeeTariff, LegalGround, LegalPeriod
from mimer.turkish import short_date

from .plain import NAME, PlainForm, date_input

STANDING = ["article source", "certainty", "valid_from valid_to", "note"]
STANDING_LABELS = {
    "article": _("Dayanak (kanun ve madde)"),
    "source": _("Nerede okundu"),
    "certainty": _("Ne kadar emin"),
    "valid_from": _("Yürürlük başı"),
    "valid_to": _("Yürürlük sonu"),
    "note": _("Not"),
}
STANDING_HELP = {
    "certainty": _("Doğrulanmamış bir satır mektuplara kesin bilgi olarak yazılmaz."),
    "valid_from": _("Boş bırakırsanız öteden beri."),
    "valid_to": _(
        "Boş bırakırsanız bugün de yürürlükte. Yasa değişince eski satıra son gününü yazın, yenisini ekleyin."
    ),
}
DATES = {"valid_from": date_input(), "valid_to": date_input()}
BOUND = [
    ("municipality", _("Belediye")),
    ("applicant", _("Başvuran")),
    ("board", _("Kurul")),
]


class LegalForm(PlainForm):
    """What the three share: a row must not end before it begins, nor hold on a day on which another of its kind holds."""

    # The columns by which two rows speak of the same thing.
    same: ClassVar[tuple[str, ...]] = ()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        start, end = data.get("valid_from"), data.get("valid_to")
        if "valid_from" in self.errors or "valid_to" in self.errors:
            return data
        if start and end and end < start:
            self.add_error("valid_to", _("Yürürlük sonu başından önce olamaz"))
        elif not any(column in self.errors for column in self.same) and (other := self._overlapping(data)):
            self.add_error(
                "valid_from",
                _("Aynı konuda başka bir satır bu günlerde yürürlükte (%(span)s); önce onun son gününü yazın")
                % {"span": _span(other.valid_from, other.valid_to)},
            )
        return data

    def _overlapping(self, data: dict[str, Any]) -> Any:
        rows: QuerySet[Any] = type(self.instance)._default_manager.exclude(pk=self.instance.pk)
        rows = rows.filter(**{column: data.get(column) for column in self.same})
        if data.get("valid_to"):
            rows = rows.filter(Q(valid_from=None) | Q(valid_from__lte=data["valid_to"]))
        if data.get("valid_from"):
            rows = rows.filter(Q(valid_to=None) | Q(valid_to__gte=data["valid_from"]))
        return rows.first()

    def _get_validation_exclusions(self) -> set[str]:
        """Two rows of one day are an overlap, which has its own sentence."""
        return {*super()._get_validation_exclusions(), "valid_from"}  # type: ignore[misc]


class LegalPeriodForm(LegalForm):
    """Yasal süre."""

    same = ("code",)
    code = forms.ChoiceField(label=_("Süre"))
    bound = forms.ChoiceField(label=_("Süre kimi bağlar"), choices=BOUND)

    layout = [
        (_("Süre"), ["code", "name_tr name_en", "bound", "period unit", "interim_meets"]),
        (_("Uzatma"), ["extended_period", "extension_tr", "extension_en"]),
        (_("Başvuranın yolu"), ["remedy_tr", "remedy_en", "remedy_certainty"]),
        (_("Dayanak ve yürürlük"), STANDING),
    ]

    class Meta:
        model = LegalPeriod
        fields = [
            "code", "name_tr", "name_en", "bound", "period", "unit", "interim_meets", "extended_period", "extension_tr",
            "extension_en", "remedy_tr", "remedy_en", "remedy_certainty", *STANDING_LABELS,
        ]  # fmt: skip
        labels = (
            NAME
            | STANDING_LABELS
            | {
                "period": _("Süre (sayı)"),
                "unit": _("Neyle sayılır"),
                "interim_meets": _("Ara bilgi bu süreyi karşılar; kesin cevap borç kalır"),
                "extended_period": _("Uzatılmış süre, toplam"),
                "extension_tr": _("Ne zaman uzatılabilir"),
                "extension_en": _("Ne zaman uzatılabilir (İngilizce)"),
                "remedy_tr": _("Cevaba karşı ne yapılabilir"),
                "remedy_en": _("Cevaba karşı ne yapılabilir (İngilizce)"),
                "remedy_certainty": _("Bu yol ne kadar emin"),
            }
        )
        help_texts = STANDING_HELP | {
            "bound": "",
            "period": _("Boşsa konunun kendi hedef süresi geçerlidir."),
            "extended_period": _("Yasa uzatma tanımıyorsa boş bırakın."),
        }
        widgets = DATES

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = {row.code: row.name_tr for row in law.default_regimes()}
        self.fields["code"].choices = [(code, f"{name} ({code})") for code, name in names.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        period, extended = data.get("period"), data.get("extended_period")
        if extended is not None and (period is None or extended <= period):
            self.add_error("extended_period", _("Uzatılmış süre ilk süreden uzun olmalı"))
        return data


class LegalGroundForm(LegalForm):
    """Yasal gerekçe."""

    same = ("kind", "code")
    layout = [(_("Gerekçe"), ["kind code", "name_tr", "name_en"]), (_("Dayanak ve yürürlük"), STANDING)]

    class Meta:
        model = LegalGround
        fields = ["kind", "code", "name_tr", "name_en", *STANDING_LABELS]
        labels = NAME | STANDING_LABELS | {"kind": _("Ne için"), "code": _("Kod")}
        help_texts = STANDING_HELP
        widgets = DATES


class FeeTariffForm(LegalForm):
    """Ücret tarifesi."""

    layout = [(_("Tarife"), ["free_pages", "page colour_page"]), (_("Dayanak ve yürürlük"), STANDING)]

    class Meta:
        model = FeeTariff
        fields = ["free_pages", "page", "colour_page", *STANDING_LABELS]
        localized_fields = ["page", "colour_page"]
        labels = STANDING_LABELS | {
            "free_pages": _("Ücretsiz sayfa"),
            "page": _("Siyah beyaz sayfa (TL)"),
            "colour_page": _("Renkli sayfa (TL)"),
        }
        help_texts = STANDING_HELP
        widgets = DATES


def _span(start: date | None, end: date | None) -> str:
    parts: Iterable[str] = (short_date(day) if day else "…" for day in (start, end))
    return "–".join(parts)
