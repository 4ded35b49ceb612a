"""The one end of every live door."""

from mimer.cases.actions import Opening
from mimer.cases.actors import Citizen
from mimer.cases.models import Case
from mimer.intake.receive import Arrival, receive
from mimer.municipality.kinds import Channel
from mimer.people.models import Person
from tests.cast import House


def test_a_repeated_delivery_adds_neither_a_case_nor_a_person(house: House) -> None:
    def deliver() -> Case:
        opening = Opening("Park aydınlatması yanmıyor", house.staff_complaint, Channel.WEB, source_id="form-7")
        person = Person(given_name="Zeynep", family_name="Kaya")  # no number: nothing to know her again by
        return receive(Arrival(opening, person), by=Citizen())

    first, known = deliver(), Person.objects.count()
    assert deliver() == first
    assert Person.objects.count() == known
