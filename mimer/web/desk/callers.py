"""Who is calling: people found by number, telephone or name, each with her last cases."""

from dataclasses import dataclass, field

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from mimer.cases.applicants import met_by, person_met
from mimer.cases.models import Case
from mimer.municipality.models import Staff
from mimer.people.models import Person
from mimer.people.search import find_people

from ..access import row_id

SHOWN = 6
LAST_CASES = 3


@dataclass
class Caller:
    """A person and her newest cases, as far as this reader may see them."""

    person: Person
    cases: list[Case] = field(default_factory=list)


def asked_for(typed: str) -> str:
    """What was typed to find somebody, without what no name or number has."""
    return "".join(sign for sign in typed if sign.isprintable()).strip()[:100]


def find_callers(typed: str, staff: Staff) -> list[Caller]:
    """People who fit what was typed so far; outside the desk only those who have a case this reader may see."""
    typed = typed.strip()
    numbered = (
        Case.objects.visible_to(staff).naming_applicant_to(staff).by_number(typed).select_related("applicant").first()
    )
    people = [numbered.applicant] if numbered and numbered.applicant else find_people(typed, SHOWN, met_by(staff))
    return with_cases(people, staff)


def with_cases(people: list[Person], staff: Staff) -> list[Caller]:
    """The newest cases of each, in one query."""
    callers = {person.pk: Caller(person) for person in people}
    if callers:
        place = Window(RowNumber(), partition_by=F("applicant_id"), order_by=F("pk").desc())
        rows = (
            Case.objects.visible_to(staff)
            .naming_applicant_to(staff)
            .filter(applicant__in=callers)
            .annotate(place=place)
            .filter(place__lte=LAST_CASES)
        )
        for case in rows.select_related("subject", "unit").defer("text", "answers").order_by("-pk"):
            callers[case.applicant_id or 0].cases.append(case)
    return list(callers.values())


def caller_of(pk: int | str | None, staff: Staff) -> Caller | None:
    """One person with her cases, if this reader may meet her."""
    person = person_met(staff, row_id(str(pk or "")))
    return with_cases([person], staff)[0] if person else None
