"""Whether a worker is alive: each says so every few seconds, from a thread and a connection of its own."""

import os
import secrets
import socket
import threading
from datetime import datetime, timedelta

from django.db import DatabaseError, connection
from django.utils import timezone
from django.utils.translation import gettext as _

from .models import Heartbeat

BEAT_EVERY = timedelta(seconds=10)
# Three beats may be lost to a busy database before a worker counts as dead.
DEAD_AFTER = timedelta(seconds=40)
FORGOTTEN_AFTER = timedelta(days=1)


def new_name() -> str:
    """A name that no other worker has, on this machine or another, now or after a restart."""
    return f"{socket.gethostname()[:50]}:{os.getpid()}:{secrets.token_hex(4)}"


def beat(worker: str, now: datetime | None = None) -> None:
    """Says that this worker is alive and forgets those long gone."""
    now = now or timezone.now()
    Heartbeat.objects.update_or_create(worker=worker, defaults={"seen_at": now})
    Heartbeat.objects.filter(seen_at__lt=now - FORGOTTEN_AFTER).delete()


def end(worker: str) -> None:
    """Says that this worker has left in order."""
    Heartbeat.objects.filter(worker=worker).delete()


def alive(now: datetime | None = None) -> set[str]:
    """The workers whose pulse is felt."""
    since = (now or timezone.now()) - DEAD_AFTER
    return set(Heartbeat.objects.filter(seen_at__gte=since).values_list("worker", flat=True))


def worker_missing(now: datetime | None = None) -> str:
    """The sentence for the home page when nobody does the work in the background, or ""."""
    if alive(now):
        return ""
    return _("Arka plan çalışanı şu anda çalışmıyor: bildirimler gönderilmiyor, zamanlı işler yapılmıyor.")


class Pulse(threading.Thread):
    """Beats until stopped; a database that is away for a moment does not end it."""

    def __init__(self, worker: str) -> None:
        super().__init__(name="pulse", daemon=True)
        self.worker = worker
        self._stopped = threading.Event()

    def run(self) -> None:
        while not self._stopped.is_set():
            try:
                beat(self.worker)
            except DatabaseError:
                connection.close()
            self._stopped.wait(BEAT_EVERY.total_seconds())
        connection.close()

    def stop(self) -> None:
        self._stopped.set()
        self.join(timeout=5)
