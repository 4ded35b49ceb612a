"""Forms of holidays and opening hours."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mimer.municipality.hours import span_in_words
from mimer.municipality.models import Holiday, OpeningHours

from .plain import NAME, PlainForm, date_input, once, time_input

WEEKDAYS = [
    (0, _("Pazartesi")),
    (1, _("Salı")),
    (2, _("Çarşamba")),
    (3, _("Perşembe")),
    (4, _("Cuma")),
    (5, _("Cumartesi")),
    (6, _("Pazar")),
]


class HolidayForm(PlainForm):
    """Tatil günü: what an administrator writes is never overwritten by the yearly update."""

    layout = [("", ["date kind", "name_tr name_en", "starts_at", "source"])]

    class Meta:
        model = Holiday
        fields = ["date", "name_tr", "name_en", "kind", "starts_at", "source"]
        labels = NAME | {
            "date": _("Gün"),
            "kind": _("Türü"),
            "starts_at": _("Başladığı saat"),
            "source": _("Dayanak"),
        }
        widgets = {"date": date_input(), "starts_at": time_input()}
        help_texts = {"starts_at": _("Yalnız yarım günlerde: tatil kaçta başlar?")}
        error_messages = once(_("Bu gün aynı türle zaten yazılı; ikinci kez yazmayın"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("kind") == "half_day" and not data.get("starts_at"):
            self.add_error("starts_at", _("Yarım gün için tatilin başladığı saati yazın"))
        return data

    def save(self, commit: bool = True) -> Holiday:
        self.instance.edited = True
        holiday: Holiday = super().save(commit)
        return holiday


class OpeningHoursForm(PlainForm):
    """Çalışma saatleri: spans of one day must not overlap."""

    weekday = forms.TypedChoiceField(label=_("Gün"), choices=WEEKDAYS, coerce=int)
    layout = [("", ["unit", "weekday opens closes"])]

    class Meta:
        model = OpeningHours
        fields = ["unit", "weekday", "opens", "closes"]
        labels = {"unit": _("Birim"), "opens": _("Açılış"), "closes": _("Kapanış")}
        widgets = {"opens": time_input(), "closes": time_input()}
        help_texts = {"unit": _("Boş bırakırsanız bütün belediye için geçerlidir.")}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("opens") or not data.get("closes") or data.get("weekday") is None:
            return data
        if data["closes"] <= data["opens"]:
            self.add_error("closes", _("Kapanış açılıştan sonra olmalı"))
            return data
        others = OpeningHours.objects.filter(unit=data.get("unit"), weekday=data["weekday"]).exclude(
            pk=self.instance.pk
        )
        if other := others.filter(opens__lt=data["closes"], closes__gt=data["opens"]).first():
            span = span_in_words(other.opens, other.closes)
            self.add_error("opens", _("Bu aralık %(span)s ile çakışıyor; birini değiştirin") % {"span": span})
        return data
