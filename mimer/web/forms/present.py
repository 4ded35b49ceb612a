"""Choosing somebody for work: who is away today is marked, with who does her work meanwhile."""

from django import forms
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext

from mimer.municipality.models import Absence, Staff


class PresentField(forms.ModelChoiceField):
    """People to choose from; nobody is given work on her leave unknowingly."""

    away: dict[int, str] = {}

    def label_from_instance(self, staff: object) -> str:
        away = self.away.get(staff.pk) if isinstance(staff, Staff) else None
        return str(staff) if away is None else away


def mark_away(field: forms.Field) -> None:
    """Reads who is away when the first name is written, and once."""
    field.away = SimpleLazyObject(_away_today)  # type: ignore[attr-defined]


def _away_today() -> dict[int, str]:
    found = {}
    for row in Absence.objects.on(timezone.localdate()).select_related("staff", "deputy"):
        named = {"name": row.staff.full_name, "deputy": row.deputy.full_name if row.deputy else ""}
        sentence = (
            gettext("%(name)s (bugün izinli, vekili %(deputy)s)") if row.deputy else gettext("%(name)s (bugün izinli)")
        )
        found[row.staff_id] = sentence % named
    return found
