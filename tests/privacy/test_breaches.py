"""The register of data breaches: seventy-two hours by the wall clock, reasons when late, mail in time, history that stays."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mimer.municipality.statutes import load_law
from mimer.notify.models import Message
from mimer.privacy.breaches import BadBreach, change_breach, notice_pdf, remind_of_breaches, time_left
from mimer.privacy.models import Breach
from tests.cast import House

from .breach import breach_of, told

pytestmark = pytest.mark.django_db

LEARNED = datetime(2026, 10, 28, 15, 30, tzinfo=UTC)  # the eve of a holiday, in the evening
HOUR = timedelta(hours=1)


@pytest.fixture
def breach(house: House) -> Breach:
    load_law()
    with time_machine.travel(LEARNED + HOUR, tick=False):
        return breach_of(house.manager, LEARNED)


def test_the_clock_runs_day_and_night_through_holidays(breach: Breach) -> None:
    assert breach.due_at == LEARNED + timedelta(hours=72)
    assert "6698" in breach.article


@pytest.mark.parametrize(
    ("after", "words"),
    [(41, "31 saat kaldı"), (71.5, "30 dakika kaldı"), (72.25, "15 dakika geçti"), (80, "8 saat geçti")],
)
def test_what_is_left_is_said_in_words(breach: Breach, after: float, words: str) -> None:
    assert time_left(breach, LEARNED + after * HOUR) == words


def test_nobody_learns_of_a_breach_tomorrow(house: House) -> None:
    with pytest.raises(BadBreach) as bad:
        breach_of(house.manager, timezone.now() + HOUR)
    assert bad.value.about == "learned_at"


@pytest.mark.parametrize("name", ["notified_at", "persons_informed_at"])
@pytest.mark.parametrize("at", [LEARNED - HOUR, LEARNED + 3 * HOUR])
def test_notices_lie_between_learning_of_it_and_now(house: House, breach: Breach, name: str, at: datetime) -> None:
    with time_machine.travel(LEARNED + 2 * HOUR, tick=False), pytest.raises(BadBreach) as bad:
        change_breach(breach, told(LEARNED, **{name: at}), by=house.manager)
    assert bad.value.about == name


def test_a_late_notice_needs_its_reasons(house: House, breach: Breach) -> None:
    late = LEARNED + timedelta(hours=73)
    with time_machine.travel(late + HOUR, tick=False):
        with pytest.raises(BadBreach) as bad:
            change_breach(breach, told(LEARNED, notified_at=late), by=house.manager)
        assert bad.value.about == "late_reasons"
        changed = change_breach(
            breach, told(LEARNED, notified_at=late, late_reasons="Kayıtlar geç geldi"), by=house.manager
        )
    assert time_left(changed) == "Süresinden sonra bildirildi"


def test_a_notice_in_time_needs_none(house: House, breach: Breach) -> None:
    with time_machine.travel(LEARNED + 72 * HOUR, tick=False):
        changed = change_breach(
            breach, told(LEARNED, notified_at=LEARNED + 72 * HOUR, reference="K-1"), by=house.manager
        )
    assert time_left(changed) == "Süresinde bildirildi"


def test_a_breach_learned_of_earlier_is_due_earlier(house: House, breach: Breach) -> None:
    with time_machine.travel(LEARNED + 2 * HOUR, tick=False):
        changed = change_breach(breach, told(LEARNED - 5 * HOUR), by=house.manager)
    assert changed.due_at == LEARNED + 67 * HOUR


def test_every_change_stays_readable_and_nothing_changed_leaves_no_trace(house: House, breach: Breach) -> None:
    with time_machine.travel(LEARNED + 2 * HOUR, tick=False):
        change_breach(breach, told(LEARNED, persons=40), by=house.manager)
        change_breach(breach, told(LEARNED, persons=40), by=house.administrator)
        change_breach(breach, told(LEARNED, persons=52), by=house.administrator)
    rows = [(change.by, change.details) for change in breach.changes.order_by("id")]
    assert rows == [
        (house.manager, [["persons", "", "40"]]),
        (house.administrator, [["persons", "40", "52"]]),
    ]


def test_managers_are_mailed_at_half_time_and_twelve_hours_before_the_end_once_each(
    house: House, breach: Breach, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mimer.notify.managers.mail_ready", lambda: None)
    sent = [remind_of_breaches(LEARNED + hours * HOUR) for hours in (35, 36, 36.5, 59, 60, 61, 90)]
    assert sent == [0, 1, 0, 0, 1, 0, 0]
    told_to = Message.objects.filter(letter="breach").order_by("pk")
    assert [row.staff for row in told_to] == [house.manager, house.manager]
    assert "36 saat kaldı" in told_to[0].subject and "12 saat kaldı" in told_to[1].subject
    assert f"/is/ihlaller/{breach.pk}/" in told_to[0].body


def test_a_notified_breach_reminds_nobody(house: House, breach: Breach, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mimer.notify.managers.mail_ready", lambda: None)
    with time_machine.travel(LEARNED + 2 * HOUR, tick=False):
        change_breach(breach, told(LEARNED, notified_at=LEARNED + HOUR), by=house.manager)
    assert remind_of_breaches(LEARNED + 70 * HOUR) == 0


def test_without_mail_the_reminder_waits_for_it(breach: Breach, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mimer.notify.managers.mail_ready", lambda: "kapalı")
    assert remind_of_breaches(LEARNED + 40 * HOUR) == 0
    monkeypatch.setattr("mimer.notify.managers.mail_ready", lambda: None)
    assert remind_of_breaches(LEARNED + 41 * HOUR) == 1


def test_the_notice_is_a_tagged_document(breach: Breach) -> None:
    pdf = notice_pdf(breach)
    assert pdf.startswith(b"%PDF") and b"StructTreeRoot" in pdf


def test_a_breach_is_recorded_and_mended_on_its_pages(house: House, client: Client) -> None:
    load_law()
    client.force_login(house.administrator)
    moment = timezone.localtime() - HOUR
    typed = {
        "learned_at": f"{moment:%Y-%m-%dT%H:%M}", "what": "Dizüstü bilgisayar kayboldu", "data_categories": "ad, adres",
        "person_categories": "başvuru sahipleri", "persons": "", "measures": "", "reference": "",
    }  # fmt: skip
    page = client.post(reverse("breach_new"), typed, follow=True).content.decode()
    assert "saat kaldı" in page
    breach = Breach.objects.get()
    later = client.post(reverse("breach", args=[breach.pk]), typed | {"persons": "12"}, follow=True).content.decode()
    assert "Kaç kişi?" in later and "Selin Deneme" in later
    assert "saat kaldı" in client.get(reverse("breaches")).content.decode()
    assert client.get(reverse("breach_notice", args=[breach.pk]))["Content-Type"] == "application/pdf"


def test_what_was_typed_stays_when_the_moment_is_wrong(house: House, client: Client) -> None:
    load_law()
    client.force_login(house.manager)
    tomorrow = timezone.localtime() + timedelta(days=1)
    typed = {
        "learned_at": f"{tomorrow:%d.%m.%Y %H:%M}", "what": "Dizüstü bilgisayar kayboldu", "data_categories": "ad",
        "person_categories": "çalışanlar",
    }  # fmt: skip
    answer = client.post(reverse("breach_new"), typed)
    assert answer.status_code == 422
    assert "gelecekte olamaz" in answer.content.decode() and "Dizüstü bilgisayar kayboldu" in answer.content.decode()
    assert not Breach.objects.exists()


@pytest.mark.parametrize("name", ["agent", "officer", "head", "mayor", "auditor", "outsider", "arbiter"])
def test_ordinary_staff_see_nothing_of_it(house: House, client: Client, breach: Breach, name: str) -> None:
    client.force_login(house.staff[name])
    for address in (
        reverse("breaches"), reverse("breach_new"), reverse("breach", args=[breach.pk]),
        reverse("breach_notice", args=[breach.pk]),
    ):  # fmt: skip
        assert client.get(address).status_code == 403
    assert "ihlal" not in client.get(reverse("home")).content.decode().lower()
