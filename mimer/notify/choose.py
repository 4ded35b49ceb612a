"""By which way somebody hears of something: her own wish first, then whatever else reaches her."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from mimer.cases.models import Case
from mimer.municipality.kinds import Way
from mimer.people.models import Person

from .told import Telling
from .ways import WAYS

# After her own wish comes what reaches her without anybody's time, then the telephone, then paper.
WISHES: dict[str, tuple[Way, ...]] = {
    Way.EMAIL: (Way.EMAIL, Way.SMS, Way.PHONE, Way.LETTER),
    Way.SMS: (Way.SMS, Way.EMAIL, Way.PHONE, Way.LETTER),
    Way.PHONE: (Way.PHONE, Way.EMAIL, Way.SMS, Way.LETTER),
    Way.LETTER: (Way.LETTER, Way.EMAIL, Way.SMS, Way.PHONE),
}
# Who wants no news still gets what a statute owes her, in writing, and the question her case waits for.
OWED = (Way.LETTER, Way.EMAIL, Way.PHONE)
ASKED = (Way.EMAIL, Way.SMS, Way.PHONE, Way.LETTER)


@dataclass(frozen=True)
class Choice:
    """A way, or the sentence why there is none."""

    way: Way | None
    why_not: str = ""


def choose(person: Person, case: Case, telling: Telling, tried: Collection[str] = ()) -> Choice:
    """The first way in the order of her wishes that reaches her and was not tried before."""
    order = _order(person, case, telling)
    if not order:
        return Choice(None, _("Haber almak istemiyor."))
    for way in order:
        if way not in tried and WAYS[way].reaches(person):
            return Choice(way)
    return Choice(None, _("Ulaşılacak e-posta, telefon ya da posta adresi yok."))


def _order(person: Person, case: Case, telling: Telling) -> tuple[Way, ...]:
    if person.preferred_way != Way.NONE:
        return WISHES[person.preferred_way]
    if telling.question:
        return ASKED
    return OWED if telling.answer and case.legal_due_on else ()
