"""Forms that promise a day: it is asked once more where nobody works on that day."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mimer.cases.clocks import hours_of, house_calendar
from mimer.municipality.models import Crew
from mimer.municipality.named import known_language
from mimer.turkish import long_date

from .citizen import WordsField
from .verbs import VerbForm, day_input

LOOKS_AHEAD = 14


class DayBox(forms.CheckboxInput):
    """Ticked only for the day beside which it stands: for another closed day it is asked again."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> bool:
        return bool(data.get(name)) and data[name] == self.attrs.get("value")


class PromiseForm(VerbForm):
    """A day that is told to the citizen; on a closed day the work must be meant, and nothing typed is lost by asking."""

    day = forms.DateField(
        label=_("Gün"), widget=day_input(),
        error_messages={"required": _("Günü seçin"), "invalid": _("Günü 24.11.2026 gibi yazın")},
    )  # fmt: skip
    closed_day = forms.BooleanField(required=False, widget=DayBox, label=_("Evet, iş o gün yapılacak"))

    def prepare(self) -> None:
        day = self._sent_day()
        if day is None or not self._asks_about(day):
            del self.fields["closed_day"]
        else:
            self.fields["closed_day"].widget.attrs["value"] = day.isoformat()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("closed_day") is False and (day := cleaned.get("day")):
            self.add_error("day", closed_sentence(day))
        return cleaned

    def first_open_day(self, day: date) -> date:
        """The first day from this one on on which somebody works."""
        days = (day + timedelta(days=ahead) for ahead in range(LOOKS_AHEAD))
        return next((one for one in days if not self._is_closed(one)), day)

    def _asks_about(self, day: date) -> bool:
        """Whether a day that is new to the citizen is one on which nobody works."""
        return day != self.case.planned_for and self._is_closed(day)

    def _is_closed(self, day: date) -> bool:
        """Whether nobody of the unit works on that day: a holiday, a closure, or no opening hours."""
        return not house_calendar(hours_of(self.case)).open_spans(day, None)

    def _sent_day(self) -> date | None:
        try:
            return self.fields["day"].clean(self.data.get(self.add_prefix("day")))
        except forms.ValidationError:
            return None


class PlanForm(PromiseForm):
    """Program: the day, the crew, and why a day moves."""

    crew = forms.ModelChoiceField(Crew.objects.none(), label=_("Ekip"), required=False, empty_label=_("Ekip yok"))
    reason = WordsField(
        missing="", label=_("Gün neden değişiyor?"), rows=2, required=False, help_text=_("Gün değişiyorsa gerekir.")
    )

    def prepare(self) -> None:
        super().prepare()
        crews = self._crews()
        if self.case.planned_for is None:
            del self.fields["reason"]
        today = timezone.localdate()
        day = max(self.case.planned_for, today) if self.case.planned_for else self.first_open_day(today)
        self.initial.setdefault("day", day)
        self.initial.setdefault("crew", self.case.crew_id or (crews[0].pk if len(crews) == 1 else None))

    def _crews(self) -> list[Crew]:
        """The crews of the unit, read once; one that is alone is chosen already."""
        field = self.fields["crew"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Crew.objects.filter(unit=self.case.unit_id, active=True)
        crews = list(field.queryset)
        field.choices = [("", gettext("Ekip yok")), *((crew.pk, crew.name) for crew in crews)]
        return crews


class PostponeForm(PromiseForm):
    """Yeni tarih: the day, and why it is not the old one."""

    reason = WordsField(
        missing=_("Tarihi neden değiştirdiğinizi yazın"), label=_("Neden?"), rows=2,
        help_text=_("Başvurana yeni tarih bu sözlerle gider."),
    )  # fmt: skip

    def prepare(self) -> None:
        super().prepare()
        self.fields["day"].label = _("Yeni tarih")


class LaterForm(PromiseForm):
    """Bugün yapılamadı: why, and which day instead."""

    reason = WordsField(missing=_("Bugün neden yapılamadığını yazın"), label=_("Neden yapılamadı?"), rows=2)

    field_order = ("reason", "day", "closed_day")

    def prepare(self) -> None:
        super().prepare()
        field = self.fields["day"]
        field.label, field.help_text = _("Yeni gün"), _("Başvurana bu gün bildirilir.")
        field.error_messages["required"] = _("Yeni günü seçin")
        self.initial.setdefault("day", self.first_open_day(timezone.localdate() + timedelta(days=1)))


def closed_sentence(day: date) -> str:
    """Says that the house is closed on that day, with the holiday's name if it is one."""
    language = known_language()
    holiday = house_calendar().holiday_on(day)
    name = (holiday.name_en if language == "en" else "") or holiday.name_tr if holiday and holiday.whole_day else ""
    words = {"day": long_date(day, language=language), "name": f" ({name})" if name else ""}
    return (
        gettext("%(day)s%(name)s kapalıyız. O gün çalışılacaksa aşağıda onaylayın ya da başka bir gün seçin.") % words
    )
