"""What all tests share: settings of their own, a database in a scratch folder, no network, and Chromium."""

import os
import shutil
import socket
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings as properties

# The same examples on every machine, however busy it is.
properties.register_profile("house", derandomize=True, deadline=None)
properties.load_profile("house")

# Before Django reads its settings, so that nothing of a real installation is touched. Workers of xdist inherit the
# folder with the environment, and keep their databases and uploads apart in it.
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
SCRATCH = Path(os.environ["MIMER_DATA_DIR"] if WORKER else tempfile.mkdtemp(prefix="mimer-tests-"))
os.environ["DJANGO_SETTINGS_MODULE"] = "mimer.settings"
os.environ["MIMER_DATA_DIR"] = str(SCRATCH)
os.environ.setdefault("MIMER_DATABASE_URL", f"sqlite:///{SCRATCH / 'mimer.sqlite3'}")
for name in (
    "MIMER_URL",
    "MIMER_ALLOWED_HOSTS",
    "MIMER_EMAIL_URL",
    "MIMER_DEBUG",
    "MIMER_TIME_ZONE",
    "MIMER_TRUST_PROXY",
):
    os.environ.pop(name, None)
# Playwright's loop runs in the thread of the test, where Django then warns of an asynchronous context.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

ON_SQLITE = os.environ["MIMER_DATABASE_URL"].startswith("sqlite")
IN_CI = os.environ.get("CI") == "true"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def pytest_configure(config: pytest.Config) -> None:
    from django.conf import settings

    if SCRATCH.resolve() != settings.DATA_DIR:
        pytest.exit("The settings were read before the tests chose a scratch folder: unset DJANGO_SETTINGS_MODULE")
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": SCRATCH / f"uploads{WORKER}"},
        },
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
    database = settings.DATABASES["default"]
    if ON_SQLITE:
        # A file, as in real life: threads of the live server get connections of their own.
        database.setdefault("TEST", {})["NAME"] = str(SCRATCH / "test.sqlite3")
    else:
        database["OPTIONS"].pop("pool", None)  # its idle connections would keep the test database from being dropped


def pytest_unconfigure(config: pytest.Config) -> None:
    if not WORKER:
        shutil.rmtree(SCRATCH, ignore_errors=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Browser tests run on SQLite, marked `everywhere` on PostgreSQL too; without Chromium only CI tries them."""
    kept, elsewhere = [], []
    for item in items:
        browser = item.get_closest_marker("browser") is not None
        if browser and not ON_SQLITE and item.get_closest_marker("everywhere") is None:
            elsewhere.append(item)
            continue
        if browser and CHROMIUM is None and not IN_CI:
            item.add_marker(pytest.mark.skip(reason="Chromium is not installed (on Debian: apt-get install chromium)"))
        kept.append(item)
    if elsewhere:
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = kept


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """Only this machine answers: a test that reaches out fails instead of depending on the weather."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def allow(sock: socket.socket, address: Any) -> None:
        if sock.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "localhost", "::1"):
            raise RuntimeError(f"A test tried to reach {address}; the network is shut in tests")

    def guarded_connect(self: socket.socket, address: Any) -> None:
        allow(self, address)
        return connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        allow(self, address)
        return connect_ex(self, address)

    socket.socket.connect, socket.socket.connect_ex = guarded_connect, guarded_connect_ex  # type: ignore[method-assign]
    yield
    socket.socket.connect, socket.socket.connect_ex = connect, connect_ex  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def _fresh_cache() -> Iterator[None]:
    """Rate limits, other counts and the language of one test do not reach the next."""
    yield
    from django.core.cache import cache
    from django.utils import translation

    cache.clear()
    translation.deactivate()


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Chromium of the distribution, kept from talking to anyone but this machine, and given time on a busy one."""
    from playwright.sync_api import expect

    expect.set_options(timeout=20_000)
    flags = "--no-sandbox --disable-gpu --disable-quic --no-first-run"
    quiet = "--disable-background-networking --disable-component-update --disable-sync"
    resolver = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
    return {"executable_path": CHROMIUM, "args": [*flags.split(), *quiet.split(), resolver]}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    return {"locale": "tr-TR", "timezone_id": "Europe/Istanbul", "viewport": {"width": 1280, "height": 800}}


@pytest.fixture
def expect_no_axe_violations() -> Callable[[Any], None]:
    """Asserts that axe finds nothing on a page as it stands; what it finds is told in full."""
    from axe_playwright_python.sync_playwright import Axe

    def check(page: Any) -> None:
        found = Axe().run(page)
        assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"

    return check


@pytest.fixture
def house(db: None) -> Any:
    """The small municipality of `tests.cast`, fresh for this test."""
    from django.core.cache import cache

    from tests.cast import make_house

    cache.clear()
    return make_house()
