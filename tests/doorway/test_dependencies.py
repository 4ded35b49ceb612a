"""Every direct dependency has its reason in the decision record, and nothing else stands there."""

import json
import re
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
RECORD = PROJECT / "docs" / "decisions" / "0002-dependencies.md"


def test_each_direct_dependency_has_its_reason() -> None:
    lines = [line for path in sorted((PROJECT / "requirements").glob("*.in")) for line in path.read_text().splitlines()]
    wanted = {
        match[0].lower() for line in lines if (match := re.match(r"[A-Za-z0-9_.-]+", line)) and line[0] not in "#-"
    }
    package = json.loads((PROJECT / "package.json").read_text())
    wanted |= {*package["dependencies"], *package["devDependencies"]}
    recorded = set(re.findall(r"^\| `([^`]+)` \|", RECORD.read_text(), re.MULTILINE))
    assert recorded == wanted
