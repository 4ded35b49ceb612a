"""Who lost her code gets the link by her own telephone or e-mail; who guesses learns nothing."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mimer.notify.models import Message
from mimer.notify.told import TRACKING_LINK
from tests.web.citizen_door import errors


def ask(client: Client, number: str, reached: str) -> Any:
    return client.post(reverse("lost_code"), {"number": number, "reached": reached}, follow=True)


def sent() -> int:
    return Message.objects.filter(letter=TRACKING_LINK).count()


@pytest.mark.parametrize("by", ["email", "phone"])
def test_the_link_goes_to_her_who_gave_this_telephone_or_e_mail(client: Client, house: Any, by: str) -> None:
    case = house.assigned()
    reached = house.ayse.email.upper() if by == "email" else house.ayse.phone_display
    assert reached and "Takip kodumu kaybettim" in client.get(reverse("track")).content.decode()
    ask(client, f" {case.number} ", reached)
    message = Message.objects.get(letter=TRACKING_LINK)
    assert message.person == house.ayse and case.tracking_code in message.body


def test_the_answer_is_the_same_whatever_was_typed(client: Client, house: Any) -> None:
    case = house.assigned()
    tries = [
        (case.number, "yabanci@ornek.com"), (case.number, "0532 999 88 77"), ("2026-999999", "x@y.z"), (case.number, "?"),
        (case.number, house.ayse.email),
    ]  # fmt: skip
    answers = [ask(client, *typed) for typed in tries[:-1]]
    assert sent() == 0
    answers.append(ask(client, *tries[-1]))
    assert sent() == 1
    told = {(answer.redirect_chain[-1], *map(str, answer.context["messages"])) for answer in answers}
    assert len(told) == 1 and "takip bağlantınızı" in str(told)


def test_empty_fields_are_asked_for(client: Client, house: Any) -> None:
    assert errors(client.post(reverse("lost_code"))) == [
        "Başvuru numaranızı yazın", "Başvururken verdiğiniz telefonu ya da e-postayı yazın",
    ]  # fmt: skip


def test_asking_too_often_is_stopped(client: Client, house: Any, monkeypatch: Any) -> None:
    from mimer.web import limits

    monkeypatch.setitem(limits.LIMITS, "lost_code", limits.Limit(1, 600))
    assert ask(client, "2026-999999", "x@y.z").status_code == 200
    assert ask(client, "2026-999999", "x@y.z").status_code == 429
