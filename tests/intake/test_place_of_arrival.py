"""A point that comes without a neighbourhood is given the one it lies in."""

from typing import Any

from mimer.cases.actions import Opening
from mimer.cases.actions.opening import Place
from mimer.cases.actors import Citizen
from mimer.intake.receive import Arrival, receive


def test_a_point_gets_the_neighbourhood_it_lies_in(house: Any) -> None:
    opening = Opening("Çukur var", house.pothole, "web", place=Place(lat=38.721, lon=35.501))
    assert receive(Arrival(opening), by=Citizen()).neighbourhood == house.fatih


def test_a_point_far_from_every_neighbourhood_gets_none(house: Any) -> None:
    opening = Opening("Çukur var", house.pothole, "web", place=Place(lat=41.0, lon=29.0))
    assert receive(Arrival(opening), by=Citizen()).neighbourhood is None
