"""kill -9 of web server and worker under load: no acknowledged case is lost, and every one is told exactly once."""

import http.client
import os
import re
import secrets
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from queue import Queue
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings
from django.db import connection
from django.utils import timezone

from mimer.cases.integrity import find_faults
from mimer.cases.models import Case
from mimer.doorway import PROJECT, serve
from mimer.intake.models import Application
from mimer.notify.models import Message, MessageState
from tests.cast import House
from tests.mail import Mailbox, free_port

DRAFTS = 36
CITIZENS = 4
# After so many acknowledged cases the web server dies; after so many letters taken, the worker.
WEB_DIES_AT = (12,)
WORKER_DIES_AT = (5, 16)
RECEIPT = re.compile(r"/basvuru/tamam/(\d{4})-(\d+)/")
TOKEN, CSRF = secrets.token_urlsafe(32), secrets.token_hex(16)


class Running:
    """The web server and the worker of one installation, as an administrator would start them."""

    def __init__(self, mail_port: int) -> None:
        self.port = free_port()
        self.environment = os.environ | {
            "MIMER_DATABASE_URL": _address_of_the_test_database(), "MIMER_DATA_DIR": str(settings.DATA_DIR),
            "MIMER_EMAIL_URL": f"smtp://127.0.0.1:{mail_port}", "MIMER_EMAIL_FROM": "mimer@ornek.example",
            "MIMER_RATE_LIMITS": "0", "MIMER_WEB_WORKERS": "1", "DJANGO_SETTINGS_MODULE": "mimer.settings",
        }  # fmt: skip
        self.commands = {
            "web": serve._web_command("127.0.0.1", self.port), "worker": [sys.executable, "-m", "django", "worker"],
        }  # fmt: skip
        self.programs: dict[str, subprocess.Popen[bytes]] = {}
        for name in self.commands:
            self.start(name)

    def start(self, name: str) -> None:
        self.programs[name] = subprocess.Popen(
            self.commands[name], cwd=PROJECT, env=self.environment, stdin=subprocess.DEVNULL, start_new_session=True
        )

    def kill(self, name: str) -> None:
        """kill -9 for the program and all that belongs to it."""
        os.killpg(self.programs[name].pid, signal.SIGKILL)
        self.programs[name].wait()


def _address_of_the_test_database() -> str:
    chosen = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{Path(str(chosen['NAME'])).resolve()}"
    return f"postgres://{chosen['USER']}:{chosen['PASSWORD']}@{chosen['HOST']}:{chosen['PORT']}/{chosen['NAME']}"


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, int]]:
    box = Mailbox()
    server = Controller(box, hostname="127.0.0.1", port=free_port())
    server.start()
    yield box, server.port
    server.stop()


@pytest.fixture
def running(mailbox: tuple[Mailbox, int], transactional_db: None) -> Iterator[Running]:
    running = Running(mailbox[1])
    yield running
    for name in running.programs:
        running.kill(name)


def drafts(house: House) -> list[Application]:
    """Applications filled in to the last page, each waiting for its button to be pressed."""
    told = {
        "owner": sha256(TOKEN.encode()).hexdigest(), "subject": house.pothole.pk, "text": "Kaldırımda çukur var",
        "lat": 38.72, "lon": 35.5, "done": ["ne-oldu", "yer", "iletisim"], "preferred_way": "email",
        "family_name": "Işık", "address": "Çay Sokak 5",
    }  # fmt: skip
    return Application.objects.bulk_create(
        Application(data=told | {"given_name": f"Ayşe {n}", "email": f"ayse{n}@ornek.example"}) for n in range(DRAFTS)
    )


def press_send(port: int, draft: Application) -> int | None:
    """The case that the receipt names, or None when no receipt came: the server was gone, and one presses again."""
    web = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    headers = {"Cookie": f"csrftoken={CSRF}; taslak={TOKEN}", "Content-Type": "application/x-www-form-urlencoded"}
    try:
        web.request("POST", f"/basvuru/taslak/{draft.pk}/kontrol/", f"csrfmiddlewaretoken={CSRF}", headers)
        answer = web.getresponse()
        receipt = RECEIPT.search(answer.headers.get("Location", ""))
        assert receipt, f"{answer.status}: {answer.read()[:500]!r}"
        return int(receipt[2])
    except (OSError, http.client.HTTPException):
        return None
    finally:
        web.close()


def wait_for(condition: Callable[[], Any], what: str, seconds: float = 60) -> None:
    pause = threading.Event()
    for _ in range(int(seconds / 0.05)):
        if condition():
            return
        pause.wait(0.05)
    raise AssertionError(f"waited in vain for {what}")


def citizens(port: int, waiting: "Queue[Application]", acknowledged: dict[Any, int]) -> list[threading.Thread]:
    """Several at once; each presses until a receipt has come."""

    def press() -> None:
        pause = threading.Event()
        while not waiting.empty():
            draft = waiting.get()
            while (case := press_send(port, draft)) is None:
                pause.wait(0.02)
            acknowledged[draft.pk] = case

    found = [threading.Thread(target=press, daemon=True) for _ in range(CITIZENS)]
    for citizen in found:
        citizen.start()
    return found


def test_nothing_acknowledged_is_lost_and_everything_is_told_once(
    house: House, mailbox: tuple[Mailbox, int], running: Running
) -> None:
    box, _port = mailbox
    killed_at: list[str] = []

    def worker_dies() -> None:
        if len(box.letters) in WORKER_DIES_AT and len(killed_at) < len(WORKER_DIES_AT):
            killed_at.append(str(box.letters[-1]["Message-ID"]))
            running.kill("worker")
            running.start("worker")

    box.on_taken = worker_dies
    waiting: Queue[Application] = Queue()
    for draft in drafts(house):
        waiting.put(draft)
    acknowledged: dict[Any, int] = {}
    pressing = citizens(running.port, waiting, acknowledged)
    for border in WEB_DIES_AT:
        wait_for(lambda border=border: len(acknowledged) >= border, f"{border} receipts")
        running.kill("web")
        running.start("web")
    wait_for(lambda: not any(citizen.is_alive() for citizen in pressing), "all receipts")
    wait_for(lambda: len(killed_at) == len(WORKER_DIES_AT), "the worker's deaths")
    let_leases_run_out()
    wait_for(lambda: Message.objects.filter(state=MessageState.SENT).count() == DRAFTS, "all letters")

    assert set(acknowledged.values()) == set(Case.objects.values_list("pk", flat=True))
    assert len(acknowledged) == DRAFTS
    assert Counter(Message.objects.values_list("case", "letter")) == {
        (pk, "open_case"): 1 for pk in acknowledged.values()
    }
    taken = Counter(str(letter["Message-ID"]) for letter in box.letters)
    assert set(taken) == set(Message.objects.values_list("provider_key", flat=True))
    assert {key for key, times in taken.items() if times > 1} == set(killed_at)
    assert list(find_faults()) == []


def let_leases_run_out() -> None:
    """Two minutes pass for the messages that a dead worker held."""
    Message.objects.filter(state=MessageState.WAITING, claimed_until__isnull=False).update(claimed_until=timezone.now())
