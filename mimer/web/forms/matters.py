"""Forms of the verbs about what a case is: its subject, its place, its parts, and whether it is the same as another."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mimer.cases.actions.opening import Place
from mimer.cases.models import Case
from mimer.cases.search import search_cases
from mimer.municipality.kinds import CaseType, Priority
from mimer.municipality.models import Municipality, Neighbourhood, Subject
from mimer.municipality.where import neighbourhoods_in_order

from .border import BorderCheck
from .citizen import TextField, WordsField
from .verbs import VerbForm, searchable

PLACE = ("neighbourhood", "address", "block", "lot", "lat", "lon")
SPLIT_ROWS = 3
SUGGESTED = 5


class ReclassifyForm(VerbForm):
    """Konu, tür, öncelik: what the house calls the matter."""

    subject = forms.ModelChoiceField(
        Subject.objects.none(), label=_("Konu"), widget=searchable(), error_messages={"required": _("Konuyu seçin")}
    )
    type = forms.ChoiceField(choices=CaseType.choices, label=_("Tür"))
    priority = forms.TypedChoiceField(choices=Priority.choices, coerce=int, label=_("Öncelik"))
    reason = WordsField(missing=_("Neden değiştirdiğinizi yazın"), label=_("Neden?"), rows=2)

    def prepare(self) -> None:
        self.choose_from("subject", _subjects())
        _group_by_category(self.fields["subject"])
        for name in ("subject", "type", "priority"):
            self.initial.setdefault(name, getattr(self.case, name))


class CorrectPlaceForm(VerbForm, BorderCheck):
    """Yer: by address, neighbourhood, parcel, or on the map."""

    neighbourhood = forms.ModelChoiceField(Neighbourhood.objects.none(), label=_("Mahalle"), required=False)
    address = TextField(what=_("Adres"), most=400, required=False, label=_("Adres ya da tarif"))
    block = TextField(what=_("Ada"), most=20, required=False, label=_("Ada"))
    lot = TextField(what=_("Parsel"), most=20, required=False, label=_("Parsel"))
    lat = forms.FloatField(required=False, widget=forms.HiddenInput, localize=False, min_value=-90, max_value=90)
    lon = forms.FloatField(required=False, widget=forms.HiddenInput, localize=False, min_value=-180, max_value=180)

    def prepare(self) -> None:
        self.choose_from("neighbourhood", Neighbourhood.objects.filter(active=True))
        field = self.fields["neighbourhood"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", gettext("Bilinmiyor")), *((row.pk, row.name) for row in neighbourhoods_in_order())]
        for name in PLACE:
            self.initial.setdefault(name, getattr(self.case, name))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.get(name) for name in PLACE):
            self.add_error("address", gettext("Yeri haritada gösterin ya da adresini yazın"))
        self.check_border(cleaned)
        return cleaned

    @property
    def middle(self) -> tuple[float | None, float | None]:
        """Where the map opens: the case's own point, its neighbourhood, or the middle of the municipality."""
        near = self.case.neighbourhood
        if self.case.lat is not None:
            return self.case.lat, self.case.lon
        if near and near.lat is not None:
            return near.lat, near.lon
        house = Municipality.get()
        if house.south is None or house.north is None or house.west is None or house.east is None:
            return None, None
        return (house.south + house.north) / 2, (house.west + house.east) / 2

    def place(self) -> Place:
        told = self.cleaned_data
        lat, lon = told["lat"], told["lon"]
        if lat is None or lon is None:
            lat = lon = None
        return Place(lat, lon, told["address"], told["neighbourhood"], told["block"], told["lot"])


class SplitForm(VerbForm):
    """Bölme: up to three matters with their subjects and words."""

    def prepare(self) -> None:
        for row in range(1, SPLIT_ROWS + 1):
            words = gettext("%(row)s. ayrılacak iş: sözler") % {"row": row}
            subject = gettext("%(row)s. ayrılacak iş: konu") % {"row": row}
            self.fields[f"text_{row}"] = WordsField(missing="", what=words, label=words, rows=2, required=False)
            self.fields[f"subject_{row}"] = forms.ModelChoiceField(
                _subjects(), label=subject, required=False, widget=searchable()
            )
            _group_by_category(self.fields[f"subject_{row}"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for row in range(1, SPLIT_ROWS + 1):
            if cleaned.get(f"text_{row}") and not cleaned.get(f"subject_{row}"):
                self.add_error(f"subject_{row}", gettext("Konuyu seçin"))
            if cleaned.get(f"subject_{row}") and not cleaned.get(f"text_{row}"):
                self.add_error(f"text_{row}", gettext("Başvurunun bu işle ilgili sözlerini yazın"))
        return cleaned

    def parts(self) -> list[tuple[Subject, str]]:
        told = self.cleaned_data
        rows = [(told[f"subject_{row}"], told[f"text_{row}"]) for row in range(1, SPLIT_ROWS + 1)]
        return [(subject, text) for subject, text in rows if subject]


class MergeForm(VerbForm):
    """Birleştirme: the main case by number, or found by words."""

    main = TextField(
        what=_("Ana kayıt"), missing=_("Ana kaydın numarasını yazın ya da sözle arayın"), label=_("Ana kayıt"),
        help_text=_("Numarası (2026-000123) ya da içinde geçen sözler"),
    )  # fmt: skip
    found: Iterable[Case] = ()

    def clean_main(self) -> Case:
        """The case with this number; words lead to a list from which to choose."""
        typed = self.cleaned_data["main"]
        seen = Case.objects.visible_to(self.staff).select_related("subject", "neighbourhood")
        if main := seen.by_number(typed).first():
            return main
        self.found = search_cases(seen.open().exclude(pk=self.case.pk), typed, limit=SUGGESTED)
        if self.found:
            raise forms.ValidationError(gettext("Bu sözlerle bulunanlardan birini seçin"))
        raise forms.ValidationError(gettext("Böyle bir başvuru bulunamadı; numarayı 2026-000123 gibi yazın"))


def _subjects() -> Any:
    return Subject.objects.filter(active=True).select_related("category").order_by("category__order", "name_tr")


def _group_by_category(field: forms.Field) -> None:
    """Shows the subjects under their headings."""
    assert isinstance(field, forms.ModelChoiceField)
    groups: dict[str, list[tuple[Any, str]]] = {}
    for subject in field.queryset or ():
        groups.setdefault(subject.category.name, []).append((subject.pk, subject.name))
    field.choices = [("", gettext("Konu seçin")), *groups.items()]
