"""How long a round of the ladder takes over many open cases, and what one due date costs: `bin/mimer bench --ladder`."""

import argparse
import json
import os
import sys
import time
from datetime import timedelta
from statistics import median
from typing import Any

DUE_SHARE = 0.002  # of a million open cases so many fall in five minutes only after an outage


def main() -> int:
    parser = argparse.ArgumentParser(prog="bin/mimer bench --ladder", description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    import django

    django.setup()
    say = (lambda *_words: None) if options.json else (lambda *words: print(*words, file=sys.stderr, flush=True))
    figures = {"open_cases": prepare(options.cases, say), **ladder(), **due_dates()}
    print(json.dumps(figures, indent=2) if options.json else "\n".join(f"{k:<24}{v:>12,}" for k, v in figures.items()))
    return 0


def prepare(total: int, say: Any) -> int:
    """An installation in which nothing is closed; its clocks are set so that the next step of most is days away."""
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from bench import data
    from mimer.cases.models import Case
    from mimer.cases.states import ENDED, State
    from mimer.municipality.models import Municipality
    from mimer.municipality.seed import load_municipality

    call_command("migrate", interactive=False, verbosity=0)
    if not Municipality.objects.exists():
        load_municipality("melikgazi")
    data.OPEN_SHARE = 1.0
    missing = total - Case.objects.count()
    if missing > 0:
        say(f"Writing {missing:,} open cases")
        data.fill(missing, say)
    now = timezone.now()
    ended = Case.objects.filter(state__in=sorted(ENDED))
    ended.update(state=State.IN_PROGRESS, outcome="", resolved_at=None, closed_at=None)
    Case.objects.update(
        due_at=now + timedelta(days=9), clock="elapsed", target_hours=400, next_warning_at=now + timedelta(days=1)
    )
    last = int(total * DUE_SHARE)
    some = list(Case.objects.order_by("pk").values_list("pk", flat=True)[:last])
    Case.objects.filter(pk__in=some).update(due_at=now, next_warning_at=now - timedelta(minutes=1))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return total


def ladder() -> dict[str, Any]:
    """One round with what is due, one with nothing due."""
    from mimer.cases.passing_time import climb_ladder

    begin = time.perf_counter()
    warned = climb_ladder()
    busy = time.perf_counter() - begin
    begin = time.perf_counter()
    climb_ladder()
    idle = time.perf_counter() - begin
    return {"warned": warned, "round_seconds": round(busy, 2), "idle_round_ms": round(idle * 1000, 2)}


def due_dates() -> dict[str, Any]:
    """One service target and one information period, each with its account."""
    from django.utils import timezone

    from mimer.cases.clocks import service_due
    from mimer.cases.legal import legal_due

    now = timezone.now()
    legal_due("FOI_4982", now.date())
    return {
        "service_due_us": _median_us(lambda: service_due(now, 40, "business")),
        "legal_due_us": _median_us(lambda: legal_due("FOI_4982", now.date())),
    }


def _median_us(work: Any) -> float:
    times = []
    for _round in range(500):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return round(median(times) * 1_000_000, 1)


if __name__ == "__main__":
    sys.exit(main())
