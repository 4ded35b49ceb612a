"""Forms of the desk: one call from the first word to its record, a person's card, a reason to look."""

from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from typing import Any

from django import forms
from django.core.validators import validate_email
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from mimer.cases.applicants import person_met
from mimer.municipality.catalogue import catalogue
from mimer.municipality.kinds import CaseType, Channel, Priority, Way
from mimer.municipality.models import Neighbourhood, Staff, Subject
from mimer.municipality.where import neighbourhood_at
from mimer.people.models import Person, PersonKind, valid_national_id
from mimer.people.phones import normalise
from mimer.turkish import sort_key

from ..access import row_id
from .border import BorderCheck
from .cimer import CimerFields
from .citizen import PhotosField, TextField, WordsField
from .papers import PaperFields
from .ways import offer_ways

# What a person at the desk takes down; the other doors write their own cases.
TAKEN_DOWN = (
    Channel.PHONE, Channel.DESK, Channel.PETITION, Channel.EMAIL, Channel.WHATSAPP, Channel.SOCIAL, Channel.CIMER,
    Channel.KEP, Channel.E_DEVLET, Channel.MUHTAR,
)  # fmt: skip
ON_PAPER = frozenset({Channel.PETITION, Channel.EMAIL, Channel.CIMER, Channel.KEP, Channel.E_DEVLET, Channel.MUHTAR})
# A petition of many sheets is photographed sheet by sheet.
MOST_PAPERS = 20
LANGUAGES = [("tr", "Türkçe"), ("en", "English")]
# How somebody who says nothing else is told, by the door she came through.
USUAL_WAY = {Channel.PHONE: Way.PHONE, Channel.PETITION: Way.LETTER, Channel.EMAIL: Way.EMAIL, Channel.KEP: Way.EMAIL}


