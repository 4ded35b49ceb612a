"""The ways through the house, by role: what stands in the bar of a member of staff."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from mimer.municipality.models import Staff
from mimer.municipality.models.staff import Scope
from mimer.municipality.roles import DESK, UNIT, Role

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Way:
    """One entry: its words, where it leads, its icon, and the roles it is for (none: everyone who sees cases)."""

    label: "StrOrPromise"
    view: str
    icon: str
    roles: frozenset[str] = frozenset()


# Who keeps the roster, and who reads how promises were kept.
DUTY_FOR = frozenset({Role.UNIT_HEAD, Role.CENTRE_MANAGER})
PROMISES_FOR = DUTY_FOR | {Role.MAYOR, Role.DEPUTY_MAYOR, Role.AUDITOR}

WAYS = [
    Way(_("Bugün"), "home", "home"),
    Way(_("Gelen kutusu"), "inbox", "inbox"),
    Way(_("Başvurular"), "case_list", "list"),
    Way(_("Yeni başvuru"), "desk_new", "phone", DESK),
    Way(_("Birim masası"), "unit_new", "desk", UNIT),
    Way(_("Arama listesi"), "call_list", "chat", DESK),
    Way(_("Baskı kuyruğu"), "print_queue", "printer", DESK),
    Way(_("CİMER cevapları"), "cimer_list", "copy", DESK),
    Way(_("Saha"), "field", "truck", frozenset({Role.FIELD_WORKER})),
    Way(_("Harita"), "case_map", "map"),
    Way(_("Bilgi edinme raporu"), "foi_reports", "chart", frozenset({Role.CENTRE_MANAGER, Role.MAYOR, Role.AUDITOR})),
    Way(_("Veri ihlalleri"), "breaches", "shield", frozenset({Role.CENTRE_MANAGER, Role.ADMINISTRATOR})),
    Way(_("Sözler"), "promises", "check", PROMISES_FOR),
    Way(_("Nöbet"), "duty", "clock", DUTY_FOR),
    Way(_("İzinler"), "absences", "calendar", frozenset(Role)),
    Way(_("Görüntüleme kayıtları"), "administration_reveals", "eye", frozenset({Role.AUDITOR})),
    Way(_("Yönetim"), "administration", "settings", frozenset({Role.ADMINISTRATOR})),
]


def navigation(request: HttpRequest) -> list[dict[str, object]]:
    """The entries this reader may follow, the present one marked."""
    staff = getattr(request, "user", None)
    if not isinstance(staff, Staff):
        return []
    here = request.resolver_match.view_name if request.resolver_match else ""
    found: list[dict[str, object]] = []
    for way in WAYS:
        if _open_to(way, staff.scope):
            try:
                found.append(
                    {"label": way.label, "url": reverse(way.view), "icon": way.icon, "active": way.view == here}
                )
            except NoReverseMatch:
                continue
    return found


def _open_to(way: Way, scope: Scope) -> bool:
    return scope.has(*way.roles) if way.roles else scope.sees_cases
