"""Forms of the five pages on which a citizen applies."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.validators import validate_email
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mimer.municipality.kinds import Way
from mimer.municipality.models import Neighbourhood, Question, Subject
from mimer.municipality.models.subjects import QuestionKind
from mimer.people.models import valid_national_id
from mimer.people.phones import display, normalise
from mimer.people.secrets import seal, unseal

from .citizen import GuardedForm, PhotosField, TextField, WordsField
from .ways import offer_ways

DIGITS = re.compile(r"\d{1,7}")
FEW = 7
LANGUAGES = [("tr", "Türkçe"), ("en", "English")]
WAYS = [
    (Way.EMAIL, _("E-posta ile")),
    (Way.SMS, _("Kısa mesaj (SMS) ile")),
    (Way.PHONE, _("Telefonla arayarak")),
    (Way.LETTER, _("Mektupla")),
    (Way.NONE, _("Haber vermeyin, kendim bakarım")),
]


class WordsForm(forms.Form):
    """Ne oldu?: her words and photos."""

    text = WordsField(
        missing=_("Ne olduğunu birkaç sözcükle yazın"), label=_("Kendi sözlerinizle anlatın"),
        help_text=_("Ne olduğunu ve ne zamandan beri sürdüğünü yazın. Başkalarının adını ve telefonunu yazmayın."),
    )  # fmt: skip
    photos = PhotosField(
        label=_("Fotoğraf ya da belge"),
        help_text=_("Telefondaysanız fotoğrafı buradan çekebilirsiniz. En çok 6 dosya: JPG, PNG, WebP ya da PDF."),
    )

    def __init__(self, *args: Any, room: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        photos = self.fields["photos"]
        assert isinstance(photos, PhotosField)
        photos.room = room
        self.photos_field = photos

    def words_alone(self) -> str:
        """Her words, read before any file is looked at; "" for none or too many."""
        try:
            return str(self.fields["text"].clean(self.data.get(self.add_prefix("text"), "")))
        except forms.ValidationError:
            return ""

    def leave_files(self) -> None:
        """Looks at none of the files that were sent."""
        self.files = MultiValueDict()


class FirstWordsForm(GuardedForm, WordsForm):
    """The same as the first page of all, where machines come by."""


class SubjectForm(forms.Form):
    """Hangi konu?: one of the subjects a citizen may choose."""

    subject = forms.ModelChoiceField(
        queryset=Subject.objects.filter(active=True, citizen_visible=True), label=_("Konu"), widget=forms.RadioSelect,
        error_messages={
            "required": _("Başvurunuzun konusunu seçin"),
            "invalid_choice": _("Bu konu artık seçilemiyor; listeden başka bir konu seçin"),
        },
    )  # fmt: skip


class QuestionsForm(forms.Form):
    """What the house wants to know about this subject; the fields are made from its questions."""

    def __init__(self, *args: Any, questions: Sequence[Question], all_optional: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in questions:
            required = question.required and not all_optional
            self.fields[question.code] = _question_field(question, required)

    def answers(self) -> dict[str, str]:
        """What was answered, as text that keeps in JSON; what was left out is left out."""
        given = {
            code: value.isoformat() if isinstance(value, date) else value for code, value in self.cleaned_data.items()
        }
        return {code: value for code, value in given.items() if value not in ("", None)}


class PlaceForm(forms.Form):
    """Nerede?: a point on the map, an address, or a parcel."""

    photo_place = forms.ChoiceField(
        label=_("Sorun, fotoğrafı çektiğiniz yerde mi?"), widget=forms.RadioSelect, required=False,
        choices=[("yes", _("Evet, fotoğrafı çektiğim yerde")), ("no", _("Hayır, başka bir yerde"))],
    )  # fmt: skip
    block = forms.CharField(required=False, label=_("Ada"), widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    lot = forms.CharField(required=False, label=_("Parsel"), widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    neighbourhood = forms.ChoiceField(
        required=False, label=_("Mahalle"), error_messages={"invalid_choice": _("Mahalleyi listeden seçin")}
    )
    address = TextField(
        what=_("Adres"), most=400, required=False, label=_("Adres ya da tarif"),
        help_text=_("Cadde, sokak, kapı numarası; bilmiyorsanız tarif edin: okulun karşısı, parkın girişi."),
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )  # fmt: skip
    lat = forms.FloatField(required=False, widget=forms.HiddenInput, localize=False)
    lon = forms.FloatField(required=False, widget=forms.HiddenInput, localize=False)

    def __init__(
        self,
        *args: Any,
        neighbourhoods: Sequence[Neighbourhood],
        subject: Subject,
        photo: tuple[float, float] | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.subject, self.photo = subject, photo
        names = [(str(row.pk), row.name) for row in neighbourhoods]
        field = self.fields["neighbourhood"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Seçin")), *names]
        if photo is None:
            del self.fields["photo_place"]
        if not subject.needs_parcel:
            del self.fields["block"], self.fields["lot"]
        for name in ("lat", "lon"):
            self.fields[name].error_messages["invalid"] = gettext("Haritadaki nokta okunamadı; yeri yeniden gösterin")

    def clean_block(self) -> str:
        return self._digits("block", _("Ada numarasını 1234 gibi yazın"))

    def clean_lot(self) -> str:
        return self._digits("lot", _("Parsel numarasını 12 gibi yazın"))

    def _digits(self, name: str, sentence: Any) -> str:
        typed = "".join(self.cleaned_data[name].split())
        if typed and not DIGITS.fullmatch(typed):
            raise forms.ValidationError(sentence)
        return typed

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._settle_point(cleaned)
        if self.errors:
            return cleaned
        block, lot = cleaned.get("block", ""), cleaned.get("lot", "")
        if bool(block) != bool(lot):
            self.add_error("lot" if block else "block", gettext("Ada ve parsel numarasını birlikte yazın"))
        told = cleaned.get("lat") is not None or cleaned["address"] or block
        if not told and self.subject.needs_parcel:
            self.add_error("block", gettext("Ada ve parsel numarasını ya da yerin adresini yazın"))
        elif not told and self.subject.needs_location:
            self.add_error("address", gettext("Adresi yazın ya da yeri haritada gösterin"))
        elif cleaned["address"] and cleaned.get("lat") is None and not block and not cleaned["neighbourhood"]:
            self.add_error("neighbourhood", gettext("Mahalleyi seçin"))
        return cleaned

    def _settle_point(self, cleaned: dict[str, Any]) -> None:
        """One whole point or none: the pin, or where the photo was taken, unless the reader says that it is elsewhere."""
        lat, lon = cleaned.get("lat"), cleaned.get("lon")
        point = None
        if lat is not None and lon is not None and abs(lat) <= 90 and abs(lon) <= 180:
            point = (lat, lon)
        if self.photo and cleaned.get("photo_place") == "yes":
            point = point or self.photo
        elif self.photo and point and _same(point, self.photo):
            point = None
        cleaned["lat"], cleaned["lon"] = point or (None, None)


class ContactForm(forms.Form):
    """Size nasıl ulaşalım?: who she is and how she wants to hear from us."""

    who = forms.ChoiceField(
        label=_("Başvuruyu nasıl yapmak istersiniz?"), widget=forms.RadioSelect, initial="named", required=False,
        choices=[("named", _("Adımla")), ("anonymous", _("Adımı vermeden"))],
    )  # fmt: skip
    given_name = TextField(
        what=_("Ad"), required=False, label=_("Adınız"), widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    family_name = TextField(
        what=_("Soyad"),
        required=False,
        label=_("Soyadınız"),
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    national_id = forms.CharField(
        required=False, label=_("T.C. kimlik numaranız"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        help_text=_("Bu konuda işlem yapmak için yasa kimliğinizi sormamızı gerektiriyor. Şifreli saklarız."),
    )  # fmt: skip
    preferred_way = forms.ChoiceField(
        label=_("Size nasıl haber verelim?"), widget=forms.RadioSelect, required=False, choices=WAYS
    )
    phone = TextField(
        what=_("Telefon"), most=40, required=False, label=_("Telefonunuz"),
        help_text=_("SMS ya da telefon seçtiyseniz gerekli. Örnek: 0532 123 45 67"),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )  # fmt: skip
    email = TextField(
        what=_("E-posta"), most=254, required=False, label=_("E-posta adresiniz"),
        help_text=_("E-posta seçtiyseniz gerekli. Örnek: ad@ornek.com"),
        widget=forms.TextInput(attrs={"type": "email", "autocomplete": "email", "spellcheck": "false"}),
    )  # fmt: skip
    address_of_person = TextField(
        what=_("Adres"), most=400, required=False, label=_("Posta adresiniz"),
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("Hangi dilde yazalım?"),
        choices=LANGUAGES,
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, *args: Any, subject: Subject, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subject = subject
        if not offer_ways(self):
            self.fields["phone"].help_text = _("Telefon seçtiyseniz gerekli. Örnek: 0532 123 45 67")
        if subject.needs_identity:
            del self.fields["who"]
        else:
            del self.fields["national_id"]

    def clean_national_id(self) -> str:
        """Kept sealed from here on; the draft never holds it in clear."""
        digits = "".join(sign for sign in self.cleaned_data["national_id"] if sign.isdigit())
        if not digits:
            raise forms.ValidationError(gettext("T.C. kimlik numaranızı yazın"))
        if len(digits) != 11:
            raise forms.ValidationError(gettext("T.C. kimlik numarası 11 rakam olmalı"))
        if not valid_national_id(digits):
            raise forms.ValidationError(
                gettext("T.C. kimlik numaranızı kontrol edin; rakamlardan biri yanlış görünüyor")
            )
        return seal(digits)

    def clean_phone(self) -> str:
        typed = str(self.cleaned_data["phone"])
        if typed and not self._anonymous and not (number := normalise(typed)):
            raise forms.ValidationError(gettext("Telefonu 0532 123 45 67 gibi yazın"))
        return number if typed and not self._anonymous else typed

    def clean_email(self) -> str:
        typed = str(self.cleaned_data["email"])
        if typed and not self._anonymous:
            try:
                validate_email(typed)
            except forms.ValidationError:
                raise forms.ValidationError(gettext("E-posta adresini ad@ornek.com gibi yazın")) from None
        return typed

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self._anonymous:
            return cleaned
        needed = {"given_name": gettext("Adınızı yazın"), "family_name": gettext("Soyadınızı yazın")}
        match cleaned.get("preferred_way"):
            case Way.EMAIL:
                needed["email"] = gettext("E-posta ile haber verebilmemiz için e-posta adresinizi yazın")
            case Way.SMS | Way.PHONE:
                needed["phone"] = gettext("Size ulaşabilmemiz için telefonunuzu yazın")
            case Way.LETTER:
                needed["address_of_person"] = gettext("Mektup gönderebilmemiz için posta adresinizi yazın")
            case "":
                self.add_error("preferred_way", gettext("Size nasıl haber vereceğimizi seçin"))
        for name, sentence in needed.items():
            if name not in self.errors and not cleaned.get(name):
                self.add_error(name, sentence)
        return cleaned

    @property
    def _anonymous(self) -> bool:
        return "who" in self.fields and self.data.get("who") == "anonymous"


def contact_initial(data: Mapping[str, Any], language: str) -> dict[str, Any]:
    """What was typed before, as people write it."""
    shown = dict(data)
    shown["phone"] = display(data["phone"]) if str(data.get("phone", "")).startswith("+") else data.get("phone", "")
    shown["national_id"] = unseal(data.get("national_id", ""))
    shown.setdefault("who", "named")
    shown.setdefault("language", language)
    return shown


def _question_field(question: Question, required: bool) -> forms.Field:
    sentence = gettext("Bu soruyu yanıtlayın: %(question)s") % {"question": question.text}
    common: dict[str, Any] = {"label": question.text, "help_text": question.help, "required": required}
    match question.kind:
        case QuestionKind.CHOICE:
            choices = [(choice["code"], question.label_of(choice["code"])) for choice in question.choices]
            widget = forms.RadioSelect() if len(choices) <= FEW else forms.Select()
            first = [] if len(choices) <= FEW else [("", gettext("Seçin"))]
            errors = {"required": sentence, "invalid_choice": sentence}
            return forms.ChoiceField(choices=first + choices, widget=widget, error_messages=errors, **common)
        case QuestionKind.YES_NO:
            yes_no = [("yes", gettext("Evet")), ("no", gettext("Hayır"))]
            errors = {"required": sentence, "invalid_choice": sentence}
            return forms.ChoiceField(choices=yes_no, widget=forms.RadioSelect, error_messages=errors, **common)
        case QuestionKind.DATE:
            errors = {"required": sentence, "invalid": gettext("Tarihi 15.01.2026 gibi yazın")}
            widget_of_day = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            formats = ["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"]
            return forms.DateField(widget=widget_of_day, input_formats=formats, error_messages=errors, **common)
        case QuestionKind.NUMBER:
            return NumberField(
                what=question.text, missing=sentence, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **common
            )
    return TextField(what=question.text, missing=sentence, most=300, **common)


class NumberField(TextField):
    """A number as people write it; kept as text."""

    def to_python(self, value: Any) -> str:
        typed = super().to_python(value)
        if typed and not re.fullmatch(r"\d{1,9}([.,]\d{1,6})*", typed):
            raise forms.ValidationError(gettext("Sayıyı rakamla yazın, örneğin 3"))
        return typed


def _same(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return abs(one[0] - other[0]) < 1e-5 and abs(one[1] - other[1]) < 1e-5
