"""What an installation may choose is written down where it is read first."""

import re

import pytest
from django.db import connection

from mimer import settings
from mimer.doorway import PROJECT


def test_every_variable_of_the_environment_is_documented_in_the_settings() -> None:
    sources = [path.read_text(encoding="utf-8") for path in (PROJECT / "mimer").rglob("*.py")]
    used = {name for source in sources for name in re.findall(r'"(MIMER_[A-Z_]+)"', source)}
    documented = set(re.findall(r"`(MIMER_[A-Z_]+)`", settings.__doc__ or ""))
    assert used == documented


def test_a_commit_on_sqlite_waits_for_the_disk(db: None) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL waits by itself")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        assert cursor.fetchone() == (2,)
