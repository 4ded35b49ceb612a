"""The first command on a machine: whichever it is, the tables and the static files it needs are there."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from mimer.doorway import PROJECT
from tests.mail import free_port

DOORWAY = [sys.executable, "-m", "mimer.doorway"]


@pytest.fixture
def fresh(tmp_path: Path) -> dict[str, str]:
    """The environment of an installation nobody has touched yet."""
    return {**os.environ, "MIMER_DATA_DIR": str(tmp_path), "MIMER_DATABASE_URL": ""}


def test_a_bare_municipality_can_be_the_first_thing_made(fresh: dict[str, str]) -> None:
    command = [*DOORWAY, "seed", "--empty", "Örnek Belediyesi"]
    done = subprocess.run(command, cwd=PROJECT, env=fresh, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_asking_a_command_for_help_makes_no_tables(fresh: dict[str, str], tmp_path: Path) -> None:
    subprocess.run([*DOORWAY, "seed", "--help"], cwd=PROJECT, env=fresh, capture_output=True, check=True)
    assert not list(tmp_path.glob("*.sqlite3"))


def test_serving_a_fresh_folder_answers_with_a_page_and_its_styles(fresh: dict[str, str]) -> None:
    port = free_port()
    server = subprocess.Popen([*DOORWAY, "serve"], cwd=PROJECT, env={**fresh, "PORT": str(port)})
    try:
        page = _first_answer(server, f"http://127.0.0.1:{port}/giris/")
        style = re.search(r'href="(/static/[^"]+\.css)"', page)
        assert style
        assert urllib.request.urlopen(f"http://127.0.0.1:{port}{style[1]}", timeout=20).status == 200
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=40)


def _first_answer(server: "subprocess.Popen[bytes]", address: str) -> str:
    until = time.monotonic() + 60
    while server.poll() is None and time.monotonic() < until:
        try:
            with urllib.request.urlopen(address, timeout=20) as answer:
                return answer.read().decode()
        except ConnectionError:
            time.sleep(0.05)
        except OSError as error:
            if not isinstance(getattr(error, "reason", None), ConnectionError):
                raise
            time.sleep(0.05)
    raise AssertionError("the server did not come up")
