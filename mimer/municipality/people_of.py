"""Who works where: the people of a unit, and the colleagues who may stand in for somebody."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from .models import RoleAssignment, Staff, Unit
from .roles import NEEDS_UNIT, UNIT, Role


def people_of(units: Iterable[int]) -> QuerySet[Staff]:
    """Everybody in use who has a role in one of these units, by name."""
    roles = RoleAssignment.objects.filter(unit__in=list(units), role__in=sorted(NEEDS_UNIT))
    return Staff.objects.filter(is_active=True, pk__in=roles.values("staff"))


def units_headed_by(staff: Staff) -> QuerySet[Unit]:
    """The units whose head she is, by role, today's stand-in included."""
    return Unit.objects.filter(pk__in=[unit for role, unit in staff.scope.roles if role == Role.UNIT_HEAD and unit])


def colleagues_of(staff: Staff) -> QuerySet[Staff]:
    """Who may stand in for her: whoever works in one of her units, or holds the same role of the house."""
    held = list(staff.roles.values_list("role", "unit_id"))
    units = [unit for role, unit in held if unit and role in NEEDS_UNIT]
    roles = [role for role, unit in held if unit is None]
    own = Q(unit__in=units, role__in=sorted(UNIT | {Role.DEPUTY_MAYOR, Role.FIELD_WORKER})) | Q(
        unit=None, role__in=roles
    )
    mates = RoleAssignment.objects.filter(own)
    return Staff.objects.filter(is_active=True, pk__in=mates.values("staff")).exclude(pk=staff.pk)
