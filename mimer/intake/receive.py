"""The one end of every live door: words, a person, a place and files become a routed case."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction

from mimer.cases.actions import Draft, Opening, attach, holding, open_case, refer, resolve, route
from mimer.cases.actions.opening import already_here
from mimer.cases.actions.routing import name_the_place
from mimer.cases.actors import Actor, Citizen
from mimer.cases.applicants import person_met
from mimer.cases.files import CheckedFile
from mimer.cases.models import AttachmentKind, Case
from mimer.municipality.models import ExternalBody, Staff
from mimer.people.card import write_on_card
from mimer.people.models import Person
from mimer.people.search import same_person, save_person


@dataclass
class Referral:
    """A matter that is another body's, and what the citizen was told of it."""

    body: ExternalBody
    text: str


@dataclass
class Arrival:
    """What a door hands over: the opening of a case, who it is from, what came with it, and how it ended on the spot."""

    opening: Opening
    person: Person | None = None
    files: Sequence[CheckedFile] = field(default_factory=tuple)
    answered: Draft | None = None
    referred: Referral | None = None


def receive(arrival: Arrival, *, by: Actor) -> Case:
    """Records the arrival whole or not at all: the person, the case, its files, and its unit (or the answer given).

    A repeated delivery (same channel and source id) returns the first case and adds nothing.
    """
    with transaction.atomic(savepoint=False):
        opening = arrival.opening
        if first := already_here(opening):
            return first
        if opening.applicant is None and arrival.person is not None:
            opening.applicant = _known_or_new(arrival.person, by)
        name_the_place(opening.place)
        case = open_case(opening, by=by)
        if case.last_event > 1:
            return case
        with holding(case):
            return _settle(case, arrival, by)


def _settle(case: Case, arrival: Arrival, by: Actor) -> Case:
    """The files of a fresh case, then its unit, or the answer given on the spot."""
    kind = AttachmentKind.PETITION if arrival.opening.paper else AttachmentKind.CITIZEN
    for file in arrival.files:  # hers, whoever laid it on the scanner
        attach(case, file, kind, by=Citizen(arrival.opening.channel))
    if arrival.answered:
        return resolve(case, arrival.answered, by=by)
    if arrival.referred:
        return refer(case, arrival.referred.body, arrival.referred.text, by=by)
    return route(case)


def _known_or_new(person: Person, by: Actor) -> Person:
    """The person known under the same name and number, or a new row.

    Only staff who may meet her add to what is known: at a public door, or at the counter of a unit that never saw her,
    somebody who knows a name and a number could otherwise turn another's messages to herself.
    """
    if person.pk:
        return person
    known = same_person(person.prepare())
    if known is None or (isinstance(by, Staff) and person_met(by, known.pk) is None):
        return save_person(person)
    news = {column: told for column in TOLD if (told := getattr(person, column)) and told != getattr(known, column)}
    if not news:
        return known
    return write_on_card(known, news, by=by) if isinstance(by, Staff) else save_person(person)


# What an applicant says of herself beside her name and number.
TOLD = ("email", "phone", "address", "national_id", "preferred_way", "language")
