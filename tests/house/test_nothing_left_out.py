"""With CI=true no test is left out because a file or a program is missing: what is not there fails."""

import re
from pathlib import Path

import pytest

from tests.shared_data import needs_shared, shared_files

TESTS = Path(__file__).parents[1]
# Each says why: real files and Chromium only outside CI; the other two have nothing to test where they are left out.
MAY_SKIP = {"shared_data.py", "conftest.py", "doorway/test_serve.py", "doorway/test_settings.py"}


@pytest.mark.parametrize(("ci", "left_out"), [("true", False), ("", True)])
def test_missing_files_fail_on_the_build_server_and_are_left_out_elsewhere(
    monkeypatch: pytest.MonkeyPatch, ci: str, left_out: bool
) -> None:
    monkeypatch.setenv("CI", ci)
    assert needs_shared("nowhere").args == (left_out,)
    with pytest.raises(FileNotFoundError):
        shared_files("nowhere/*")[0].read_bytes()


def test_no_test_leaves_itself_out_by_another_way() -> None:
    skips = re.compile(r"pytest\.(skip|importorskip|xfail|mark\.(skip|skipif|xfail))\b")
    found = {str(file.relative_to(TESTS)) for file in TESTS.rglob("*.py") if skips.search(file.read_text("utf-8"))}
    assert found <= MAY_SKIP
