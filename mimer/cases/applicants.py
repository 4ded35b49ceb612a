"""Whom a member of staff may meet: at the desk anybody, elsewhere whoever has a case that she may see."""

from django.db.models import Exists, OuterRef, QuerySet

from mimer.municipality.models import Staff
from mimer.people.models import Person

from .models import Case


def met_by(staff: Staff) -> QuerySet[Person]:
    """The people whose cards are hers to look at, and hers to choose for a new case."""
    if staff.scope.at_desk:
        return Person.objects.all()
    known = Case.objects.visible_to(staff).naming_applicant_to(staff)
    return Person.objects.filter(Exists(known.filter(applicant=OuterRef("pk"))))


def person_met(staff: Staff, pk: int | None) -> Person | None:
    """The person with this id; the same answer for none and for somebody she may not meet."""
    return met_by(staff).filter(pk=pk).first() if pk else None
