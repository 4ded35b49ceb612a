"""The back-up of `deploy/`: whole, small the second time, the keys apart, and nothing half."""

import os
import sqlite3
import subprocess
from pathlib import Path

import pytest

from mimer.doorway import PROJECT


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    (folder / "uploads" / "cases").mkdir(parents=True)
    (folder / "uploads" / "cases" / "photo.jpg").write_bytes(b"a photo")
    (folder / "keys").mkdir()
    (folder / "keys" / "identity.key").write_text("secret")
    with sqlite3.connect(folder / "mimer.sqlite3") as database:
        database.execute("CREATE TABLE words (word TEXT)")
        database.execute("INSERT INTO words VALUES ('çukur')")
    return folder


def back_up(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "MIMER_DATA_DIR": str(data), "MIMER_DATABASE_URL": f"sqlite:///{data}/mimer.sqlite3"}
    command = [str(PROJECT / "deploy" / "backup"), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)


def test_a_back_up_holds_database_and_files_and_keeps_the_keys_apart(data: Path, tmp_path: Path) -> None:
    done = back_up(data, str(tmp_path / "backups"), "--keys", str(tmp_path / "safe"))
    assert done.returncode == 0, done.stderr
    folder = Path(done.stdout.strip())
    with sqlite3.connect(folder / "mimer.sqlite3") as database:
        assert database.execute("SELECT word FROM words").fetchall() == [("çukur",)]
    assert (folder / "uploads" / "cases" / "photo.jpg").read_bytes() == b"a photo"
    assert not list(folder.rglob("*.key"))
    assert (tmp_path / "safe" / "identity.key").read_text() == "secret"
    assert not folder.stat().st_mode & 0o077


def test_what_the_one_before_has_is_linked_and_old_ones_go(data: Path, tmp_path: Path) -> None:
    backups = tmp_path / "backups"
    first = backups / "2026-01-01T000000Z"
    Path(back_up(data, str(backups)).stdout.strip()).rename(first)
    (backups / ".2026-01-02T000000Z.unfinished").mkdir()
    second = Path(back_up(data, str(backups)).stdout.strip())
    photo = Path("uploads") / "cases" / "photo.jpg"
    assert (first / photo).samefile(second / photo)
    second.rename(backups / "2026-01-03T000000Z")
    third = Path(back_up(data, str(backups), "--keep", "2").stdout.strip())
    assert sorted(path.name for path in backups.iterdir()) == ["2026-01-03T000000Z", third.name]


def test_without_a_database_there_is_a_sentence_and_no_back_up(data: Path, tmp_path: Path) -> None:
    (data / "mimer.sqlite3").unlink()
    done = back_up(data, str(tmp_path / "backups"))
    assert done.returncode == 1
    assert "there is no database" in done.stderr
    assert not list((tmp_path / "backups").glob("2*"))
