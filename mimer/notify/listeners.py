"""Who holds which post today: whoever is away is stood in for by her deputy, and every step of the ladder has its ears."""

from collections.abc import Iterator
from datetime import date
from functools import cached_property

from mimer.cases.ladder import END, HALF_OVER
from mimer.municipality.models import Absence, RoleAssignment, Staff, Unit
from mimer.municipality.models.units import UnitKind
from mimer.municipality.roles import Role


class Posts:
    """The posts of all units on one day, each read once."""

    def __init__(self, day: date) -> None:
        self._day = day

    @cached_property
    def units(self) -> dict[int, Unit]:
        """Every unit in use, with its people at hand."""
        return {
            unit.pk: unit
            for unit in Unit.objects.filter(active=True).select_related("representative", "deputy", "head")
        }

    @cached_property
    def _away(self) -> dict[int, Staff | None]:
        rows = Absence.objects.on(self._day).select_related("deputy").order_by("pk")
        return {row.staff_id: row.deputy for row in rows}

    @cached_property
    def _deputy_mayors(self) -> dict[int | None, Staff]:
        rows = RoleAssignment.objects.filter(role=Role.DEPUTY_MAYOR, staff__is_active=True).select_related("staff")
        return {row.unit_id: row.staff for row in rows.order_by("-pk")}

    def present(self, staff: Staff | None) -> Staff | None:
        """Herself, or while she is away her deputy; nobody if both are away or gone."""
        if staff is not None and staff.pk in self._away:
            staff = self._away[staff.pk]
            if staff is not None and staff.pk in self._away:
                return None
        return staff if staff is not None and staff.is_active else None

    def at_desk_of_unit(self, unit: Unit) -> Iterator[Staff]:
        """Who looks after the unit's cases, first to last: representative, deputy, head."""
        for staff in (unit.representative, unit.deputy, unit.head):
            if (here := self.present(staff)) is not None:
                yield here

    def reader(self, unit: Unit) -> Staff | None:
        """Who reads the unit's mail today."""
        return next((staff for staff in self.at_desk_of_unit(unit) if has_mailbox(staff)), None)

    def head(self, unit: Unit) -> Staff | None:
        return self.present(unit.head)

    def deputy_mayor(self, unit: Unit) -> Staff | None:
        """The deputy mayor above the unit in the tree."""
        above: Unit | None = unit
        while above is not None and above.kind != UnitKind.DEPUTY_MAYOR:
            above = self.units.get(above.parent_id or 0)
        return self.present(above.head or self._deputy_mayors.get(above.pk)) if above else None

    def listeners(self, unit: Unit, percent: int) -> set[Staff]:
        """Who hears by mail of a step of the ladder: the unit's reader, from the end on its head, then the deputy mayor."""
        found = {self.reader(unit)}
        if percent >= END:
            found.add(self.head(unit))
        if percent >= HALF_OVER:
            found.add(self.deputy_mayor(unit))
        return {staff for staff in found if staff is not None and has_mailbox(staff)}


def has_mailbox(staff: Staff) -> bool:
    """Demo sign-ins have an address that nobody reads."""
    return not staff.is_demo
