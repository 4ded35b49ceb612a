"""What a change must pass: style, types, templates, texts, migrations and locks, then the tests on both databases."""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from mimer.doorway import PROJECT, postgresql
from mimer.doorway.build import say

IN_CI = os.environ.get("CI") == "true"
ADDRESS = re.compile(r"https?://")
SUMMARY = re.compile(r"\b(passed|failed|errors?|skipped|deselected|no tests ran)\b.* in [\d.]+s")


def ci(rest: list[str]) -> int:
    """Lint, then test; both run even if the first fails, so that one run shows all there is to mend."""
    return max(lint([]), test(rest))


def lint(_rest: list[str]) -> int:
    python = sys.executable
    templates = sorted({str(path) for path in (PROJECT / "mimer").glob("*/templates")})
    steps: list[tuple[str, Callable[[], bool]]] = [
        ("style", lambda: _passes(python, "-m", "ruff", "check", ".")),
        ("format", lambda: _passes(python, "-m", "ruff", "format", "--check", ".")),
        ("types", lambda: _passes(python, "-m", "mypy")),
        ("templates", lambda: not templates or _passes(python, "-m", "djlint", "--lint", "--quiet", *templates)),
        ("translations", lambda: _passes(python, "-m", "mimer.doorway", "texts", "check")),
        ("migrations", lambda: _passes(python, "-m", "django", "makemigrations", "--check", "--dry-run")),
        ("locks without addresses", _locks_are_clean),
    ]
    return max([_step(name, run) for name, run in steps])


def test(rest: list[str]) -> int:
    """The suite on each database; ends with pytest's own summary lines."""
    options = argparse.ArgumentParser(prog="bin/mimer test", add_help=False)
    options.add_argument("--on", choices=("sqlite", "postgresql"))
    chosen, arguments = options.parse_known_args(rest)
    _install_what_tests_need()
    if "-n" not in arguments and not any(part.startswith("-n") for part in arguments):
        arguments = ["-n", str(min(os.cpu_count() or 1, 8)), "--dist", "worksteal", *arguments]
    summaries: list[str] = []
    results = []
    if chosen.on != "postgresql":
        results.append(_step("tests on SQLite", lambda: _pytest({}, arguments, summaries)))
    if chosen.on != "sqlite":
        results.append(_step("tests on PostgreSQL", lambda: _tests_on_postgresql(arguments, summaries)))
    print("\n".join(summaries), flush=True)
    return max(results)


def _tests_on_postgresql(arguments: list[str], summaries: list[str]) -> bool:
    folder = postgresql.binaries()
    if folder is None:
        say("PostgreSQL's server is not installed (on Debian: apt-get install postgresql): its tests were LEFT OUT")
        return not IN_CI
    with postgresql.running(folder) as address:
        return _pytest({"MIMER_DATABASE_URL": address}, arguments, summaries)


def _pytest(settings: dict[str, str], arguments: list[str], summaries: list[str]) -> bool:
    """One run of the suite; its output passes through, and its last line is kept for the end of the whole."""
    # Named already, the settings would be read before the tests choose a scratch folder.
    ours = ("MIMER_DATABASE_URL", "MIMER_DATA_DIR", "DJANGO_SETTINGS_MODULE")
    environment = {key: value for key, value in os.environ.items() if key not in ours} | settings
    summary = "pytest ended without a summary"
    with tempfile.TemporaryDirectory(prefix="mimer-tests-") as scratch:
        command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", f"--basetemp={scratch}/pytest", *arguments]
        pipe, none = subprocess.PIPE, subprocess.DEVNULL
        with subprocess.Popen(command, cwd=PROJECT, env=environment, stdin=none, stdout=pipe, text=True) as run:
            assert run.stdout is not None
            for line in run.stdout:
                print(line, end="", flush=True)
                if SUMMARY.search(line):
                    summary = line.rstrip()
    summaries.append(summary)
    return run.returncode == 0


def _install_what_tests_need() -> None:
    """Chromium and PostgreSQL from the distribution, where we may; conftest says what was left out without them."""
    missing = []
    if not (shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")):
        missing.append("chromium")
    if postgresql.binaries() is None:
        missing.append("postgresql")
    if not any(Path("/usr/lib").glob("*/libatomic.so.1")):
        missing.append("libatomic1")
    if shutil.which("git") is None:
        missing.append("git")
    if not missing or os.getuid() != 0 or not shutil.which("apt-get"):
        return
    say(f"Installing {', '.join(missing)} from the distribution (about a minute)")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing],
    ):
        done = subprocess.run(command, env=quiet, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if done.returncode:
            say(f"{' '.join(command)} failed: {done.stderr.strip()[-400:]}")
            return


def _locks_are_clean() -> bool:
    """Lock files name no registry, so that they install from whichever the network has."""
    found = [
        f"{path.relative_to(PROJECT)}:{number}: {line.strip()}"
        for path in [*sorted((PROJECT / "requirements").iterdir()), PROJECT / "package-lock.json"]
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if ADDRESS.search(line)
    ]
    print("\n".join(found), end="\n" if found else "", flush=True)
    return not found


def _passes(*command: str, env: dict[str, str] | None = None) -> bool:
    return subprocess.run(command, cwd=PROJECT, env=env, stdin=subprocess.DEVNULL).returncode == 0


def _step(name: str, run: Callable[[], bool]) -> int:
    say(f"{name} …")
    start = time.monotonic()
    passed = run()
    say(f"{name}: {'passed' if passed else 'FAILED'} in {time.monotonic() - start:.1f} s")
    return 0 if passed else 1
