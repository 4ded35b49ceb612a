"""Subjects as citizens look for them: what their words suggest, everything by category, and what the house promises for each."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mimer.municipality.kinds import ClockKind
from mimer.municipality.models import Category, Subject
from mimer.municipality.subject_finder import suggest_subjects

HOURS_A_DAY = 8
SUGGESTED = 5


@dataclass
class Choices:
    """What is offered to choose from: the likely ones, and all by category."""

    suggested: list[Subject]
    groups: list[tuple[Category, list[Subject]]]


def choices_for(words: str) -> Choices:
    """Every subject a citizen may choose, those that fit her words first."""
    shown = visible_subjects()
    known = {row.pk: row for row in shown}
    likely = suggest_subjects(words, limit=2 * SUGGESTED) if words else []
    return Choices([known[row.pk] for row in likely if row.pk in known][:SUGGESTED], by_category(shown))


def visible_subjects() -> list[Subject]:
    """All subjects shown to citizens, in the order of their categories, in one query."""
    rows = Subject.objects.filter(active=True, citizen_visible=True)
    return list(rows.select_related("category", "unit", "external_body").defer("keywords_tr", "note"))


def by_category(rows: list[Subject]) -> list[tuple[Category, list[Subject]]]:
    """The same rows under their categories."""
    groups: dict[Category, list[Subject]] = {}
    for row in rows:
        groups.setdefault(row.category, []).append(row)
    return list(groups.items())


def promised(subject: Subject) -> str:
    """How soon the house answers, as people say it."""
    hours = subject.target_hours
    if not hours:
        return ""
    if subject.clock == ClockKind.ELAPSED:
        days, rest = divmod(hours, 24)
        if days and not rest:
            return ngettext("%(n)d gün", "%(n)d gün", days) % {"n": days}
        return ngettext("%(n)d saat", "%(n)d saat", hours) % {"n": hours}
    days, rest = divmod(hours, HOURS_A_DAY)
    if days:
        days += bool(rest)
        return ngettext("%(n)d iş günü", "%(n)d iş günü", days) % {"n": days}
    return ngettext("%(n)d mesai saati", "%(n)d mesai saati", hours) % {"n": hours}


def needed_papers(subject: Subject) -> list[str]:
    """What the citizen has to bring or tell, in words."""
    needed = [
        (subject.needs_identity, _("T.C. kimlik numarası")),
        (subject.needs_parcel, _("Ada ve parsel numarası ya da adres")),
        (subject.needs_location and not subject.needs_parcel, _("Yer: adres ya da haritada nokta")),
    ]
    return [words for applies, words in needed if applies]


def subjects(request: HttpRequest) -> HttpResponse:
    """The service standards: what, by whom, how soon, and what is needed; with a search."""
    asked = request.GET.get("q", "").strip()[:200]
    shown = visible_subjects()
    if asked:
        fitting = {row.pk: place for place, row in enumerate(suggest_subjects(asked, limit=30))}
        shown = sorted((row for row in shown if row.pk in fitting), key=lambda row: fitting[row.pk])
    for row in shown:
        row.promised, row.needed = promised(row), needed_papers(row)  # type: ignore[attr-defined]
    return render(request, "citizen/subjects.html", {"asked": asked, "groups": by_category(shown), "q": asked})
