"""How often the subject finder names the right kind of work: `python -m bench.finder FILE` over texts labelled by unit.

FILE is a CSV with the columns `text` and `birim`. A hit is a subject of the group that belongs to the label; texts labelled
"Diğer" have no group and are counted apart.
"""

import csv
import sys
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

# By subject code, longest beginning first: what the labels of such files call these units.
GROUPS = {
    "Ulaşım": ("ULS", "MAK", "DIS-12", "DIS-13", "DIS-14", "DIS-15", "DIS-20", "DIS-32"),
    "Su ve Kanalizasyon": ("DIS-01", "DIS-02", "DIS-03", "DIS-04", "DIS-05", "AFT-01", "ULS-12"),
    "Park ve Bahçeler": ("PRK",),
    "Sosyal Hizmet ve Yardımlar": ("SDH", "KAH", "KSI-02", "DIS-39"),
    "Zabıta": ("ZBT", "RHD", "CEV-11", "CEV-12", "CEV-13", "CEV-15"),
    "Veteriner İşleri": ("VET", "CEV-14"),
    "Temizlik İşleri": ("CEV", "IKS"),
}


def read_texts(path: Path) -> list[tuple[str, str]]:
    """Label and text of every row."""
    with path.open(encoding="utf-8", newline="") as file:
        return [(row["birim"], row["text"]) for row in csv.DictReader(file)]


def measure(rows: Iterable[tuple[str, str]]) -> dict[str, Counter[str]]:
    """Per label: how many texts, and how many had the right group first, among the first three, among the first five."""
    from mimer.municipality.subject_finder import suggest_subjects

    counts: dict[str, Counter[str]] = {}
    for label, text in rows:
        count = counts.setdefault(label, Counter())
        count["texts"] += 1
        codes = [subject.code for subject in suggest_subjects(text, limit=5)]
        count["silent"] += not codes
        group = GROUPS.get(label, ())
        for among in (1, 3, 5):
            count[f"top{among}"] += any(code.startswith(group) for code in codes[:among]) if group else 0
    return counts


def main(path: Path) -> None:
    rows = read_texts(path)
    begin = time.perf_counter()
    counts = measure(rows)
    seconds = time.perf_counter() - begin
    for label, count in sorted(counts.items()):
        _line(label, count)
    _line("all but Diğer", sum((count for label, count in counts.items() if label in GROUPS), Counter()))
    print(f"{seconds / len(rows) * 1000:.1f} ms a text")


def _line(label: str, count: Counter[str]) -> None:
    shares = "  ".join(f"top {among}: {count[f'top{among}'] / count['texts']:5.1%}" for among in (1, 3, 5))
    print(f"{label:<28}{count['texts']:>5}  {shares}  no guess: {count['silent']}")


if __name__ == "__main__":
    import django

    django.setup()
    main(Path(sys.argv[1]))
