"""Loads the canned answers of a municipality; those that are there already stay as they are."""

import json
from pathlib import Path

from mimer.municipality.models import Subject
from mimer.municipality.seed import HERE

from .models import CannedAnswer


def load_canned_answers(name: str) -> int:
    """Adds the answers of `mimer/municipality/<name>/` whose title is not there yet; returns how many."""
    rows = json.loads(Path(HERE / name / "canned_answers.json").read_text(encoding="utf-8"))
    subjects = dict(Subject.objects.values_list("code", "pk"))
    known = set(CannedAnswer.objects.values_list("subject_id", "outcome", "title_tr"))
    fresh = [
        CannedAnswer(subject_id=subjects[code] if code else None, **row)
        for code, row in ((row.pop("subject_code"), row) for row in rows)
    ]
    fresh = [row for row in fresh if (row.subject_id, row.outcome, row.title_tr) not in known]
    CannedAnswer.objects.bulk_create(fresh)
    return len(fresh)
