"""The data a measurement stands on: a believable municipality's years, made from a seed, quick to write."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import timezone

from mimer.cases.actions.history import History, adopt_many
from mimer.cases.actions.opening import Place
from mimer.municipality.models import Neighbourhood, Subject, Unit
from mimer.people.models import Person
from mimer.people.search import index_people
from mimer.turkish import fold

GIVEN = [
    "Ayşe",
    "Mehmet",
    "Fatma",
    "Mustafa",
    "Emine",
    "Ahmet",
    "Hatice",
    "Ali",
    "Zeynep",
    "Hüseyin",
    "Elif",
    "Hasan",
    "Meryem",
    "İbrahim",
    "Şerife",
    "İsmail",
    "Zehra",
    "Osman",
    "Sultan",
    "Yusuf",
    "Hanife",
    "Murat",
    "Merve",
    "Ömer",
    "Havva",
    "Ramazan",
    "Zeliha",
    "Halil",
    "Esra",
    "Süleyman",
]
FAMILY = [
    "Yılmaz",
    "Kaya",
    "Demir",
    "Şahin",
    "Çelik",
    "Yıldız",
    "Yıldırım",
    "Öztürk",
    "Aydın",
    "Özdemir",
    "Arslan",
    "Doğan",
    "Kılıç",
    "Aslan",
    "Çetin",
    "Kara",
    "Koç",
    "Kurt",
    "Özkan",
    "Şimşek",
    "Polat",
    "Korkmaz",
    "Çakır",
    "Erdoğan",
    "Yavuz",
    "Işık",
    "Keskin",
    "Aktaş",
    "Bulut",
    "Güneş",
]
THINGS = [
    "çukur",
    "kaldırım",
    "çöp",
    "konteyner",
    "ağaç",
    "park",
    "lamba",
    "levha",
    "rampa",
    "duvar",
    "moloz",
    "koku",
    "gürültü",
    "köpek",
    "inşaat",
    "asfalt",
    "bank",
    "çeşme",
    "ızgara",
    "merdiven",
]
STREETS = [
    "Çay",
    "Gül",
    "Lale",
    "Menekşe",
    "Karanfil",
    "Papatya",
    "Zambak",
    "Nilüfer",
    "Yasemin",
    "Sümbül",
    "Akasya",
    "Çınar",
    "Kavak",
    "Söğüt",
    "Ihlamur",
]
OPEN_SHARE = 0.04
BATCH = 4000


def words_of_the_house(random_: random.Random) -> list[str]:
    """Some thousands of made-up but pronounceable words, for a long tail like that of real texts."""
    syllables = [a + b for a in "bcdfghklmnprstvyz" for b in "aeıioöuü"]
    return ["".join(random_.choices(syllables, k=random_.choice((2, 3, 3, 4)))) for _ in range(20_000)]


def histories(total: int, seed: int = 2017) -> Iterator[tuple[list[History], list[Person]]]:
    """Batches of cases over three years, 4 % still open, with six people to ten cases."""
    rng = random.Random(seed)
    tail = words_of_the_house(rng)
    subjects = list(Subject.objects.select_related("unit").filter(sensitive=False))
    weights = [subject.weight for subject in subjects]
    places = list(Neighbourhood.objects.exclude(lat=None)) or list(Neighbourhood.objects.all())
    now = timezone.now()
    people = 0
    for start in range(0, total, BATCH):
        size = min(BATCH, total - start)
        persons = [_person(rng, people + i) for i in range(size * 6 // 10 + 1)]
        people += len(persons)
        chosen = rng.choices(subjects, weights, k=size)
        yield [_history(rng, start + i, total, chosen[i], places, tail, now) for i in range(size)], persons


def _person(rng: random.Random, index: int) -> Person:
    given, family = rng.choice(GIVEN), rng.choice(FAMILY)
    return Person(
        given_name=given,
        family_name=family,
        name_key=fold(f"{given} {family}"),
        phone=f"+90532{index % 10_000_000:07d}",
        phone_raw=f"0532{index % 10_000_000:07d}",
        email=f"kisi{index}@ornek.example",
    )


def _history(
    rng: random.Random,
    index: int,
    total: int,
    subject: Subject,
    places: list[Neighbourhood],
    tail: list[str],
    now: datetime,
) -> History:
    received = now - timedelta(minutes=(total - index) * 3 * 365 * 1440 / total + rng.random() * 60)
    ended = rng.random() > OPEN_SHARE
    place = rng.choice(places)
    rare = " ".join(tail[int(len(tail) * rng.random() ** 3)] for _ in range(6))
    text = f"{rng.choice(STREETS)} sokakta {rng.choice(THINGS)} sorunu var, {rng.choice(THINGS)} da eksik. {rare}"
    resolved = received + timedelta(hours=rng.expovariate(1 / 60)) if ended else None
    unit: Unit = subject.unit
    point = (
        (place.lat + rng.gauss(0, 0.01), place.lon + rng.gauss(0, 0.01)) if place.lat and place.lon else (None, None)
    )
    return History(
        source_id=f"bench-{index}",
        channel="import",
        text=text,
        subject=subject,
        unit=unit,
        type=subject.default_type,
        state=("closed" if ended else rng.choice(("assigned", "in_progress", "in_progress"))),
        received_at=received,
        outcome="positive" if ended else "",
        answer="Yerinde yapıldı." if ended and index % 10 == 0 else "",
        due_at=received + timedelta(hours=subject.target_hours * 3),
        resolved_at=min(resolved, now) if resolved else None,
        place=Place(point[0], point[1], f"{rng.choice(STREETS)} Sokak {rng.randint(1, 90)}", place),
    )


def fill(total: int, say: object = print) -> None:
    """Writes `total` cases and their people; progress is printed."""
    done = 0
    rng = random.Random(7)
    for batch, persons in histories(total):
        saved = Person.objects.bulk_create(persons, batch_size=500)
        index_people(saved)
        for history in batch:
            history.applicant = rng.choice(saved)
        adopt_many(batch)
        done += len(batch)
        if done % 40_000 < BATCH:
            say(f"  {done:,} / {total:,}")  # type: ignore[operator]
