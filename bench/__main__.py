"""`bin/mimer bench`: prepares the data once, starts the real server, asks, and prints what it took."""

import argparse
import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import Any
from urllib.parse import quote_plus

from bench.drive import Client, percentile, timed

HOST = "127.0.0.1"
ONE, MANY = 1, 8


def main() -> int:
    options = _options()
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    import django

    django.setup()
    from bench.prepare import Prepared, prepare

    say = (lambda *_words: None) if options.json else (lambda *words: print(*words, file=sys.stderr, flush=True))
    ready: Prepared = prepare(options.cases, say)
    port = _free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "mimer.doorway", "serve"],
        env={**os.environ, "PORT": str(port)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait_for(port)
        figures = measure(ready, port, say, options.only.split(",") if options.only else [])
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=30)
    figures = {"cases": options.cases, "database": ready.database, **ready.figures, **figures}
    print(json.dumps(figures, indent=2) if options.json else _table(figures))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/mimer bench", description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000, help="how many cases the data shall hold")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument("--only", default="", help="measure only these, comma separated")
    return parser.parse_args()


def measure(ready: Any, port: int, say: Callable[..., None], only: list[str]) -> dict[str, Any]:
    """Each question alone (p50, p95 with one client) and with eight at once (p95_8), then how many cases a second come in."""
    rng = random.Random(1)
    crowd = {role: [Client(HOST, port, dict(cookies)) for _ in range(MANY)] for role, cookies in ready.sessions.items()}
    crowd["public"] = [Client(HOST, port) for _ in range(MANY)]
    figures: dict[str, Any] = {}
    for question in _questions(ready, rng):
        if not only or question.name in only:
            figures[question.name] = _times(question, crowd[question.who])
            say(f"  {question.name:<14} {figures[question.name]}")
    if words := [row for name, row in figures.items() if name.startswith("search_word_")]:
        figures["search_word"] = max(words, key=lambda row: row["p50_ms"])  # the worst of them
    # By the same connections: each stays with the web process that took it, and these are never shared out evenly.
    for name, path in (("intake", ready.intake_path), ("intake_bare", "/bench/bare/")):
        if not only or name in only:
            times, seconds = timed(crowd["agent"], partial(_apply, path, partial(ready.intake_fields, rng)), 120)
            figures[name] = {"per_second": round(len(times) / seconds, 1), "p95_ms": round(percentile(times, 0.95), 1)}
            say(f"  {name:<14} {figures[name]}")
    return figures


@dataclass(frozen=True)
class Question:
    """What is asked, by whom, and how often by one client."""

    name: str
    who: str
    ask: Callable[[Client, int], Any]
    rounds: int = 120


def _questions(ready: Any, rng: random.Random) -> Iterator[Question]:
    late = f"/is/basvurular/?unit={ready.unit}&state=open&late=1"
    yield Question("list", "agent", lambda c, n: _whole(c.get("/is/basvurular/")))
    yield Question("filter", "officer", lambda c, n: _whole(c.get(late)))
    yield Question("find_person", "agent", lambda c, n: _search(ready.people[n % len(ready.people)], c))
    for kind, word in ready.words.items():
        yield Question(f"search_word_{kind}", "agent", partial(_search, word), 60)
    yield Question("case", "agent", lambda c, n: c.get(f"/is/basvuru/{rng.choice(ready.cases)}/"))
    tracked = ready.tracked
    yield Question("tracking", "public", lambda c, n: c.get("/takip/{}/{}/".format(*tracked[n % len(tracked)])))
    yield Question("map_box", "agent", lambda c, n: c.get(f"/is/harita/noktalar/?{rng.choice(ready.boxes)}"))
    assigned = iter(ready.assigned)
    yield Question("status_change", "officer", lambda c, n: c.post(f"/is/basvuru/{next(assigned)}/accept/", {}), 100)


def _times(question: Question, clients: list[Client]) -> dict[str, float]:
    timed(clients[:ONE], question.ask, 8)
    alone, _ = timed(clients[:ONE], question.ask, question.rounds)
    many, _ = timed(clients, lambda client, n: question.ask(client, n + 10_000), max(10, question.rounds // 4))
    return {
        "p50_ms": round(median(alone), 2),
        "p95_ms": round(percentile(alone, 0.95), 2),
        "p50_ms_8": round(median(many), 2),
        "p95_ms_8": round(percentile(many, 0.95), 2),
    }


def _apply(path: str, fields: Callable[[int], dict[str, object]], client: Client, n: int) -> None:
    client.post(path, fields(n))


def _search(words: str, client: Client, _n: int = 0) -> None:
    client.get(f"/is/basvurular/?q={quote_plus(words)}")


def _whole(page: str) -> None:
    if "</html>" not in page:
        raise RuntimeError("a page was cut short")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("the server did not come up")


def _table(figures: dict[str, Any]) -> str:
    lines = [
        f"{figures['cases']:,} cases on {figures['database']}",
        f"{'':<20}{'p50 ms':>9}{'p95 ms':>9}{'p95 ms, 8 clients':>20}",
    ]
    for name, row in figures.items():
        if isinstance(row, dict) and "p50_ms" in row:
            lines.append(f"{name:<20}{row['p50_ms']:>9}{row['p95_ms']:>9}{row['p95_ms_8']:>20}")
        elif isinstance(row, dict):
            lines.append(f"{name:<20}" + "  ".join(f"{key} {value}" for key, value in row.items()))
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
