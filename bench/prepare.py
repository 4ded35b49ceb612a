"""Makes the data of a measurement, or finds it as the last one left it, and picks what to ask for."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.db import connection
from django.middleware.csrf import _get_new_csrf_string

from bench import data
from mimer.cases.actions import Opening, accept, note, open_case, route
from mimer.cases.actions.opening import Place
from mimer.cases.actors import RULE, Citizen
from mimer.cases.models import Case
from mimer.cases.states import State
from mimer.fulltext import WordIndex
from mimer.municipality.models import Municipality, Neighbourhood, RoleAssignment, Staff, Subject
from mimer.people.models import Person
from mimer.turkish import query_terms

LIVE = 3000


@dataclass
class Prepared:
    """What the driver needs: sessions, addresses to ask for, and the figures of preparing."""

    database: str
    sessions: dict[str, dict[str, str]]
    unit: str
    people: list[str]
    words: dict[str, str]
    cases: list[str]
    tracked: list[tuple[str, str]]
    boxes: list[str]
    assigned: list[str]
    subject: Subject
    intake_path: str = "/is/yeni/"
    figures: dict[str, Any] = field(default_factory=dict)

    def intake_fields(self, rng: random.Random, n: int) -> dict[str, object]:
        """A telephone call as the agent's screen sends it; the bare view takes the same."""
        return {
            "channel": "phone",
            "text": f"{rng.choice(data.STREETS)} sokakta {rng.choice(data.THINGS)} bozuk, {n} gündür böyle",
            "subject": self.subject.pk,
            "type": self.subject.default_type,
            "address": f"{rng.choice(data.STREETS)} Sokak {n}",
            "given_name": rng.choice(data.GIVEN),
            "family_name": rng.choice(data.FAMILY),
            "preferred_way": "phone",
            "phone": f"0533{rng.randrange(10_000_000):07d}",
            "language": "tr",
        }


def prepare(total: int, say: Callable[..., None]) -> Prepared:
    """Seeds once: a municipality without cases, `total` cases of history, and some thousand live ones."""
    call_command("migrate", interactive=False, verbosity=0)
    figures: dict[str, Any] = {}
    if not Municipality.objects.exists():
        from mimer.municipality.seed import load_municipality

        load_municipality("melikgazi")
    _refuse_real_data()
    missing = total - Case.objects.count()
    if missing > LIVE:
        say(f"Writing {missing - LIVE:,} cases of history")
        begin = time.perf_counter()
        data.fill(missing - LIVE, say)
        figures["import"] = {"per_second": round((missing - LIVE) / (time.perf_counter() - begin), 1)}
    _live_cases(say)
    if connection.vendor == "postgresql":  # as its autovacuum would have done meanwhile
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    call_command("collectstatic", interactive=False, verbosity=0)
    return _choose(figures)


def _refuse_real_data() -> None:
    if Case.objects.exclude(channel="import").exclude(source_id__startswith="bench-").exclude(channel="phone").exists():
        raise SystemExit("This database holds real cases; a measurement needs one of its own (MIMER_DATABASE_URL).")


def _live_cases(say: Callable[..., None]) -> None:
    """Cases with a whole life in events, and enough assigned ones to take into work."""
    unit = _busy_subject().unit
    waiting = Case.objects.filter(unit=unit, state=State.ASSIGNED, channel="web").count()
    officer = _staff("officer", unit)
    rng = random.Random(11)
    place = Neighbourhood.objects.exclude(lat=None).first()
    say(f"Living through {max(0, LIVE - waiting):,} cases")
    for index in range(max(0, LIVE - waiting)):
        number = Case.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        opening = Opening(
            f"{rng.choice(data.STREETS)} sokakta {rng.choice(data.THINGS)} kırık",
            _busy_subject(),
            "web",
            applicant=Person.objects.filter(pk__gt=rng.randrange(1 + number // 2)).first(),
            place=Place(address="Çay Sokak 1", neighbourhood=place),
            source_id=f"bench-live-{number}-{index}",
        )
        case = route(open_case(opening, by=Citizen()), by=RULE)
        if index % 10 == 0:
            accept(case, by=officer)
            note(case, "Yerine bakıldı, malzeme istendi.", by=officer)


def _busy_subject() -> Subject:
    return (
        Subject.objects.filter(sensitive=False, needs_parcel=False, needs_identity=False)
        .select_related("unit")
        .order_by("-weight", "pk")[0]
    )


def _staff(role: str, unit: Any = None) -> Staff:
    staff, made = Staff.objects.get_or_create(email=f"{role}@bench.example", defaults={"given_name": role})
    if made:
        staff.set_unusable_password()
        staff.save()
        RoleAssignment.objects.create(staff=staff, role=role, unit=unit)
    return staff


def _session(staff: Staff) -> dict[str, str]:
    store = SessionStore()
    store[SESSION_KEY] = str(staff.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    store[HASH_SESSION_KEY] = staff.get_session_auth_hash()
    store.create()
    return {settings.SESSION_COOKIE_NAME: str(store.session_key), "csrftoken": _get_new_csrf_string()}


def _choose(figures: dict[str, Any]) -> Prepared:
    rng = random.Random(3)
    subject = _busy_subject()
    top = Case.objects.order_by("-pk").values_list("pk", flat=True)[0]
    live = list(Case.objects.filter(channel="web", state=State.IN_PROGRESS).order_by("-pk")[:200])
    some = list(Case.objects.filter(pk__in=rng.sample(range(1, top), 400), sensitive=False)[:200])
    people = list(Person.objects.filter(pk__in=rng.sample(range(1, Person.objects.order_by("-pk")[0].pk), 300))[:200])
    asked = [p.full_name if n % 2 else p.phone_raw for n, p in enumerate(people)]
    boxes = [
        f"box={c.lon - 0.008:.5f},{c.lat - 0.006:.5f},{c.lon + 0.008:.5f},{c.lat + 0.006:.5f}"
        for c in some
        if c.lat is not None and c.lon is not None
    ]
    assigned = Case.objects.filter(unit=subject.unit, state=State.ASSIGNED, sensitive=False).order_by("pk")
    return Prepared(
        database=connection.vendor,
        sessions={"agent": _session(_staff("agent")), "officer": _session(_staff("officer"))},
        unit=subject.unit.code,
        people=asked,
        words=_words(rng),
        cases=[c.number for c in live + some],
        tracked=[(c.number, c.tracking_code) for c in live + some],
        boxes=boxes,
        assigned=[c.number for c in assigned[:5000]],
        subject=subject,
        figures=figures,
    )


def _words(rng: random.Random) -> dict[str, str]:
    """A frequent, a middling and a rare word, by how many of the cases hold them."""
    tail = data.words_of_the_house(random.Random(2017))
    index = WordIndex("cases_words")
    rare = next(
        (word for word in reversed(tail[-400:]) if 0 < len(index.newest(query_terms(word), limit=60)) < 60), tail[-1]
    )
    return {"frequent": "sokak", "middling": tail[40], "rare": rare}
