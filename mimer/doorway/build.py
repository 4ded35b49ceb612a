"""Builds what is not in the repository (browser code, compiled texts), only when its sources changed."""

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from mimer.doorway import PROJECT
from mimer.doorway.texts import compile_catalogues

VENV = Path(sys.prefix)
FRONTEND = PROJECT / "mimer" / "web" / "frontend"
LISTS = [PROJECT / "package.json", PROJECT / "package-lock.json", PROJECT / ".npmrc"]
PAGES = PROJECT / "mimer" / "web" / "static" / "mimer" / "build"


def build_what_changed() -> None:
    _when_changed("browser-packages", LISTS, install_browser_packages, made=PROJECT / "node_modules")
    _when_changed("pages", [*LISTS, *_files(FRONTEND)], build_pages, made=PAGES)
    _when_changed("texts", sorted((PROJECT / "mimer" / "locale").glob("*/LC_MESSAGES/*.po")), compile_catalogues)


def say(text: str) -> None:
    print(f"» {text}", file=sys.stderr, flush=True)


def _when_changed(name: str, sources: Iterable[Path], build: Callable[[], None], made: Path | None = None) -> None:
    """Calls `build` unless it ran for these very sources; two callers at once wait for each other."""
    stamp = VENV / f".built-{name}"
    digest = _digest(sources)
    if _is_fresh(stamp, digest, made):
        return
    with (VENV / ".building").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _is_fresh(stamp, digest, made):
            build()
            stamp.write_text(digest)


def _is_fresh(stamp: Path, digest: str, made: Path | None) -> bool:
    return stamp.exists() and stamp.read_text() == digest and (made is None or made.exists())


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _digest(sources: Iterable[Path]) -> str:
    total = hashlib.sha256()
    for path in sources:
        total.update(f"{path}\0".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def install_browser_packages() -> None:
    say("Installing the pages' packages (npm)")
    _run([str(VENV / "bin" / "npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])


def build_pages() -> None:
    say("Building the pages' scripts and styles")
    _run([str(VENV / "bin" / "node"), str(FRONTEND / "build.mjs")])


def _run(command: list[str]) -> None:
    path = f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    done = subprocess.run(
        command, cwd=PROJECT, env={**os.environ, "PATH": path}, stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    if done.returncode:
        raise SystemExit(f"bin/mimer: {Path(command[0]).name} failed\n{done.stdout}{done.stderr}")
