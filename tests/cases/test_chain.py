"""The history of a case cannot be rewritten unnoticed, and holds no names or words."""

import pytest

from mimer.cases import actions
from mimer.cases.actions import Draft
from mimer.cases.actors import Citizen
from mimer.cases.models import Case
from mimer.cases.rules import NotAllowed
from tests.cast import House


def test_every_link_carries_the_one_before_and_the_case_the_last(house: House) -> None:
    case = actions.accept(house.assigned(), by=house.officer)
    actions.note(case, "Keşfe gidildi", by=house.officer)
    actions.resolve(case, Draft("informed", "Bakıldı"), by=house.officer)
    previous = ""
    for seq, event in enumerate(case.events.order_by("seq"), start=1):
        assert (event.seq, event.previous_hash, event.hash) == (seq, previous, event.digest())
        previous = event.hash
    case.refresh_from_db()
    assert (case.chain, case.last_event) == (previous, seq)


def test_a_changed_link_no_longer_fits_its_digest(house: House) -> None:
    event = house.assigned().events.last()
    event.facts = event.facts | {"unit": house.zoning.pk}
    assert event.digest() != event.hash


def test_events_hold_no_words_and_no_names(house: House) -> None:
    case = actions.accept(house.assigned(), by=house.officer)
    actions.ask_applicant(case, "Işık Hanım hangi kapı?", by=house.officer)
    actions.applicant_replies(case, "Ayşe Işık, 5 numara", by=Citizen())
    actions.resolve(case, Draft("informed", "Sayın Ayşe Işık"), by=house.officer)
    told = " ".join(str(event.facts) for event in case.events.all())
    assert "Işık" not in told
    assert "çukur" not in told


def test_a_refused_verb_leaves_no_trace(house: House) -> None:
    case = actions.accept(house.assigned(), by=house.officer)
    before = Case.objects.values().get(pk=case.pk)
    with pytest.raises(NotAllowed):
        actions.resolve(case, Draft("positive", "Bitti"), by=house.officer)
    assert Case.objects.values().get(pk=case.pk) == before
    assert case.final_answers.count() == 0
