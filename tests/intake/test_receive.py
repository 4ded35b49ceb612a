"""The one end of every live door."""

from mimer.cases.actions import Opening
from mimer.cases.actors import Citizen
from mimer.cases.models import Case
from mimer.intake.receive import Arrival, receive
from mimer.municipality.kinds import Channel
from mimer.people.models import CardChange, Person
from mimer.people.search import save_person
from tests.cast import House

FATHERS, SONS = "10000000146", "10000000078"


def taken_down(house: House, **told: str) -> Person:
    """Who the house takes her for, whose words the agent writes down by telephone."""
    opening = Opening("Park aydınlatması yanmıyor", house.staff_complaint, Channel.PHONE)
    case = receive(Arrival(opening, Person(**told)), by=house.agent)
    assert case.applicant is not None
    case.applicant.refresh_from_db()
    return case.applicant


def test_two_people_of_one_name_and_one_telephone_stay_two(house: House) -> None:
    shared = {"given_name": "Ali", "family_name": "Kaya", "phone": "0533 765 43 21"}
    father = save_person(Person(**shared, national_id=FATHERS))
    son = taken_down(house, **shared, national_id=SONS)
    father.refresh_from_db()
    assert son != father and (father.national_id, son.national_id) == (FATHERS, SONS)
    assert taken_down(house, **shared, national_id=FATHERS) == father
    assert taken_down(house, **shared, national_id=SONS) == son


def test_an_identity_number_told_later_is_kept_with_the_person_known_without_one(house: House) -> None:
    known = taken_down(house, given_name="Ayşe", family_name="Işık", phone="0532 123 45 67", national_id=FATHERS)
    assert known == house.ayse and known.national_id == FATHERS


def test_a_repeated_delivery_adds_neither_a_case_nor_a_person(house: House) -> None:
    def deliver() -> Case:
        opening = Opening("Park aydınlatması yanmıyor", house.staff_complaint, Channel.WEB, source_id="form-7")
        person = Person(given_name="Zeynep", family_name="Kaya")  # no number: nothing to know her again by
        return receive(Arrival(opening, person), by=Citizen())

    first, known = deliver(), Person.objects.count()
    assert deliver() == first
    assert Person.objects.count() == known


def test_a_new_telephone_of_a_known_person_replaces_the_old_one(house: House) -> None:
    told = {"given_name": "Ayşe", "family_name": "Işık", "email": "ayse@ornek.example"}
    known = taken_down(house, **told, phone="0544 111 22 33")
    assert known == house.ayse and known.phone == "+905441112233"
    change = CardChange.objects.get()
    assert (change.person, change.staff, change.columns[0]) == (house.ayse, house.agent, "phone")
