"""The draft of the citizen's wizard becomes one case, even when two requests send it in the same moment."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from mimer.cases.actors import Citizen
from mimer.cases.models import Case
from mimer.cases.rules import NotAllowed
from mimer.intake.models import Application
from mimer.intake.web import drop_draft, submit


def draft_of(house: Any, **changes: Any) -> Application:
    told = {
        "owner": "browser", "text": "Çukur var", "subject": house.pothole.pk, "address": "Çay Sokak 5",
        "neighbourhood": house.fatih.pk, "who": "anonymous", "answers": {"deep": "yes", "of_another_subject": "no"},
    }  # fmt: skip
    return Application.objects.create(data=told | changes)


@pytest.mark.django_db(transaction=True)
def test_two_requests_at_once_make_one_case(house: Any) -> None:
    draft = draft_of(house)

    def send(_hand: int) -> int:
        try:
            return submit(Application.objects.get(pk=draft.pk), by=Citizen("web")).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as hands:
        assert len(set(hands.map(send, range(4)))) == 1
    assert Case.objects.count() == 1


def test_only_answers_to_the_subjects_own_questions_are_taken(house: Any) -> None:
    house.pothole.questions.create(code="deep", text_tr="Derin mi?", kind="yesno")
    assert submit(draft_of(house), by=Citizen("web")).answers == {"deep": "yes"}


def test_what_the_subject_needs_cannot_be_left_out(house: Any) -> None:
    draft = draft_of(house, address="", neighbourhood="")
    with pytest.raises(NotAllowed, match="Yeri haritada gösterin"):
        submit(draft, by=Citizen("web"))
    draft.refresh_from_db()
    assert draft.data["text"] == "Çukur var" and not Case.objects.exists()


def test_a_draft_thrown_away_is_gone(house: Any) -> None:
    drop_draft(draft_of(house))
    assert not Application.objects.exists()
