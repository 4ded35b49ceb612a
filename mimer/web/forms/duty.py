"""Forms of the roster and of absences: who, from when, to when, and who stands in."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from mimer.municipality.models import Absence, DutyShift, Staff, Unit
from mimer.municipality.people_of import colleagues_of
from mimer.turkish import long_date

from .verbs import day_input, searchable

LONGEST_SHIFT_DAYS = 7


def moment_field(label: Any, missing: Any) -> forms.DateTimeField:
    """A day with its hour, as the browser's own picker sends it."""
    return forms.DateTimeField(
        label=label, widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%Y %H.%M"],
        error_messages={"required": missing, "invalid": _("Günü ve saati 24.11.2026 17.00 gibi yazın")},
    )  # fmt: skip


class ShiftForm(forms.Form):
    """Nöbet: overlapping is allowed, the order decides who is called first."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Nöbet kimin için?"), required=False)
    staff = forms.ModelChoiceField(
        Staff.objects.none(), label=_("Nöbetçi"), widget=searchable(), empty_label=_("Kişi seçin"),
        error_messages={"required": _("Nöbetçiyi seçin"), "invalid_choice": _("Nöbetçiyi listeden seçin")},
    )  # fmt: skip
    starts_at = moment_field(_("Başlangıç"), _("Başlangıcı seçin"))
    ends_at = moment_field(_("Bitiş"), _("Bitişi seçin"))
    order = forms.IntegerField(
        label=_("Aranma sırası"), min_value=1, max_value=9, initial=1,
        help_text=_("Aynı saatte birkaç kişi nöbetçiyse önce küçük sayı aranır."),
        error_messages={
            "required": _("Aranma sırasını yazın"), "invalid": _("Aranma sırası bir sayı olmalı"),
            "min_value": _("Aranma sırası 1 ile 9 arasında olmalı"), "max_value": _("Aranma sırası 1 ile 9 arasında olmalı"),
        },
    )  # fmt: skip

    def __init__(self, *args: Any, units: Any, people: Any, whole_house: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit, staff = self.fields["unit"], self.fields["staff"]
        assert isinstance(unit, forms.ModelChoiceField)
        assert isinstance(staff, forms.ModelChoiceField)
        unit.queryset, unit.required = units, not whole_house
        unit.empty_label = gettext("Bütün belediye") if whole_house else gettext("Birim seçin")
        unit.error_messages |= {"required": _("Birimi seçin"), "invalid_choice": _("Birimi listeden seçin")}
        staff.queryset = people

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts, ends = data.get("starts_at"), data.get("ends_at")
        if starts and _local_day(starts) < timezone.localdate():
            self.add_error("starts_at", _("Geçmişe nöbet yazılamaz; bugünü ya da sonrasını seçin"))
        if starts and ends and ends <= starts:
            self.add_error("ends_at", _("Nöbet başladıktan sonra bitmeli; bitişi değiştirin"))
        elif ends and ends <= timezone.now() and "starts_at" not in self.errors:
            self.add_error("ends_at", _("Bu nöbet bitmiş bile; daha geç bir bitiş seçin"))
        elif starts and ends and (ends - starts).days >= LONGEST_SHIFT_DAYS:
            self.add_error("ends_at", _("Bir nöbet en çok bir hafta sürer; bölüp yazın"))
        if starts and not self.errors:
            same = DutyShift.objects.filter(unit=data.get("unit"), staff=data["staff"], starts_at=starts)
            if same.exists():
                self.add_error("staff", _("Bu kişinin aynı saatte başlayan nöbeti zaten yazılı"))
        return data


class AbsenceForm(forms.Form):
    """İzin: whose, from which day to which, and who does her work meanwhile."""

    staff = forms.ModelChoiceField(
        Staff.objects.none(), label=_("Kim izinli?"), widget=searchable(), empty_label=None,
        error_messages={"required": _("Kişiyi seçin"), "invalid_choice": _("Kişiyi listeden seçin")},
    )  # fmt: skip
    starts_on = forms.DateField(
        label=_("İlk gün"), widget=day_input(),
        error_messages={"required": _("İlk günü seçin"), "invalid": _("Günü 24.11.2026 gibi yazın")},
    )  # fmt: skip
    ends_on = forms.DateField(
        label=_("Son gün"), widget=day_input(),
        error_messages={"required": _("Son günü seçin"), "invalid": _("Günü 24.11.2026 gibi yazın")},
    )  # fmt: skip
    deputy = forms.ModelChoiceField(
        Staff.objects.none(), label=_("Vekili"), required=False, widget=searchable(), empty_label=_("Vekil yok"),
        help_text=_("Aynı birimden biri; o günlerde onun işlerini görür ve yapar. Gizli konular devredilmez."),
        error_messages={"invalid_choice": _("Vekili listeden seçin")},
    )  # fmt: skip

    def __init__(self, *args: Any, people: Any, mates: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff, deputy = self.fields["staff"], self.fields["deputy"]
        assert isinstance(staff, forms.ModelChoiceField)
        assert isinstance(deputy, forms.ModelChoiceField)
        staff.queryset, deputy.queryset = people, mates

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts, ends, staff = data.get("starts_on"), data.get("ends_on"), data.get("staff")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("Son gün ilk günden önce olamaz"))
        elif ends and ends < timezone.localdate():
            self.add_error("ends_on", _("Bu izin geçmişte kalmış; bugünü ya da sonrasını seçin"))
        if staff and starts and ends and not self.errors and (own := absences_between(staff, starts, ends).first()):
            self.add_error("starts_on", _("Bu günlerde izin zaten yazılı: %(days)s") % {"days": span(own)})
        if staff and not self.errors:
            self._check_deputy(data)
        return data

    def _check_deputy(self, data: dict[str, Any]) -> None:
        deputy: Staff | None = data.get("deputy")
        if deputy is None:
            return
        if not colleagues_of(data["staff"]).filter(pk=deputy.pk).exists():
            told = {"name": deputy.full_name, "who": data["staff"].full_name}
            self.add_error(
                "deputy", _("%(name)s aynı birimde çalışmıyor; %(who)s için kendi biriminden birini seçin") % told
            )
        elif away := absences_between(deputy, data["starts_on"], data["ends_on"]).first():
            told = {"name": deputy.full_name, "days": span(away)}
            self.add_error("deputy", _("%(name)s o günlerde izinli (%(days)s); vekil olarak başka birini seçin") % told)


def absences_between(staff: Staff, starts: date, ends: date) -> Any:
    """Her absences that touch these days."""
    return Absence.objects.filter(staff=staff, starts_on__lte=ends, ends_on__gte=starts).order_by("starts_on")


def span(absence: Absence) -> str:
    """`3 Aralık 2026 Perşembe – 5 Aralık 2026 Cumartesi`, one day as one day."""
    language = "en" if (get_language() or "tr").startswith("en") else "tr"
    days = [long_date(day, language=language) for day in (absence.starts_on, absence.ends_on)]
    return days[0] if days[0] == days[1] else " – ".join(days)


def first_shift(day: date) -> dict[str, datetime]:
    """The first values of a new shift: the night that begins on that day."""
    start = timezone.make_aware(datetime.combine(day, time(17)))
    return {"starts_at": start, "ends_at": timezone.make_aware(datetime.combine(_next(day), time(8)))}


def _next(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


def _local_day(moment: datetime) -> date:
    return timezone.localtime(moment).date()
