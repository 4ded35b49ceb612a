"""The filter of the lists: what may stand in the address, and what it does to a set of cases."""

from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django import forms
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mimer.cases.queries import CaseQuerySet
from mimer.cases.states import OPEN, State
from mimer.municipality.kinds import CaseType, Channel, Priority
from mimer.municipality.models import Neighbourhood, Staff, Subject, Unit
from mimer.turkish import sort_key

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ANY = ("", _("Hepsi"))
STATES = [ANY, ("open", _("Açık")), *State.choices]
OFFICERS = [ANY, ("me", _("Bende")), ("none", _("Sahipsiz"))]
SORTS = [("", _("En yeni önce")), ("due", _("Süresi en yakın önce"))]
DAY = forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class ByCode(forms.ModelChoiceField):
    """A row chosen by its code in the address; its choices are read and put in Turkish order only where they are shown."""

    def __init__(self, model: type[models.Model], code: str, label: "StrOrPromise") -> None:
        super().__init__(
            model._default_manager.all(), to_field_name=code, label=label, required=False, empty_label=str(ANY[1])
        )

    def show(self, names: list[tuple[str, str]]) -> None:
        """Puts (code, name) pairs in order into the widget."""
        self.widget.choices = [ANY, *sorted(names, key=lambda pair: sort_key(pair[1]))]


class CaseFilter(forms.Form):
    """Süzgeç: every field is optional; a value nobody knows is left out."""

    unit = ByCode(Unit, "code", _("Birim"))
    state = forms.ChoiceField(label=_("Durum"), choices=STATES, required=False)
    late = forms.BooleanField(label=_("Yalnız gecikenler"), required=False)
    officer = forms.ChoiceField(label=_("Kimde"), choices=OFFICERS, required=False)
    subject = ByCode(Subject, "code", _("Konu"))
    type = forms.ChoiceField(label=_("Tür"), choices=[ANY, *CaseType.choices], required=False)
    channel = forms.ChoiceField(label=_("Kanal"), choices=[ANY, *Channel.choices], required=False)
    neighbourhood = ByCode(Neighbourhood, "slug", _("Mahalle"))
    priority = forms.TypedChoiceField(label=_("Öncelik"), choices=[ANY, *Priority.choices], required=False, coerce=int)
    since = forms.DateField(label=_("Şu günden"), required=False, widget=DAY)
    until = forms.DateField(label=_("Şu güne"), required=False, widget=DAY)
    sort = forms.ChoiceField(label=_("Sıra"), choices=SORTS, required=False)

    def __init__(self, data: Any, staff: Staff) -> None:
        super().__init__(data)
        self.staff = staff

    def show(self) -> "CaseFilter":
        """Fills the long choices, for a page that shows the form."""
        units = Unit.objects.filter(active=True)
        if not self.staff.scope.across_units:
            units = units.filter(pk__in=self.staff.scope.unit_ids)
        subjects = Subject.objects.only("code", "name_tr", "name_en").order_by()
        places = Neighbourhood.objects.values_list("slug", "name")
        self._fill("unit", [(unit.code, unit.short) for unit in units])
        self._fill("subject", [(subject.code, subject.name) for subject in subjects])
        self._fill("neighbourhood", list(places))
        return self

    def _fill(self, name: str, names: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, ByCode)
        field.show(names)

    @cached_property
    def chosen(self) -> dict[str, Any]:
        """What was asked for and understood."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in ("", None, False)}

    def apply(self, cases: CaseQuerySet) -> CaseQuerySet:
        """The cases that fit what was chosen."""
        chosen = self.chosen
        if unit := chosen.get("unit"):
            cases = cases.of_unit(unit)
        if state := chosen.get("state"):
            cases = _in_state(cases, state)
        if chosen.get("late"):
            cases = cases.overdue(timezone.now())
        if officer := chosen.get("officer"):
            cases = cases.open().filter(officer=self.staff if officer == "me" else None)
        if subject := chosen.get("subject"):
            cases = cases.filter(subject=subject)
        if place := chosen.get("neighbourhood"):
            cases = cases.filter(neighbourhood=place)
        for column in ("type", "channel", "priority"):
            if column in chosen:
                cases = cases.filter(**{column: chosen[column]})
        return self._between(cases)

    def _between(self, cases: CaseQuerySet) -> CaseQuerySet:
        """From the first moment of one local day to the last of another."""
        start, end = self.chosen.get("since"), self.chosen.get("until")
        zone = timezone.get_current_timezone()
        midnight = datetime.min.time()
        if start:
            cases = cases.filter(received_at__gte=datetime.combine(start, midnight, zone))
        if end:
            cases = cases.filter(received_at__lt=datetime.combine(end + timedelta(days=1), midnight, zone))
        return cases


def _in_state(cases: CaseQuerySet, state: str) -> CaseQuerySet:
    if state == "open":
        return cases.open()
    return cases.in_state(State(state)) if state in OPEN else cases.filter(state=state)
