"""The supervisor: what dies is started again, what keeps dying is given up, and nothing is left behind."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from mimer.doorway.serve import TOO_OFTEN, Program

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]


@pytest.fixture
def program():
    program = Program("worker", SLEEPER)
    yield program
    program.signal_all(signal.SIGKILL)


def test_a_killed_program_is_started_again(program: Program) -> None:
    program.look_after()
    first = program.process
    assert first is not None
    first.kill()
    first.wait()
    program.look_after()  # notices
    program.look_after()  # starts again, at once after a first death
    assert program.process is not None
    assert program.process.pid != first.pid
    assert program.is_running()


def test_a_program_that_keeps_dying_waits_longer_each_time(program: Program) -> None:
    pauses = []
    for _ in range(TOO_OFTEN):
        program.start()
        assert program.process is not None
        program.process.kill()
        program.process.wait()
        before = program.started
        program.look_after()
        pauses.append(round(program.start_at - before))
    assert pauses == [0, 1, 3, 7, 15]
    assert program.quick_deaths >= TOO_OFTEN


def test_what_a_dead_program_left_behind_is_ended_too(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    holder = f"import time; pipe = open({str(pipe)!r}, 'w'); print('up', file=pipe, flush=True); time.sleep(60)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {holder!r}])"
    program = Program("web server", [sys.executable, "-c", parent])
    program.start()
    with pipe.open() as reader:
        assert reader.readline() == "up\n"
        assert program.process is not None
        program.process.kill()
        program.process.wait()
        program.look_after()
        assert reader.read() == ""  # comes only when no process holds the other end any more


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children of their parent's death")
def test_a_killed_supervisor_leaves_nothing_running(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    holder = f"import time; pipe = open({str(pipe)!r}, 'w'); print('up', file=pipe, flush=True); time.sleep(60)"
    supervisor = (
        "import sys, time; from mimer.doorway.serve import Program;"
        f"Program('worker', [sys.executable, '-c', {holder!r}]).start(); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", supervisor]) as running, pipe.open() as reader:
        assert reader.readline() == "up\n"
        running.kill()
        assert reader.read() == ""
