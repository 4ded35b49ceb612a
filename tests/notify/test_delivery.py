"""Delivery by a real mail server: what goes out, what is tried again, and what takes another way."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from mimer.cases import actions
from mimer.cases.models import Case
from mimer.municipality.kinds import Way
from mimer.municipality.models import Municipality
from mimer.notify import delivery
from mimer.notify.delivery import deliver
from mimer.notify.models import Message, MessageState
from mimer.notify.reading import read_events
from mimer.notify.ways import WAYS, mail, mail_ready
from mimer.notify.ways.mail import Server
from tests.cast import House
from tests.mail import Mailbox, free_port

pytestmark = pytest.mark.django_db


def opened(house: House, **changes: Any) -> tuple[Case, Message]:
    """A case and the message that confirms it, not yet sent."""
    case = house.assigned(**changes)
    read_events()
    return case, Message.objects.get(case=case)


def test_a_letter_goes_out_in_plain_words_and_html_and_says_that_a_machine_sent_it(
    house: House, mailbox: Mailbox
) -> None:
    Municipality.objects.update(email="mimer@belediye.example")
    case, message = opened(house, text="<script>alert(1)</script>")
    assert deliver() == 1
    message.refresh_from_db()
    (letter,) = mailbox.letters
    assert mailbox.recipients == ["ayse@ornek.example"]
    assert letter["Subject"] == f"[{case.number}] numaralı başvurunuzu aldık"
    assert "Ayşe Işık" in str(letter["To"]) and letter["Reply-To"] == "mimer@belediye.example"
    assert letter["Message-ID"] == message.provider_key and letter["Auto-Submitted"] == "auto-generated"
    plain, page = letter.get_body(("plain",)), letter.get_body(("html",))
    assert plain is not None and plain.get_content().replace("\r\n", "\n").strip() == message.body
    assert page is not None and case.tracking_code in page.get_content() and "<script>" not in page.get_content()
    assert (message.state, message.attempts) == (MessageState.SENT, 1)
    assert message.sent_at is not None and message.tries.get().ok


def test_the_subject_carries_the_number_by_which_an_answer_finds_its_case(house: House, mailbox: Mailbox) -> None:
    case, message = opened(house)
    Message.objects.filter(pk=message.pk).update(subject="Bir haber\r\nBcc: baskasi@ornek.example")
    deliver()
    assert mailbox.letters[0]["Subject"] == f"[{case.number}] Bir haber Bcc: baskasi@ornek.example"
    assert mailbox.recipients == ["ayse@ornek.example"]


def test_a_server_that_answers_slowly_step_by_step_keeps_no_letter_longer_than_the_claim(
    house: House, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert timedelta(seconds=mail.ALTOGETHER) < delivery.LEASE
    monkeypatch.setattr(mail, "ALTOGETHER", 0.5)
    _case, message = opened(house)
    mailbox.pause = 0.4
    deliver()
    message.refresh_from_db()
    assert message.state == MessageState.WAITING and "ulaşılamıyor" in message.reason


def test_words_of_a_citizen_are_shown_not_run(house: House, mailbox: Mailbox) -> None:
    case, _message = opened(house)
    actions.note(
        actions.accept(case, by=house.officer), "<b onclick=x>Kazı & onarım</b>", to_citizen=True, by=house.officer
    )
    read_events()
    deliver()
    page = mailbox.letters[-1].get_body(("html",))
    assert page is not None and "&lt;b onclick=x&gt;Kazı &amp; onarım&lt;/b&gt;" in page.get_content()


def test_many_letters_share_one_round(house: House, mailbox: Mailbox) -> None:
    for _ in range(delivery.AT_ONCE + 1):
        house.assigned()
    read_events()
    assert deliver() == delivery.AT_ONCE
    assert deliver() == 1
    assert deliver() == 0
    assert len({letter["Message-ID"] for letter in mailbox.letters}) == delivery.AT_ONCE + 1


def test_a_busy_server_is_asked_again_after_growing_pauses(house: House, mailbox: Mailbox) -> None:
    mailbox.to_data = "451 try later"
    with time_machine.travel(timezone.now(), tick=False) as clock:
        _case, message = opened(house)
        pauses = []
        for _ in range(6):
            assert deliver() == 1
            message.refresh_from_db()
            assert message.next_attempt_at is not None
            pauses.append((message.next_attempt_at - timezone.now()).total_seconds() / 60)
            assert deliver() == 0
            clock.move_to(message.next_attempt_at)
        assert pauses == [1, 5, 15, 60, 240, 240]
        assert "451" in message.reason
        mailbox.to_data = "250 taken"
        deliver()
    message.refresh_from_db()
    assert (message.state, message.reason) == (MessageState.SENT, "")
    assert [attempt.ok for attempt in message.tries.all()] == [False] * 6 + [True]


def test_patience_ends_and_the_news_goes_to_the_call_list(house: House, mailbox: Mailbox) -> None:
    mailbox.to_data = "451 try later"
    Municipality.objects.update(retry_messages_hours=1)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        case, message = opened(house)
        while message.state == MessageState.WAITING:
            assert message.next_attempt_at is not None
            clock.move_to(message.next_attempt_at)
            deliver()
            message.refresh_from_db()
    assert message.state == MessageState.FAILED and "451" in message.reason
    call = Message.objects.get(case=case, way=Way.PHONE)
    assert call.state == MessageState.WAITING and "görüşüyorum" in call.body


def test_an_address_that_is_refused_fails_at_once_and_takes_another_way(house: House, mailbox: Mailbox) -> None:
    mailbox.to_recipient["ayse@ornek.example"] = "550 no such user"
    case, message = opened(house)
    deliver()
    message.refresh_from_db()
    assert message.state == MessageState.FAILED and "550" in message.reason
    assert Message.objects.get(case=case, state=MessageState.WAITING).way == Way.PHONE


def test_who_has_no_other_way_stays_visible_on_the_case(house: House, mailbox: Mailbox) -> None:
    mailbox.to_recipient["ayse@ornek.example"] = "550 no such user"
    house.ayse.phone = house.ayse.phone_raw = ""
    house.ayse.save()
    case, _message = opened(house)
    deliver()
    assert [message.state for message in case.messages.all()] == [MessageState.FAILED]


def test_a_poisoned_message_does_not_stop_the_next(
    house: House, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    _first, poison = opened(house)
    _second, sound = opened(house)
    send = WAYS[Way.EMAIL].send  # type: ignore[attr-defined]

    def faulty(message: Message) -> Any:
        if message.pk == poison.pk:
            raise ZeroDivisionError("no such thing")
        return send(message)

    monkeypatch.setattr(WAYS[Way.EMAIL], "send", faulty)
    deliver()
    poison.refresh_from_db()
    sound.refresh_from_db()
    assert (poison.state, sound.state) == (MessageState.WAITING, MessageState.SENT)
    assert "ZeroDivisionError" in poison.reason


def test_a_message_that_lost_its_address_fails_and_the_next_goes(house: House, mailbox: Mailbox) -> None:
    _case, message = opened(house)
    house.ayse.email = "ayse@@x"
    house.ayse.save()
    deliver()
    message.refresh_from_db()
    assert message.state == MessageState.FAILED


def test_while_no_mail_server_is_named_letters_wait_and_the_house_says_so(house: House, settings: Any) -> None:
    settings.EMAIL_URL = ""
    _case, message = opened(house)
    assert deliver() == 0
    message.refresh_from_db()
    assert (message.state, message.attempts) == (MessageState.WAITING, 0)
    assert "MIMER_EMAIL_URL" in (mail_ready() or "")
    settings.EMAIL_URL = "mail.ornek.example"
    assert "anlaşılamıyor" in (mail_ready() or "")


def test_a_server_that_is_down_is_found_out_once_a_round(house: House, settings: Any) -> None:
    settings.EMAIL_URL = f"smtp://127.0.0.1:{free_port()}"
    with time_machine.travel(timezone.now(), tick=False) as clock:
        messages = [opened(house)[1] for _ in range(3)]
        assert deliver() == 1
        assert deliver() == 0
        for message in messages:
            message.refresh_from_db()
        assert [message.attempts for message in messages] == [1, 0, 0]
        clock.shift(timedelta(minutes=1))
        assert deliver() == 1


def test_a_message_another_worker_holds_is_left_alone_until_its_lease_is_over(house: House, mailbox: Mailbox) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        opened(house)
        Message.objects.update(claimed_until=timezone.now() + delivery.LEASE)
        assert deliver() == 0
        clock.shift(delivery.LEASE + timedelta(seconds=1))
        assert deliver() == 1


def test_a_letter_sent_again_after_a_kill_carries_the_same_message_id(
    house: House, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    with time_machine.travel(timezone.now(), tick=False) as clock:
        _case, message = opened(house)
        send = WAYS[Way.EMAIL].send  # type: ignore[attr-defined]

        def die_after(message: Message) -> None:
            send(message)
            raise Killed

        with monkeypatch.context() as patched:
            patched.setattr(WAYS[Way.EMAIL], "send", die_after)
            with pytest.raises(Killed):
                deliver()
        clock.shift(delivery.LEASE + timedelta(seconds=1))
        deliver()
    message.refresh_from_db()
    assert message.state == MessageState.SENT
    assert len(mailbox.letters) == 2
    assert {letter["Message-ID"] for letter in mailbox.letters} == {message.provider_key}


def test_the_silent_sender_says_sent_and_keeps_our_reference(house: House, settings: Any) -> None:
    settings.SMS_SENDER = "silent"
    house.ayse.preferred_way = Way.SMS
    house.ayse.save()
    _case, message = opened(house)
    assert deliver() == 1
    message.refresh_from_db()
    assert message.state == MessageState.SENT and message.provider_key.startswith("silent:")


@pytest.mark.parametrize(
    ("url", "scheme", "port", "user", "password"),
    [
        ("smtp://mail.ornek.example", "smtp", 25, "", ""),
        (
            "smtp+tls://mimer%40ornek.example:g%2Fizli@mail.ornek.example",
            "smtp+tls",
            587,
            "mimer@ornek.example",
            "g/izli",
        ),
        ("smtps://u:p@mail.ornek.example:2465", "smtps", 2465, "u", "p"),
    ],
)
def test_a_mail_server_is_named_by_its_address(url: str, scheme: str, port: int, user: str, password: str) -> None:
    assert Server.from_url(url) == Server(scheme, "mail.ornek.example", port, user, password)


def test_encryption_that_was_asked_for_is_never_gone_without(house: House, mailbox: Mailbox, settings: Any) -> None:
    settings.EMAIL_URL = settings.EMAIL_URL.replace("smtp://", "smtp+tls://")
    _case, message = opened(house)
    deliver()
    message.refresh_from_db()
    assert message.state == MessageState.WAITING and not mailbox.letters
