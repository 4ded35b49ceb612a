"""Who acts on a case: a member of staff, the citizen herself, or the house (a rule, time, an import)."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from mimer.municipality.models import Staff
from mimer.municipality.roles import DESK, UNIT, Role

from .models import Case, UnitRequest


class Party(StrEnum):
    """As whom somebody acts on one particular case; the workflow table is written in these."""

    CITIZEN = "citizen"
    DESK = "desk"
    ARBITER = "arbiter"
    UNIT = "unit"
    UNIT_HEAD = "unit_head"
    FIELD = "field"
    ASKED_UNIT = "asked_unit"
    HOUSE = "house"
    IMPORT = "import"


@dataclass(frozen=True)
class Citizen:
    """The applicant, acting through a door that has already made sure that it is she."""

    channel: str = "web"


@dataclass(frozen=True)
class House:
    """The house itself: a rule that routes, the time that closes, or an import that brings history."""

    party: Party = Party.HOUSE


Actor = Staff | Citizen | House
RULE = House()
IMPORT = House(Party.IMPORT)


def parties(by: Actor, case: Case | None, among: Collection[Party] = frozenset(Party)) -> set[Party]:
    """Every party `by` counts as, towards this case (or a new one when it is None), as far as `among` asks for it."""
    if isinstance(by, Citizen):
        return {Party.CITIZEN}
    if isinstance(by, House):
        return {by.party}
    return _staff_parties(by, case, among)


def _staff_parties(staff: Staff, case: Case | None, among: Collection[Party]) -> set[Party]:
    scope = staff.scope
    if case is not None and case.sensitive and case.subject_id not in scope.sensitive_subject_ids:
        return set()
    found: set[Party] = set()
    if scope.has(*DESK):
        found.add(Party.DESK)
    if scope.has(Role.ARBITER, Role.CENTRE_MANAGER):
        found.add(Party.ARBITER)
    if case is None:
        return found | ({Party.UNIT} if scope.in_unit else set())
    roles_here = {role for role, unit in scope.roles if unit == case.unit_id}
    if case.unit is not None and case.unit.is_desk:  # the desk is the unit of its own cases, and its manager their head
        found |= ({Party.UNIT} if Party.DESK in found else set()) | (
            {Party.UNIT_HEAD} if scope.has(Role.CENTRE_MANAGER) else set()
        )
    if roles_here & UNIT:
        found.add(Party.UNIT)
    if Role.UNIT_HEAD in roles_here:
        found.add(Party.UNIT_HEAD)
    if case.crew_id and case.crew_id in scope.crew_ids:
        found.add(Party.FIELD)
    if Party.ASKED_UNIT not in among:
        return found
    asked = {unit for role, unit in scope.roles if role in UNIT and unit}
    if asked and UnitRequest.objects.filter(case=case, unit__in=asked, replied_at=None).exists():
        found.add(Party.ASKED_UNIT)
    return found
