"""Kimliği gizli: whose name a reader may see on a case. Every page and list that names an applicant asks here."""

from mimer.municipality.models import Staff
from mimer.people.models import Person

from .models import Case


def is_masked(case: Case, staff: Staff) -> bool:
    """Whether the informant's identity is kept from this reader: from everybody but the desk."""
    return case.identity_hidden and not staff.scope.at_desk


def shown_applicant(case: Case, staff: Staff) -> Person | None:
    """The applicant as far as this reader may know her; None for an anonymous case and for a hidden identity."""
    return None if is_masked(case, staff) else case.applicant
