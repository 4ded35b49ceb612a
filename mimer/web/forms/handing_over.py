"""The form of a leaver's work: who takes over in each unit, and whether she takes the posts as well."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mimer.municipality.models import Staff, Unit
from mimer.municipality.people_of import people_of
from mimer.municipality.roles import DESK, UNIT

from .present import PresentField, mark_away
from .verbs import searchable

POST_WORDS = {"head": _("birim müdürü"), "representative": _("birim sorumlusu"), "deputy": _("yedek sorumlu")}


@dataclass(frozen=True)
class Share:
    """What she has in one unit: open cases and posts, with the fields that say who takes them."""

    unit: Unit
    cases: int
    posts: str
    successor: forms.BoundField
    with_posts: forms.BoundField | None


class HandOverForm(forms.Form):
    """Devir: a successor a unit, or nobody."""

    def __init__(self, *args: Any, leaver: Staff, shares: dict[Unit, tuple[int, list[str]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._shares = shares
        for unit, (_cases, posts) in shares.items():
            field = PresentField(
                workers_of(unit).exclude(pk=leaver.pk), label=_("Kime devredilsin?"), required=False,
                widget=searchable(), empty_label=_("Kimseye; birimde dursun"),
                error_messages={"invalid_choice": _("Kişiyi listeden seçin")},
            )  # fmt: skip
            mark_away(field)
            self.fields[f"successor_{unit.pk}"] = field
            if posts:
                self.fields[f"posts_{unit.pk}"] = forms.BooleanField(label=_("Görev yerini de ona ver"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for unit in self._shares:
            if data.get(f"posts_{unit.pk}") and not data.get(f"successor_{unit.pk}"):
                self.add_error(f"successor_{unit.pk}", _("Görev yerini kimin alacağını seçin"))
        return data

    def shares(self) -> list[Share]:
        """A part of the page for each unit."""
        return [
            Share(
                unit, cases, ", ".join(str(POST_WORDS[post]) for post in posts), self[f"successor_{unit.pk}"],
                self[f"posts_{unit.pk}"] if posts else None,
            )
            for unit, (cases, posts) in self._shares.items()
        ]  # fmt: skip

    def successors(self) -> dict[int, Staff | None]:
        return {unit.pk: self.cleaned_data[f"successor_{unit.pk}"] for unit in self._shares}

    def posts_given(self) -> list[tuple[Unit, str, Staff]]:
        """The posts that go to a successor."""
        return [
            (unit, post, self.cleaned_data[f"successor_{unit.pk}"])
            for unit, (_cases, posts) in self._shares.items()
            for post in posts
            if self.cleaned_data.get(f"posts_{unit.pk}")
        ]


def workers_of(unit: Unit) -> Any:
    """Who may have the unit's cases."""
    people = people_of([unit.pk]).filter(roles__unit=unit, roles__role__in=sorted(UNIT))
    if unit.is_desk:
        people |= Staff.objects.filter(is_active=True, roles__role__in=sorted(DESK))
    return people.distinct()
