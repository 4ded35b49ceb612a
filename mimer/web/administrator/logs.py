"""What was changed in the tables and on people's cards, whose identity number was uncovered, what sensitive cases were opened."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from mimer.cases.models import Case
from mimer.municipality.models import TableChange
from mimer.municipality.roles import Role
from mimer.people.models import CardChange, Person
from mimer.privacy.models import CaseView, Reveal

from ..access import StaffRequest, for_roles, row_id
from ..forms.administrator import MunicipalityForm
from .tables import BY_MODEL

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

PAGE = 50
watchers_only = for_roles(Role.ADMINISTRATOR, Role.AUDITOR)


@dataclass(frozen=True)
class Told:
    """A change in words: the table, and each column with what stood there before and after."""

    change: TableChange
    table: "StrOrPromise"
    details: "list[tuple[StrOrPromise, str, str]]"


@for_roles(Role.ADMINISTRATOR)
def changes(request: StaffRequest) -> HttpResponse:
    """Every change of the tables, newest first."""
    rows, older = _page(request, TableChange.objects.select_related("staff"))
    return render(request, "administrator/changes.html", {"changes": told(rows), "older": older})


@watchers_only
def reveals(request: StaffRequest) -> HttpResponse:
    """Who uncovered whose identity number, when, and why."""
    rows, older = _page(request, Reveal.objects.select_related("staff", "person").order_by("-id"))
    return render(
        request, "administrator/reveals.html", {"rows": [(row, masked(row.person)) for row in rows], "older": older}
    )


@watchers_only
def card_changes(request: StaffRequest) -> HttpResponse:
    """Who wrote on whose card, when, and which columns."""
    rows, older = _page(request, CardChange.objects.select_related("staff", "person"))
    context = {"rows": [(row, masked(row.person)) for row in rows], "older": older}
    return render(request, "administrator/card_changes.html", context)


@watchers_only
def case_views(request: StaffRequest) -> HttpResponse:
    """Who opened a sensitive case, and when; which one is told only to those who may see it."""
    rows, older = _page(request, CaseView.objects.select_related("staff", "case__subject").order_by("-id"))
    opened = Case.objects.visible_to(request.user).filter(pk__in={row.case_id for row in rows})
    context = {"rows": rows, "older": older, "seen": set(opened.values_list("pk", flat=True))}
    return render(request, "administrator/case_views.html", context)


def told(changes: Iterable[TableChange]) -> list[Told]:
    """The changes with the words of their tables and columns."""
    found = []
    for change in changes:
        table = BY_MODEL.get(change.table)
        fields = (table.form if table else MunicipalityForm).base_fields
        names = {name: field.label or name for name, field in fields.items()} | _other_names()
        label = table.label if table else _("Belediye")
        found.append(Told(change, label, [(names.get(name, name), old, new) for name, old, new in change.details]))
    return found


def masked(person: Person) -> str:
    """The first letters of a name: enough to recognise, too little to look up."""
    words = [word for word in (person.given_name, person.family_name) if word]
    return " ".join(f"{word[0]}***" for word in words) or _("Adı bilinmiyor")


def _other_names() -> "dict[str, StrOrPromise]":
    return {
        "parts": _("Satır"), "active": _("Kullanımda"), "is_active": _("Hesabı açık"), "second_factor": _("İki adımlı giriş"),
        "named_staff": _("Görenler"), "is_demo": _("Deneme hesabı"), "is_ruling": _("Hakem kararı"),
    }  # fmt: skip


def _page(request: StaffRequest, rows: "QuerySet[Any]") -> tuple[list[Any], str]:
    """The page that begins below `?below=`, and the address of the next, "" if it is the last."""
    below = row_id(request.GET.get("below", ""))
    found = list((rows if below is None else rows.filter(pk__lt=below))[: PAGE + 1])
    return found[:PAGE], f"?below={found[PAGE - 1].pk}" if len(found) > PAGE else ""
