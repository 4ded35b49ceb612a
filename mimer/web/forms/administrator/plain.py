"""What all forms of the administrator share: their order on the page, and errors that say what to do."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

NAME = {"name_tr": _("Adı"), "name_en": _("İngilizce adı")}
ONE_CODE = {"code": {"unique": _("Bu kod başka bir kayıtta var; başka bir kod yazın")}}


class PlainForm(forms.ModelForm):
    """`layout` says what stands under which heading: each string is a line, its words are names of fields."""

    layout: "ClassVar[list[tuple[StrOrPromise, list[str]]]]" = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            say_plainly(field)

    def sections(self) -> "Iterator[tuple[StrOrPromise, list[list[forms.BoundField]]]]":
        """Headings with their lines of fields."""
        for heading, lines in self.layout or [("", list(self.fields))]:
            yield heading, [[self[name] for name in line.split()] for line in lines]


class Parts(forms.BaseInlineFormSet):
    """Rows that belong to a row; the same one twice is named before the database refuses it."""

    def get_unique_error_message(self, unique_check: Any) -> str:
        return gettext("Aynı satır iki kez yazılmış; birini silin")

    def get_form_error(self) -> str:
        return gettext("Bu satır yukarıda da yazılı; birini silin")


def say_plainly(field: forms.Field) -> None:
    """Errors with the field's own name and what to do about it; numbers and dates stand in short boxes."""
    label = {"label": field.label}
    chosen = isinstance(field, forms.ChoiceField | forms.ModelChoiceField)
    field.error_messages |= {
        "required": (_("%(label)s seçilmemiş; seçin") if chosen else _("%(label)s boş kalmış; yazın")) % label,
        "invalid_choice": _("%(label)s için listeden bir seçenek seçin") % label,
        "max_length": _("%(label)s en çok %%(limit_value)d karakter olabilir") % label,
        "min_value": _("%(label)s en az %%(limit_value)s olabilir") % label,
        "max_value": _("%(label)s en çok %%(limit_value)s olabilir") % label,
    }
    if isinstance(field, forms.IntegerField):
        field.error_messages["invalid"] = _("%(label)s bir sayı olmalı") % label
        field.widget.attrs.setdefault("inputmode", "numeric")
    if isinstance(field, forms.SlugField):
        field.error_messages["invalid"] = _("%(label)s yalnız harf, rakam, tire ve alt çizgiden oluşur") % label
    if isinstance(field, forms.IntegerField | forms.DateField | forms.TimeField):
        field.width = "short"  # type: ignore[union-attr]  # read by the template
    if isinstance(field, forms.TypedChoiceField):
        choices: Any = field.choices
        field.choices = [
            (value, words if value not in ("", None) else gettext("Seçilmemiş")) for value, words in choices
        ]
    if isinstance(field, forms.ModelChoiceField) and not isinstance(field, forms.ModelMultipleChoiceField):
        field.empty_label = gettext("Seçilmemiş")


class ListField(forms.CharField):
    """Several words in one line, parted by commas; kept as a list."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        return [word.strip() for word in super().clean(value).split(",") if word.strip()]


class ChoicesField(forms.CharField):
    """The choices of a question, one a line: `code = Türkçe = English`."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return "\n".join(" = ".join([row["code"], row["tr"], row.get("en", "")]) for row in value)

    def clean(self, value: Any) -> list[dict[str, str]]:
        rows = []
        for line in super().clean(value).splitlines():
            parts = [part.strip() for part in line.split("=")]
            if any(parts):
                if len(parts) < 2 or not parts[0] or not parts[1]:
                    raise ValidationError(_("Her satırı “kod = Türkçe = İngilizce” biçiminde yazın"))
                rows.append({"code": parts[0], "tr": parts[1], "en": parts[2] if len(parts) > 2 else ""})
        return rows


def date_input() -> forms.DateInput:
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


def time_input() -> forms.TimeInput:
    return forms.TimeInput({"type": "time"}, format="%H:%M")


def once(sentence: "StrOrPromise") -> "dict[str, dict[str, StrOrPromise]]":
    """What a form says when its row would stand there twice."""
    return {NON_FIELD_ERRORS: {"unique_together": sentence}}
