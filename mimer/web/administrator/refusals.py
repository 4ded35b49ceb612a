"""Why a row cannot be taken out of use yet: what still hangs on it, and what to do first."""

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from mimer.cases.models import Case
from mimer.municipality.models import Crew, ExternalBody, RoleAssignment, Staff, Unit
from mimer.municipality.roles import Role

COUNTED = 100


def why_not(row: Model, by: Staff) -> str:
    """The sentence that says so, or "" when nothing stands in the way."""
    if isinstance(row, Unit):
        return _unit(row)
    if isinstance(row, Staff):
        return _staff(row, by)
    if isinstance(row, Crew) and (cases := _count(Case.objects.open().filter(crew=row))):
        return _("Bu ekibin %(n)s açık işi var; önce işleri başka bir ekibe verin.") % {"n": cases}
    if isinstance(row, ExternalBody) and (subjects := _count(row.subjects.filter(active=True))):
        return _("%(n)s konu bu kurumu gösteriyor; önce konuların kurumunu değiştirin.") % {"n": subjects}
    return ""


def administrator_left() -> bool:
    """Whether somebody can still open these pages."""
    return RoleAssignment.objects.filter(role=Role.ADMINISTRATOR, staff__is_active=True).exists()


def _unit(unit: Unit) -> str:
    if cases := _count(Case.objects.open().of_unit(unit)):
        return _("Bu birimde %(n)s açık başvuru var; önce başka birime havale edin.") % {"n": cases}
    if subjects := _count(unit.subjects.filter(active=True)):
        return _("Bu birime bağlı %(n)s konu var; önce konuların birimini değiştirin.") % {"n": subjects}
    if below := _count(unit.children.filter(active=True)):
        return _("Bu birimin altında %(n)s birim var; önce onları başka birime bağlayın.") % {"n": below}
    return ""


def _staff(staff: Staff, by: Staff) -> str:
    if staff.pk == by.pk:
        return _("Kendi hesabınızı kapatamazsınız; bunu başka bir sistem yöneticisi yapabilir.")
    others = RoleAssignment.objects.filter(role=Role.ADMINISTRATOR, staff__is_active=True).exclude(staff=staff)
    if not others.exists():
        return _("Başka etkin sistem yöneticisi yok; önce birine bu görevi verin.")
    return ""


def _count(rows: "QuerySet[Model]") -> str:
    """How many, counted up to a hundred; "" for none."""
    found = len(rows.order_by().values_list("pk")[: COUNTED + 1])
    return _("100'den çok") if found > COUNTED else str(found or "")
