"""Finding a person while somebody types: by telephone, e-mail, identity number or folded name."""

from collections.abc import Iterable

from django.db.models import QuerySet

from mimer.fulltext import WordIndex
from mimer.turkish import words

from .models import Person, valid_national_id
from .phones import normalise
from .secrets import blind_index

NAMES = WordIndex("people_names")


def index_people(people: Iterable[Person]) -> None:
    """Puts the names of saved people into the word index."""
    NAMES.put([(person.pk, words(person.full_name)) for person in people if person.full_name])


def find_people(typed: str, limit: int = 10, among: QuerySet[Person] | None = None) -> list[Person]:
    """People whose number, e-mail, identity number or name fits what was typed so far, newest first.

    The last word of a name may be unfinished; İ, ı, ş and the like need not be typed. `among` are those the reader may meet.
    """
    people = (Person.objects.all() if among is None else among).order_by("-pk")
    typed = typed.strip()
    digits = "".join(sign for sign in typed if sign.isdigit())
    if "@" in typed:
        return list(people.filter(email=typed.lower())[:limit])
    if len(digits) == 11 and not digits.startswith("0") and valid_national_id(digits):
        return list(people.filter(national_id_index=blind_index(digits))[:limit])
    if len(digits) >= 7 and (number := normalise(typed)):
        return list(people.filter(phone=number)[:limit])
    terms = words(typed)
    if not terms or (len(terms[-1]) < 2 and len(terms) == 1):
        return []
    found: list[Person] = []
    for ids in NAMES.chunks([*terms[:-1], terms[-1] + "*"], first=2 * limit):
        found += people.filter(pk__in=ids)[: limit - len(found)]
        if len(found) == limit:
            break
    return found


def same_person(candidate: Person) -> Person | None:
    """The person already known under the same folded name and the same telephone or e-mail; no weaker match is safe.

    Two identity numbers are two people: father and son may share a name and the telephone of the house.
    """
    if not candidate.name_key:
        return None
    named = Person.objects.filter(name_key=candidate.name_key).order_by("-pk")
    if number := candidate.national_id_index:
        named = named.filter(national_id_index__in=["", number]).order_by("-national_id_index", "-pk")
    for column, value in (("phone", candidate.phone), ("email", candidate.email)):
        if value and (known := named.filter(**{column: value}).first()):
            return known
    return None


def save_person(person: Person) -> Person:
    """Saves with derived columns and the name index in step."""
    person.prepare().save()
    index_people([person])
    return person
