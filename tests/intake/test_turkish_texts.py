"""Real Turkish complaints at the live door: none is lost, each gets a unit, and its own words find it again."""

import pytest

from bench.citizens import read_rows, send
from mimer.cases.models import Case
from mimer.cases.search import search_cases
from mimer.cases.states import State
from mimer.municipality.seed import load_municipality
from tests.shared_data import SHARED, needs_shared

TEXTS = SHARED / "tr_text" / "tr_municipal_complaints_8_units.csv"


@pytest.mark.django_db
@needs_shared("tr_text")
def test_every_text_becomes_a_case_with_a_unit_and_is_found_by_its_words() -> None:
    load_municipality("melikgazi")
    rows = read_rows(TEXTS)[::40]

    account = send(rows)
    assert account.read == len(rows) == account.new and account.refused == []
    cases = Case.objects.filter(source_id__startswith="text-")
    assert cases.count() == len(rows) and set(cases.values_list("state", flat=True)) == {State.ASSIGNED}
    assert not cases.filter(unit=None).exists()

    for case in cases.order_by("pk")[:5]:
        longest = max(case.text.split(), key=len).strip(".,;:!?()")
        assert case in search_cases(Case.objects.all(), longest.upper())

    again = send(rows)
    assert (again.new, again.again) == (0, len(rows)) and cases.count() == len(rows)
