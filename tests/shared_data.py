"""Real files that lie beside the project, in ../shared/data: too many to commit, too good to test without."""

import os
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


def needs_shared(folder: str) -> pytest.MarkDecorator:
    """Leaves a test out where the folder is not here; with CI=true nothing is left out: the test runs, and fails."""
    missing = not (SHARED / folder).exists() and os.environ.get("CI") != "true"
    return pytest.mark.skipif(missing, reason=f"../shared/data/{folder} is not beside the project")


def shared_files(*patterns: str) -> list[Path]:
    """The files of these patterns, in order; one that is not there stands for a pattern without any, so that it is missed."""
    return [file for pattern in patterns for file in sorted(SHARED.glob(pattern)) or [SHARED / pattern]]
