"""Which subject is meant: the citizen's own words lead to it, whatever case or accents they are typed in."""

import pytest

from mimer.municipality.models import Subject
from mimer.municipality.seed import load_municipality
from mimer.municipality.subject_finder import suggest_subjects
from tests.shared_data import SHARED, needs_shared

TEXTS = SHARED / "tr_text" / "tr_municipal_complaints_8_units.csv"
pytestmark = pytest.mark.django_db


@pytest.fixture
def melikgazi() -> None:
    load_municipality("melikgazi")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Çöp kamyonu üç gündür gelmedi, çöpler alınmadı", "CEV-01"),
        ("SOKAĞIMIZDA KOCAMAN BİR ÇUKUR VAR ASFALT BOZUK", "ULS-01"),
        ("sokagimizda kocaman cukur var asfalt bozuk", "ULS-01"),
        ("parktaki salıncak kırık", "PRK-02"),
        ("imar durumu öğrenmek istiyorum", "IMR-01"),
        ("sular kesik ne zaman gelecek", "DIS-01"),
        ("başıboş köpekler saldırıyor", "VET-03"),
    ],
)
def test_everyday_words_find_their_subject(melikgazi: None, typed: str, code: str) -> None:
    assert code in [subject.code for subject in suggest_subjects(typed, limit=3)]


def test_nothing_known_suggests_nothing(melikgazi: None) -> None:
    assert suggest_subjects("") == [] and suggest_subjects("qqqq zzzz") == []


def test_subjects_out_of_use_are_not_suggested(melikgazi: None) -> None:
    Subject.objects.filter(code="PRK-02").update(active=False)
    assert "PRK-02" not in [subject.code for subject in suggest_subjects("parktaki salıncak kırık")]


@needs_shared("tr_text")
def test_real_complaints_mostly_find_the_right_kind_of_work(melikgazi: None) -> None:
    from bench.finder import GROUPS, measure, read_texts

    rows = [row for row in read_texts(TEXTS) if row[0] in GROUPS][::6]
    counts = measure(rows)
    hits = sum(count["top3"] for count in counts.values()) / len(rows)
    assert hits > 0.72, f"the right group stands among the first three for only {hits:.1%}"
