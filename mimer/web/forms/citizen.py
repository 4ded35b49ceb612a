"""Fields and forms of the citizen's pages; every error is a sentence that says what to write."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mimer.cases.files import BadFile, CheckedFile, check_upload
from mimer.municipality.named import known_language
from mimer.turkish import number as written_number

WORDS_MOST = 4000
ACCEPTED = "image/jpeg,image/png,image/webp,application/pdf"
_UNWANTED = dict.fromkeys([code for code in range(32) if chr(code) not in "\n\t"] + [127])


class TextField(forms.CharField):
    """One line of text: without control signs, and with errors that name what is missing or too long."""

    def __init__(self, *, what: Any, missing: Any = "", most: int = 200, **options: Any) -> None:
        super().__init__(max_length=most, **options)
        self.error_messages["required"] = missing
        self.what = what

    def to_python(self, value: Any) -> str:
        text = str(super().to_python(str(value or "").replace("\r\n", "\n").translate(_UNWANTED)))
        return text if isinstance(self.widget, forms.Textarea) else " ".join(text.split())

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """No maxlength: a browser would cut what is pasted without a word."""
        return {}

    def run_validators(self, value: Any) -> None:
        """The only rule is the length: said with the name of the thing and the number as people write it."""
        if self.max_length and len(value) > self.max_length:
            most = written_number(self.max_length, language=known_language())
            raise forms.ValidationError(
                gettext("%(what)s en çok %(most)s karakter olabilir") % {"what": self.what, "most": most}
            )


class WordsField(TextField):
    """Several lines in the citizen's own words."""

    def __init__(self, *, missing: Any, what: Any = "", rows: int = 6, most: int = WORDS_MOST, **options: Any) -> None:
        super().__init__(
            what=what or _("Açıklama"),
            missing=missing,
            most=most,
            widget=forms.Textarea(attrs={"rows": rows}),
            **options,
        )


class PhotosInput(forms.FileInput):
    """A file field that takes several files; telephones offer their camera by themselves."""

    allow_multiple_selected = True

    def __init__(self) -> None:
        super().__init__(attrs={"multiple": True, "accept": ACCEPTED})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[UploadedFile]:
        return files.getlist(name) if hasattr(files, "getlist") else list(filter(None, [files.get(name)]))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False


class PhotosField(forms.Field):
    """Photos and documents, believed only by their content; the good ones stay in `checked` even when others are refused."""

    widget = PhotosInput

    def __init__(self, *, most: int = settings.UPLOAD_MAX_FILES, **options: Any) -> None:
        options.setdefault("label", _("Fotoğraf ya da belge"))
        super().__init__(required=False, **options)
        self.most = self.room = most
        self.checked: list[CheckedFile] = []

    def clean(self, value: list[UploadedFile]) -> list[CheckedFile]:
        self.checked, errors = [], []
        for upload in value:
            try:
                if len(self.checked) >= self.room:
                    raise BadFile(self._no_room(upload))
                self.checked.append(check_upload(upload, upload.name or "", upload.size))
            except BadFile as bad:
                errors.append(forms.ValidationError(str(bad)))
        if errors:
            raise forms.ValidationError(errors)
        return self.checked

    def _no_room(self, upload: UploadedFile) -> str:
        return gettext("En çok %(most)d dosya ekleyebilirsiniz; %(name)s eklenmedi.") % {
            "most": self.most, "name": upload.name,
        }  # fmt: skip


class GuardedForm(forms.Form):
    """A form that machines trip over and people do not notice: a field to be left empty."""

    website = forms.CharField(
        required=False, label=_("Bu alanı boş bırakın"),
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )  # fmt: skip

    @property
    def tripped(self) -> bool:
        """Whether the field was filled; told from what was sent, before anything else of it is looked at."""
        return bool(settings.RATE_LIMITS and self.data.get(self.add_prefix("website")))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.tripped:
            data = cast(QueryDict, self.data).copy()
            data["website"] = ""
            self.data = data
            raise forms.ValidationError(gettext("Görünmeyen bir alan doldurulmuş; boşalttık, yeniden gönderin."))
        return cleaned


class TrackForm(forms.Form):
    """Number and code, however they were typed."""

    number = TextField(
        what=_("Başvuru numarası"), missing=_("Başvuru numaranızı yazın"), most=40, label=_("Başvuru numarası"),
        help_text=_("Örnek: 2026-004217"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )  # fmt: skip
    code = TextField(
        what=_("Takip kodu"), missing=_("Takip kodunuzu yazın"), most=40, label=_("Takip kodu"),
        help_text=_("Alındı belgenizdeki 10 harf ve rakam. Büyük ya da küçük harf, boşluk fark etmez."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip


class LostCodeForm(forms.Form):
    """Number, and the telephone or e-mail she gave with it."""

    number = TextField(
        what=_("Başvuru numarası"), missing=_("Başvuru numaranızı yazın"), most=40, label=_("Başvuru numarası"),
        help_text=_("Örnek: 2026-004217"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )  # fmt: skip
    reached = TextField(
        what=_("Telefon ya da e-posta"), missing=_("Başvururken verdiğiniz telefonu ya da e-postayı yazın"), most=254,
        label=_("Telefon ya da e-posta"), help_text=_("Başvururken verdiğiniz telefon ya da e-posta adresi."),
        widget=forms.TextInput(attrs={"autocomplete": "on", "autocapitalize": "none", "spellcheck": "false"}),
    )  # fmt: skip


class SayForm(forms.Form):
    """What the applicant says on the page of her application: words, photos, or both."""

    words = WordsField(missing="", required=False, rows=4, label=_("Açıklama"))
    photos = PhotosField()

    def __init__(
        self, *args: Any, words_missing: str = "", words_label: str = "", with_photos: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["words"]
        field.label = words_label or field.label
        if words_missing:
            field.required, field.error_messages["required"] = True, words_missing
        if not with_photos:
            del self.fields["photos"]


class PhotosForm(forms.Form):
    """Photos alone."""

    photos = PhotosField(label=_("Eklenecek fotoğraf ya da belge"))

    def clean_photos(self) -> list[CheckedFile]:
        photos: list[CheckedFile] = self.cleaned_data["photos"]
        if not photos:
            raise forms.ValidationError(gettext("Eklenecek dosyayı seçin"))
        return photos


class RateForm(forms.Form):
    """One to five, whether it is really solved, and a word."""

    score = forms.TypedChoiceField(
        label=_("Başvurunuzla nasıl ilgilendik?"), coerce=int, widget=forms.RadioSelect,
        choices=[(5, _("5: Çok iyi")), (4, _("4: İyi")), (3, _("3: Orta")), (2, _("2: Kötü")), (1, _("1: Çok kötü"))],
        error_messages={"required": _("1 ile 5 arasında bir puan seçin"), "invalid_choice": _("1 ile 5 arasında bir puan seçin")},
    )  # fmt: skip
    solved = forms.ChoiceField(
        label=_("Sorununuz gerçekten çözüldü mü?"), choices=[("yes", _("Evet")), ("no", _("Hayır"))],
        widget=forms.RadioSelect, required=False,
        error_messages={"invalid_choice": _("Evet ya da hayır seçin")},
    )  # fmt: skip
    words = WordsField(missing="", required=False, rows=3, most=1000, label=_("Söylemek istediğiniz başka bir şey"))
