"""Limits at public doors: counted per address for all processes, honest about proxies, and forgotten when their time is over."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import RequestFactory
from django.utils import timezone

from mimer.web import limits
from mimer.web.models import KnockCount


def request_from(address: str, **headers: str) -> Any:
    return RequestFactory().get("/", REMOTE_ADDR=address, **headers)


@pytest.fixture(autouse=True)
def _two_tries(db: None, monkeypatch: Any) -> None:
    monkeypatch.setitem(limits.LIMITS, "track", limits.Limit(2, 600))


def test_tries_are_counted_by_address_and_end_with_their_time() -> None:
    with time_machine.travel("2026-01-15 10:00:00+03:00", tick=False) as clock:
        here = request_from("10.0.0.1")
        assert [limits.take(here, "track") for _try in range(3)] == [True, True, False]
        assert limits.used_up(here, "track")
        assert not limits.used_up(request_from("10.0.0.2"), "track")
        clock.shift(timedelta(minutes=10))
        assert not limits.used_up(here, "track") and limits.take(here, "track")


def test_old_counts_are_forgotten_and_no_address_is_written_down() -> None:
    KnockCount.objects.create(key="alt", tries=9, until=timezone.now() - timedelta(minutes=1))
    limits.take(request_from("10.0.0.1"), "track")
    kept = KnockCount.objects.get()
    assert kept.key != "alt" and "10.0.0.1" not in kept.key


def test_a_forwarded_address_counts_only_behind_our_own_proxy(settings: Any) -> None:
    request = request_from("10.0.0.1", HTTP_X_FORWARDED_FOR="1.2.3.4, 5.6.7.8")
    assert limits.client_address(request) == "10.0.0.1"
    settings.TRUST_PROXY = True
    assert limits.client_address(request) == "5.6.7.8"


def test_a_whole_ipv6_network_is_one_caller() -> None:
    assert limits.client_address(request_from("2001:db8::1")) == limits.client_address(request_from("2001:db8::ffff"))


def test_limits_can_be_lifted_for_measuring(settings: Any) -> None:
    settings.RATE_LIMITS = False
    assert all(limits.take(request_from("10.0.0.1"), "track") for _try in range(5)) and not KnockCount.objects.exists()
