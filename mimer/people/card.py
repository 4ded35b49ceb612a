"""A person's card: staff write on it what she says is new, and who wrote what is kept."""

from collections.abc import Mapping

from django.db import transaction

from mimer.municipality.models import Staff

from .models import CardChange, Person
from .search import save_person


def write_on_card(person: Person, told: Mapping[str, str], *, by: Staff) -> Person:
    """Takes over what is new of the columns told; an identity number that stands is never written over."""
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=person.pk)
        before = {column: _read(person, column) for column in told}
        for column, words in told.items():
            _write(person, column, words)
        person.prepare()
        changed = [column for column in told if _read(person, column) != before[column]]
        if changed:
            save_person(person)
            CardChange.objects.create(person=person, staff=by, columns=changed)
    return person


def _read(person: Person, column: str) -> str:
    return person.phone_display if column == "phone" else getattr(person, column)


def _write(person: Person, column: str, words: str) -> None:
    if column == "phone" and words not in (person.phone, person.phone_display):
        person.phone, person.phone_raw = "", words  # what was typed decides, see `prepare`
    elif column != "phone" and not (column == "national_id" and person.national_id):
        setattr(person, column, words)
