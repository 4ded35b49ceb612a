"""Clients that ask as browsers do: a kept connection, a signed-in session, whole pages read to the end."""

import http.client
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

Ask = Callable[["Client", int], None]


@dataclass
class Client:
    """One connection of one signed-in person (or of a citizen, without a session)."""

    host: str
    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    connection: http.client.HTTPConnection | None = None

    def get(self, path: str) -> str:
        return self._ask("GET", path, None, {200})

    def post(self, path: str, fields: dict[str, object]) -> str:
        token = self.cookies.get("csrftoken", "")
        return self._ask("POST", path, urlencode({**fields, "csrfmiddlewaretoken": token}, doseq=True), {200, 302})

    def _ask(self, method: str, path: str, body: str | None, expected: set[int]) -> str:
        if self.connection is None:
            self.connection = http.client.HTTPConnection(self.host, self.port, timeout=60)
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), "Host": f"{self.host}:{self.port}"}
        if body is not None:
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "Referer": f"http://{self.host}:{self.port}/",
            }
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode(errors="replace")
        if answer.status not in expected:
            raise RuntimeError(f"{method} {path} answered {answer.status}: {text[:400]}")
        return answer.headers.get("Location", "") if answer.status == 302 else text


def percentile(times: Sequence[float], share: float) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def timed(clients: Sequence[Client], ask: Ask, rounds: int) -> tuple[list[float], float]:
    """Milliseconds of each of `rounds` requests by every client at once, and the seconds of the whole."""
    times: list[float] = []
    faults: list[BaseException] = []
    start_line = threading.Barrier(len(clients) + 1)
    for client in clients:  # the server closes connections that were idle for long
        client.connection = None

    def run(which: int, client: Client) -> None:
        start_line.wait()
        try:
            for index in range(rounds):
                begin = time.perf_counter()
                ask(client, index * len(clients) + which)
                times.append((time.perf_counter() - begin) * 1000)
        except BaseException as fault:  # told to the main thread below
            faults.append(fault)

    threads = [threading.Thread(target=run, args=(n, client)) for n, client in enumerate(clients)]
    for thread in threads:
        thread.start()
    start_line.wait()
    begin = time.perf_counter()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    return times, time.perf_counter() - begin
