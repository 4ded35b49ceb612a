"""Real words at a live door: `python -m bench.citizens FILE` sends every text of a CSV through `receive()`.

FILE has the columns `id` and `text`. The subject is the finder's first guess that asks for no parcel and no identity; every
row is accounted for, and a second run adds nothing. Runs in the installation of `MIMER_DATA_DIR`, best one of its own.
"""

import csv
import sys
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Account:
    """What became of every row."""

    read: int = 0
    new: int = 0
    again: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)
    units: Counter[str] = field(default_factory=Counter)


def read_rows(path: Path) -> list[tuple[str, str]]:
    """Id and text of every row."""
    with path.open(encoding="utf-8", newline="") as file:
        return [(row["id"], row["text"]) for row in csv.DictReader(file)]


def send(rows: Iterable[tuple[str, str]]) -> Account:
    """Each text as an application on the web, by a citizen of its own."""
    from mimer.cases.actors import Citizen
    from mimer.cases.models import Case
    from mimer.cases.rules import NotAllowed
    from mimer.intake.receive import receive

    account = Account()
    for row_id, text in rows:
        account.read += 1
        before = Case.objects.filter(channel="web", source_id=f"text-{row_id}").exists()
        try:
            case = receive(_arrival(row_id, text), by=Citizen("web"))
        except NotAllowed as no:
            account.refused.append((row_id, str(no)))
            continue
        account.again += before
        account.new += not before
        account.units[case.unit.code if case.unit else "–"] += 1
    return account


def _arrival(row_id: str, text: str):  # type: ignore[no-untyped-def]  # the models are there only after django.setup()
    from mimer.cases.actions import Opening
    from mimer.cases.actions.opening import Place
    from mimer.intake.receive import Arrival
    from mimer.municipality.models import Subject
    from mimer.municipality.subject_finder import suggest_subjects
    from mimer.people.models import Person

    fitting = [
        subject
        for subject in suggest_subjects(text, limit=10)
        if subject.citizen_visible and not subject.needs_parcel and not subject.needs_identity
    ]
    subject = fitting[0] if fitting else Subject.objects.get(code="BIM-03")
    person = Person(given_name="Deneme", family_name=row_id, email=f"{row_id}@ornek.example", preferred_way="email")
    place = Place(address="Metinde anlatılan yer")
    return Arrival(Opening(text, subject, "web", place=place, source_id=f"text-{row_id}"), person)


if __name__ == "__main__":
    import django

    django.setup()
    begin = time.perf_counter()
    told = send(read_rows(Path(sys.argv[1])))
    seconds = time.perf_counter() - begin
    print(f"read {told.read} = new {told.new} + here already {told.again} + refused {len(told.refused)}")
    print(f"{told.read / seconds:.0f} a second; by unit: {dict(told.units.most_common())}")
    for row_id, why in told.refused:
        print(f"  {row_id}: {why}")
