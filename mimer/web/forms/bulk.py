"""The form of a bulk action: which verb, and what it must carry."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mimer.cases.models import Case
from mimer.municipality.models import Staff, Unit
from mimer.municipality.roles import UNIT

from .present import PresentField, mark_away

DESK_VERBS = [("route", _("Havale et")), ("merge", _("Birleştir")), ("close", _("Kapat"))]
UNIT_VERBS = [("accept", _("İşleme al")), ("assign", _("Görevliye ver"))]


class BulkForm(forms.Form):
    """Toplu işlem: the fields a verb does not need stay empty."""

    verb = forms.ChoiceField(label=_("Ne yapılsın?"), error_messages={"required": _("Ne yapılacağını seçin")})
    unit = forms.ModelChoiceField(Unit.objects.filter(active=True), label=_("Birim"), required=False)
    reason = forms.CharField(label=_("Gerekçe"), required=False, max_length=1000)
    officer = PresentField(Staff.objects.none(), label=_("Görevli"), required=False)
    main_number = forms.CharField(label=_("Ana kaydın numarası"), required=False)

    def __init__(self, *args: Any, staff: Staff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.staff = staff
        scope = staff.scope
        verbs = (UNIT_VERBS if scope.in_unit else []) + (DESK_VERBS if scope.at_desk else [])
        self.fields["verb"].choices = verbs  # type: ignore[attr-defined]
        colleagues = Staff.objects.filter(
            is_active=True, roles__unit__in=scope.unit_ids, roles__role__in=UNIT
        ).distinct()
        self.fields["officer"].queryset = colleagues  # type: ignore[attr-defined]
        mark_away(self.fields["officer"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        verb = data.get("verb")
        if verb == "route":
            self._need(data, "unit", _("Birimi seçin"))
            self._need(data, "reason", _("Neden bu birime havale ettiğinizi yazın"))
        if verb == "assign":
            self._need(data, "officer", _("Görevliyi seçin"))
        if verb == "merge":
            data["main"] = Case.objects.visible_to(self.staff).by_number(data.get("main_number", "")).first()
            if data["main"] is None:
                self.add_error("main_number", _("Ana kaydın numarasını 2026-000123 gibi yazın"))
        return data

    def _need(self, data: dict[str, Any], name: str, sentence: Any) -> None:
        if not data.get(name):
            self.add_error(name, sentence)
