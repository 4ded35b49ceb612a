"""A PostgreSQL for the tests alone: the distribution's binaries on a private port and folder, gone afterwards."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

# Nothing here must survive a power cut, so nothing waits for the disk.
SWIFT = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60", "shared_buffers=128MB")


def binaries() -> Path | None:
    """The folder of the newest installed server, or None."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/postgres")]
    if not found and (elsewhere := shutil.which("postgres")):
        found = [Path(elsewhere).resolve().parent]
    return max(found, key=lambda path: [int(part) for part in path.parts if part.isdigit()], default=None)


@contextmanager
def running(folder_of_binaries: Path) -> Iterator[str]:
    """A running server; gives the MIMER_DATABASE_URL of its database and ends it whatever happens."""
    as_owner = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    owner = "postgres" if as_owner else pwd.getpwuid(os.getuid()).pw_name
    folder = Path(tempfile.mkdtemp(prefix="mimer-postgresql-"))
    if as_owner:
        shutil.chown(folder, "postgres")

    def program(name: str) -> list[str]:
        return [*as_owner, str(folder_of_binaries / name), "-D", str(folder / "data")]

    try:
        _run([*program("initdb"), "-U", owner, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "-A", "trust"], folder)
        with _serving(program, folder) as port:
            yield f"postgres://{owner}@127.0.0.1:{port}/postgres"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _serving(program: Callable[[str], list[str]], folder: Path) -> Iterator[int]:
    """The server on a port of its own, which is given."""
    port = _free_port()
    settings = (*SWIFT, f"unix_socket_directories={folder}", "listen_addresses=127.0.0.1")
    command = [*program("postgres"), "-p", str(port), *(part for each in settings for part in ("-c", each))]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        _await(port, server, folder / "log")
        yield port
    finally:
        # "immediate": the data is thrown away anyway
        subprocess.run([*program("pg_ctl"), "-m", "immediate", "-W", "stop"], cwd=folder, capture_output=True)
        server.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until and server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise SystemExit(f"bin/mimer: PostgreSQL did not start\n{log.read_text(errors='replace')}")


def _run(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"bin/mimer: {command[-1]} failed\n{done.stdout}{done.stderr}")
