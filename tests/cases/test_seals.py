"""The nightly seal: one for each day without a gap, and it notices what was changed after it."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from mimer.cases import actions
from mimer.cases.models import Event, Seal
from mimer.cases.seals import broken_seals, seal_days
from tests.cast import House

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_yesterday_is_sealed_and_missed_days_are_made_up_for(house: House) -> None:
    house.assigned()
    today = timezone.localdate()
    with time_machine.travel(timezone.now() + DAY):
        seal_days()
        seal_days()
    with time_machine.travel(timezone.now() + 4 * DAY):
        seal_days()
    assert [seal.date for seal in Seal.objects.order_by("date")] == [today + n * DAY for n in range(4)]
    assert list(Seal.objects.order_by("date").values_list("events", flat=True)) == [2, 0, 0, 0]
    assert len(set(Seal.objects.values_list("digest", flat=True))) == 4
    assert list(broken_seals()) == []


def test_work_of_later_days_leaves_older_seals_whole(house: House) -> None:
    case = house.assigned()
    with time_machine.travel(timezone.now() + DAY):
        seal_days()
        actions.accept(case, by=house.officer)
        assert list(broken_seals()) == []


def test_an_event_that_was_taken_away_or_changed_breaks_the_seal_of_its_day(house: House) -> None:
    case, other = house.assigned(), house.assigned()
    with time_machine.travel(timezone.now() + DAY):
        (seal,) = seal_days()
    Event.objects.filter(case=other).update(hash="0" * 64)
    assert list(broken_seals()) == [seal]
    Event.objects.filter(case=other).delete()
    assert list(broken_seals()) == [seal]
    assert case.events.count() == 2
