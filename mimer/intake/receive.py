"""The one end of every live door: words, a person, a place and files become a routed case."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction

from mimer.cases.actions import Draft, Opening, attach, holding, open_case, refer, resolve, route
from mimer.cases.actions.opening import Place, already_here
from mimer.cases.actors import Actor, Citizen
from mimer.cases.files import CheckedFile
from mimer.cases.models import AttachmentKind, Case
from mimer.municipality.models import ExternalBody, Staff
from mimer.municipality.where import neighbourhood_at
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
        _name_the_place(opening.place)
        case = open_case(opening, by=by)
        if case.last_event > 1:
            return case
        with holding(case):
            return _settle(case, arrival, by)


def _name_the_place(place: Place) -> None:
    """A point whose neighbourhood nobody told lies in one all the same."""
    if place.neighbourhood is None and place.lat is not None and place.lon is not None:
        place.neighbourhood = neighbourhood_at(place.lat, place.lon)


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

    Only staff may add to what is known: at a public door somebody who knows a name and a number could otherwise turn
    another's messages to herself.
    """
    if person.pk:
        return person
    known = same_person(person.prepare())
    if known is None:
        return save_person(person)
    news = {column: told for column in TOLD if (told := getattr(person, column)) and told != getattr(known, column)}
    if not news:
        return known
    if not isinstance(by, Staff):
        return save_person(person)
    for column, told in news.items():
        setattr(known, column, told)
    return save_person(known)


# What an applicant says of herself beside her name and number.
TOLD = ("email", "phone", "address", "national_id", "preferred_way", "language")
