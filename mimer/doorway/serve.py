"""Brings the database up to date and keeps two programs running: the pages (granian) and the background worker."""

import contextlib
import ctypes
import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from types import FrameType

from mimer.doorway import PROJECT
from mimer.doorway.build import say

DIES_WITH_PARENT = 1  # prctl's PR_SET_PDEATHSIG
PATIENCE = 20.0  # seconds a program gets to end its work
TOO_OFTEN = 5  # quick deaths in a row of the web server after which another try helps nobody


def prepare() -> None:
    """Brings everything up to date and loads the demo into an empty default database."""
    from django.conf import settings
    from django.core.management import call_command

    bring_up_to_date()
    unfinished = settings.DATA_DIR / "demo.unfinished"  # stays when loading was cut short, and asks for the rest
    if not os.environ.get("MIMER_DATABASE_URL") and (unfinished.exists() or not _has_municipality()):
        say("Loading the demo municipality (half a minute or less)")
        unfinished.touch()
        call_command("seed", "melikgazi")
        unfinished.unlink()
    say(f"Data folder: {settings.DATA_DIR}")


def bring_up_to_date() -> None:
    """The database and the static files, each only when something is pending."""
    migrate()
    _collect_static()


def migrate() -> None:
    """Makes the tables or brings them up to date when a migration is pending."""
    import django
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    django.setup()
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("Bringing the database up to date")
        call_command("migrate", interactive=False, verbosity=0)


def _collect_static() -> None:
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    state = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            state.update(f"{path} {storage.path(path)} {os.stat(storage.path(path)).st_mtime_ns}\n".encode())
    stamp = settings.DATA_DIR / "static.stamp"
    if not stamp.exists() or stamp.read_text() != state.hexdigest():
        say("Collecting the static files")
        call_command("collectstatic", interactive=False, verbosity=0, clear=True)
        stamp.write_text(state.hexdigest())


def _has_municipality() -> bool:
    from django.contrib.auth import get_user_model
    from django.db import connections

    try:
        return get_user_model()._default_manager.exists()
    finally:
        connections.close_all()


@dataclass
class Program:
    """A child that is started again when it dies, with a growing pause."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    start_at: float = 0.0
    quick_deaths: int = field(default=0)

    def start(self) -> None:
        # A session of its own: Ctrl-C reaches only us, and we end it in order.
        self.process = subprocess.Popen(
            self.command, cwd=PROJECT, stdin=subprocess.DEVNULL, start_new_session=True, preexec_fn=_die_with_parent
        )
        self.started = time.monotonic()

    def look_after(self) -> None:
        now = time.monotonic()
        if self.process is None:
            if now >= self.start_at:
                self.start()
        elif (code := self.process.poll()) is not None:
            self.signal_all(signal.SIGKILL)  # what it left behind must not hold the port or a job
            self.quick_deaths = self.quick_deaths + 1 if now - self.started < 10 else 1
            pause = min(2.0 ** min(self.quick_deaths - 1, 5) - 1, 30.0)
            say(f"The {self.name} ended ({code}); starting it again" + (f" in {pause:.0f} s" if pause else ""))
            self.process, self.start_at = None, now + pause

    def signal_all(self, number: int) -> None:
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def ask_to_stop(self) -> None:
        if self.is_running() and self.process is not None:
            self.process.terminate()


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIES_WITH_PARENT, signal.SIGTERM)


def _bring_up_to_date_apart() -> int:
    """In a process of its own, so that the supervisor stays small; returns its exit status."""
    command = [sys.executable, "-c", "from mimer.doorway.serve import bring_up_to_date; bring_up_to_date()"]
    return subprocess.run(command, cwd=PROJECT, stdin=subprocess.DEVNULL).returncode


def serve(prepared: bool = False) -> int:
    """Runs pages and worker until told to stop; returns the exit status."""
    host, port = os.environ.get("MIMER_LISTEN") or "127.0.0.1", int(os.environ.get("PORT") or 8000)
    if _answers(host, port):
        print(
            f"bin/mimer: something else already answers on port {port}; choose another, as in PORT=8001 bin/mimer up",
            file=sys.stderr,
        )
        return 1
    if not prepared and (status := _bring_up_to_date_apart()):
        return status
    web = Program("web server", _web_command(host, port))
    programs = [web, Program("worker", [sys.executable, "-m", "django", "worker"])]
    stopping: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        stopping.append(number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    told = failed = False
    while not stopping and not failed:
        for program in programs:
            program.look_after()
        if not told and web.is_running() and _answers(host, port):
            say(f"MİMER is ready: http://{host}:{port}  (Ctrl-C ends it)")
            told = True
        failed = web.quick_deaths >= TOO_OFTEN
        time.sleep(0.1 if not told else 0.5)
    if failed:
        say("The web server keeps ending right after its start; giving up")
    _stop(programs)
    return 1 if failed else 0


def _web_command(host: str, port: int) -> list[str]:
    on_sqlite = not (os.environ.get("MIMER_DATABASE_URL") or "sqlite").startswith("postgres")
    workers = os.environ.get("MIMER_WEB_WORKERS") or ("1" if on_sqlite else str(min(os.cpu_count() or 1, 4)))
    command = [sys.executable, "-m", "granian", "mimer.wsgi:application", "--interface", "wsgi", "--no-ws"]
    command += ["--host", host, "--port", str(port), "--workers", workers, "--blocking-threads", "4"]
    return [*command, "--log-level", "warning", "--respawn-failed-workers", "--workers-kill-timeout", "10"]


def _answers(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.settimeout(0.5)
        everywhere = host == "0.0.0.0"  # noqa: S104 - asked about, not bound
        return probe.connect_ex(("127.0.0.1" if everywhere else host, port)) == 0


def _stop(programs: list[Program]) -> None:
    say("Ending")
    for program in programs:
        program.ask_to_stop()
    until = time.monotonic() + PATIENCE
    while any(program.is_running() for program in programs) and time.monotonic() < until:
        time.sleep(0.05)
    for program in programs:
        program.signal_all(signal.SIGKILL)