def subject_choices() -> list[tuple[str, Any]]:
    """All subjects under their categories, for a select."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for row in (
        Subject.objects.filter(active=True)
        .select_related("category")
        .only("name_tr", "name_en", "category__name_tr", "category__name_en", "category__order", "weight")
    ):
        groups.setdefault(row.category.name, []).append((str(row.pk), row.name))
    return [("", _("Konuyu seçin")), *groups.items()]


def neighbourhood_choices() -> list[tuple[str, Any]]:
    """The neighbourhoods in the order of the Turkish alphabet."""
    rows = Neighbourhood.objects.filter(active=True).values_list("pk", "name")
    return [("", _("Bilinmiyor")), *sorted(((str(pk), name) for pk, name in rows), key=lambda row: sort_key(row[1]))]


class ContactFields(forms.Form):
    """How to reach somebody; the same on the call and on her card."""

    phone = TextField(
        what=_("Telefon"), most=40, required=False, label=_("Telefon"),
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "off"}),
    )  # fmt: skip
    email = TextField(
        what=_("E-posta"), most=254, required=False, label=_("E-posta"),
        widget=forms.TextInput(attrs={"type": "email", "autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    person_address = TextField(
        what=_("Posta adresi"), most=400, required=False, label=_("Posta adresi"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    preferred_way = forms.ChoiceField(
        label=_("Nasıl haber verelim?"), choices=[("", _("Kanalına göre")), *Way.choices], required=False
    )
    language = forms.ChoiceField(label=_("Dili"), choices=LANGUAGES, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_ways(self)

    def clean_phone(self) -> str:
        typed: str = self.cleaned_data["phone"]
        if typed and not normalise(typed):
            raise forms.ValidationError(gettext("Telefonu 0532 123 45 67 gibi yazın"))
        return typed

    def clean_email(self) -> str:
        typed: str = self.cleaned_data["email"]
        if typed:
            try:
                validate_email(typed)
            except forms.ValidationError:
                raise forms.ValidationError(gettext("E-posta adresini ad@ornek.com gibi yazın")) from None
        return typed

    def check_way(self, cleaned: dict[str, Any]) -> None:
        """The way she wishes needs an address of its kind."""
        needed = {
            Way.EMAIL: ("email", gettext("E-posta ile haber verebilmemiz için e-posta adresini yazın")),
            Way.SMS: ("phone", gettext("Mesaj gönderebilmemiz için telefonunu yazın")),
            Way.PHONE: ("phone", gettext("Arayabilmemiz için telefonunu yazın ya da “Haber istemiyor” seçin")),
            Way.LETTER: ("person_address", gettext("Mektup gönderebilmemiz için posta adresini yazın")),
        }
        name, sentence = needed.get(Way(cleaned.get("preferred_way") or Way.NONE), ("", ""))
        if name and name not in self.errors and not cleaned.get(name):
            self.add_error(name, sentence)

    def card(self) -> dict[str, str]:
        """What her card shall say of how to reach her."""
        data = self.cleaned_data
        told = {"phone": data["phone"], "email": data["email"].lower(), "address": data["person_address"]}
        return told | {name: data[name] for name in ("preferred_way", "language") if data[name]}


def contact_of(person: Person) -> dict[str, str]:
    """What the contact fields hold for somebody we know."""
    return {
        "phone": person.phone_display, "email": person.email, "person_address": person.address,
        "preferred_way": person.preferred_way, "language": person.language,
    }  # fmt: skip


class CallForm(ContactFields, PaperFields, CimerFields, BorderCheck):
    """One call, visit or petition: who, what, where, and what was answered at once."""

    channel = forms.ChoiceField(
        label=_("Nasıl geldi?"), widget=forms.RadioSelect,
        error_messages={"required": _("Nasıl geldiğini seçin"), "invalid_choice": _("Nasıl geldiğini seçin")},
    )  # fmt: skip
    key = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    person = forms.IntegerField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Kim?"), choices=PersonKind.choices, required=False)
    given_name = TextField(
        what=_("Ad"),
        required=False,
        label=pgettext_lazy("of a person", "Adı"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    family_name = TextField(
        what=_("Soyad"), required=False, label=_("Soyadı"), widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    national_id = forms.CharField(
        required=False, label=_("T.C. kimlik numarası"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip

    text = WordsField(missing=_("Ne olduğunu birkaç sözcükle yazın"), rows=3, label=_("Kendi sözleriyle"))
    subject = forms.CharField(
        label=_("Konu"), widget=forms.Select,
        error_messages={"required": _("Başvurunun konusunu seçin")},
    )  # fmt: skip
    type = forms.ChoiceField(label=_("Tür"), choices=[("", _("Konuya göre")), *CaseType.choices], required=False)
    priority = forms.TypedChoiceField(
        label=_("Öncelik"),
        choices=[("", _("Konuya göre")), *Priority.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )

    address = TextField(
        what=_("Adres"), most=400, required=False, label=_("Adres ya da tarif"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    neighbourhood = forms.CharField(label=_("Mahalle"), widget=forms.Select, required=False)
    block = TextField(
        what=_("Ada"), most=20, required=False, label=_("Ada"), widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    lot = TextField(
        what=_("Parsel"),
        most=20,
        required=False,
        label=_("Parsel"),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    lat = forms.FloatField(required=False, widget=forms.HiddenInput, localize=False)
    lon = forms.FloatField(required=False, widget=forms.HiddenInput, localize=False)

    papers = PhotosField(label=_("Tarama, fotoğraf ya da belge"), most=MOST_PAPERS)
    answer = WordsField(missing="", required=False, rows=3, what=_("Verilen bilgi"), label=_("Yerinde verilen bilgi"))
    supports = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, staff: Staff, channels: Iterable[Channel] = TAKEN_DOWN, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.staff = staff
        self._choose("channel", [(channel.value, channel.label) for channel in channels])
        self.fields["subject"].widget.choices = subject_choices  # read when shown
        self.fields["neighbourhood"].widget.choices = neighbourhood_choices

    def clean_channel(self) -> Channel:
        return Channel(self.cleaned_data["channel"])

    def clean_subject(self) -> Subject:
        found = catalogue().subject(self.cleaned_data["subject"])
        if found is None:
            raise forms.ValidationError(gettext("Bu konu artık seçilemiyor; listeden başka bir konu seçin"))
        return found

    def clean_neighbourhood(self) -> Neighbourhood | None:
        typed = self.cleaned_data["neighbourhood"]
        if not typed:
            return None
        found = Neighbourhood.objects.filter(pk=row_id(typed) or 0, active=True).first()
        if found is None:
            raise forms.ValidationError(gettext("Mahalleyi listeden seçin"))
        return found

    def clean_person(self) -> Person | None:
        pk = self.cleaned_data["person"]
        found = person_met(self.staff, pk)
        if pk and found is None:
            raise forms.ValidationError(gettext("Seçtiğiniz kişi bulunamadı; yeniden arayın"))
        return found

    def clean_national_id(self) -> str:
        digits = "".join(sign for sign in self.cleaned_data["national_id"] if sign.isdecimal())
        if digits and not valid_national_id(digits):
            raise forms.ValidationError(
                gettext("T.C. kimlik numarasını kontrol edin; 11 rakam olmalı ve birbirini tutmalı")
            )
        return digits

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if bool(cleaned.get("block")) != bool(cleaned.get("lot")):
            self.add_error(
                "lot" if cleaned.get("block") else "block", gettext("Ada ve parsel numarasını birlikte yazın")
            )
        lat, lon = cleaned.get("lat"), cleaned.get("lon")
        if lat is None or lon is None or abs(lat) > 90 or abs(lon) > 180:
            cleaned["lat"] = cleaned["lon"] = None
        self.check_border(cleaned)
        self._check_needs(cleaned)
        self._check_identity(cleaned)
        self.check_paper(cleaned)
        self.check_cimer(cleaned)
        if self.is_named(cleaned):
            self.check_way(cleaned)
        return cleaned

    def _check_identity(self, cleaned: dict[str, Any]) -> None:
        """Two identity numbers are two people."""
        chosen: Person | None = cleaned.get("person")
        told = cleaned.get("national_id")
        if chosen and told and chosen.national_id not in ("", told):
            self.add_error(
                "national_id", gettext("Seçtiğiniz kişinin kimlik numarası başka; kontrol edin ya da yeni kişi yazın")
            )

    def is_named(self, cleaned: dict[str, Any]) -> bool:
        """Whether anything is known of her; otherwise the application is anonymous."""
        return any(cleaned.get(name) for name in ("person", "given_name", "family_name", "phone", "email"))

    def _check_needs(self, cleaned: dict[str, Any]) -> None:
        subject: Subject | None = cleaned.get("subject")
        told = (
            cleaned.get("address")
            or cleaned.get("block")
            or cleaned.get("neighbourhood")
            or cleaned.get("lat") is not None
        )
        if subject is None or told or {"address", "block", "lot"} & set(self.errors):
            return
        if subject.needs_parcel:
            self.add_error("address", gettext("Adresi ya da ada ve parsel numarasını yazın; bu konu yer ister"))
        elif subject.needs_location:
            self.add_error("address", gettext("Adresi yazın ya da yeri haritada gösterin; bu konu yer ister"))

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    @cached_property
    def received_at(self) -> datetime | None:
        """When a paper reached us; None where it is now."""
        return self.moment(self.cleaned_data)

    @cached_property
    def place_neighbourhood(self) -> Neighbourhood | None:
        """The one chosen, or the one in which the point lies."""
        cleaned = self.cleaned_data
        if cleaned["neighbourhood"] or cleaned["lat"] is None:
            return cleaned["neighbourhood"]
        return neighbourhood_at(cleaned["lat"], cleaned["lon"])


class ContactForm(ContactFields):
    """Kişi kartı: how to reach her and how she wants to be told."""

    preferred_way = forms.ChoiceField(label=_("Nasıl haber verelim?"), choices=Way.choices, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.check_way(cleaned)
        return cleaned


class RevealForm(forms.Form):
    """Kimlik numarası: why it has to be seen."""

    reason = TextField(
        what=_("Gerekçe"), most=400, label=_("Neden görmeniz gerekiyor?"),
        missing=_("Kimlik numarasını neden görmeniz gerektiğini yazın"), help_text=_("Adınız, gerekçeniz ve saat kaydedilir."),
    )  # fmt: skip
    case_number = TextField(what=_("Başvuru numarası"), most=20, required=False, label=_("Hangi başvuru için?"))

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"]
        if len(reason) < 5:
            raise forms.ValidationError(gettext("Gerekçeyi birkaç sözcükle yazın"))
        return reason
