"""Whom a member of staff may meet: at the desk anybody, elsewhere whoever has a case that she may see."""

from mimer.municipality.models import Staff
from mimer.people.models import Person

from .models import Case


def may_meet(staff: Staff, person: Person) -> bool:
    """Whether this person's card is hers to look at, and hers to choose for a new case."""
    return staff.scope.at_desk or Case.objects.visible_to(staff).filter(applicant=person).exists()


def person_met(staff: Staff, pk: int | None) -> Person | None:
    """The person with this id; the same answer for none and for somebody she may not meet."""
    person = Person.objects.filter(pk=pk).first() if pk else None
    return person if person and may_meet(staff, person) else None
