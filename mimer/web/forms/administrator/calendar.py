"""Forms of holidays and opening hours."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mimer.municipality.hours import span_in_words
from mimer.municipality.models import Holiday, OpeningHours
from mimer.turkish import long_date

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


MOST_DAYS = 60


class HolidayForm(PlainForm):
    """Tatil günü, or a span of them: what an administrator writes is never overwritten by the yearly update."""

    others: Sequence[Holiday] = ()  # the rows of the other days of the span, once saved

    until = forms.DateField(
        label=_("Son gün"), required=False, widget=date_input(),
        help_text=_("Birden çok günse: ilk günden bu güne kadar her gün için bir satır yazılır."),
    )  # fmt: skip
    layout = [("", ["date until", "kind starts_at", "name_tr name_en", "source"])]

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
        first, last = data.get("date"), data.get("until")
        if first and last and not self.errors:
            self._check_span(first, last, data["kind"])
        return data

    def _check_span(self, first: date, last: date, kind: str) -> None:
        if last < first:
            self.add_error("until", _("Son gün ilk günden önce olamaz"))
        elif (last - first).days >= MOST_DAYS:
            self.add_error("until", _("En çok %(n)s gün bir kerede yazılabilir") % {"n": MOST_DAYS})
        elif here := Holiday.objects.filter(kind=kind, date__gt=first, date__lte=last).first():
            self.add_error("until", _("%(day)s aynı türle zaten yazılı") % {"day": long_date(here.date)})

    def save(self, commit: bool = True) -> Holiday:
        self.instance.edited = True
        holiday: Holiday = super().save(commit)
        last = self.cleaned_data["until"] or holiday.date
        self.others = [
            self._copy(holiday, holiday.date + timedelta(days=n)) for n in range(1, (last - holiday.date).days + 1)
        ]
        for other in self.others:
            other.save()
        return holiday

    def _copy(self, holiday: Holiday, day: date) -> Holiday:
        return Holiday(
            date=day, kind=holiday.kind, name_tr=holiday.name_tr, name_en=holiday.name_en, starts_at=holiday.starts_at,
            source=holiday.source, edited=True,
        )  # fmt: skip


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
