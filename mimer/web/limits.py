"""Limits at doors anybody may knock at: so many tries from one address in a span of time, counted for all processes at once."""

import ipaddress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import salted_hmac

from .models import KnockCount


@dataclass(frozen=True)
class Limit:
    """So many tries in so many seconds."""

    tries: int
    seconds: int


# Generous where thousands of telephones share one address of their operator, hopeless for a machine.
LIMITS = {
    "apply": Limit(400, 3600),  # drafts begun
    "send": Limit(200, 3600),  # drafts sent
    "upload": Limit(240, 3600),  # requests that bring files
    "track": Limit(
        10, 900
    ),  # wrong codes for one number from one address; a right code opens whatever was tried before
    "track_anything": Limit(300, 3600),  # wrong codes for whatever numbers from one address
    "lost_code": Limit(30, 3600),  # links asked for from one address
    "lost_code_of": Limit(3, 86400),  # links sent for one application
    "speak": Limit(40, 3600),  # what is said on the page of one's own application
    "sign_in": Limit(60, 600),  # wrong passwords from one address, above the lock on the account itself
    "account": Limit(100, 3600),  # wrong passwords for one account, from however many addresses
    "second_factor": Limit(10, 600),  # wrong codes for one account
    "password_link": Limit(10, 3600),
}


def take(request: HttpRequest, door: str, account: str = "") -> bool:
    """Counts one try, of this address or of the account named, and says whether it was still within the limit."""
    if not settings.RATE_LIMITS:
        return True
    key, until = _window(request, door, account)
    with transaction.atomic():
        _count, fresh = KnockCount.objects.get_or_create(key=key, defaults={"until": until})
        KnockCount.objects.filter(key=key).update(tries=F("tries") + 1)
        if fresh:
            KnockCount.objects.filter(until__lt=timezone.now()).delete()
    return not _over(key, LIMITS[door].tries)


def used_up(request: HttpRequest, door: str, account: str = "") -> bool:
    """Whether this address, or the account named, has no try left at the door; counts nothing."""
    return settings.RATE_LIMITS and _over(_window(request, door, account)[0], LIMITS[door].tries - 1)


def too_many(request: HttpRequest, door: str) -> HttpResponse:
    """The page that says so, and what to do meanwhile."""
    response = render(request, "429.html", status=429)
    response["Retry-After"] = str(LIMITS[door].seconds)
    return response


def client_address(request: HttpRequest) -> str:
    """Where the request came from: what our own proxy saw, if there is one. An IPv6 caller is her whole /64 network."""
    seen = request.META.get("REMOTE_ADDR", "")
    if settings.TRUST_PROXY:
        seen = request.headers.get("X-Forwarded-For", "").split(",")[-1].strip() or seen
    try:
        address = ipaddress.ip_address(seen)
    except ValueError:
        return seen
    return str(address) if address.version == 4 else str(ipaddress.ip_network(f"{address}/64", strict=False))


def _window(request: HttpRequest, door: str, account: str = "") -> tuple[str, datetime]:
    seconds = LIMITS[door].seconds
    number = int(timezone.now().timestamp()) // seconds
    whose = account or client_address(request)
    digest = salted_hmac("mimer.web.limits", f"{door} {whose} {number}", algorithm="sha256").hexdigest()
    return digest, datetime.fromtimestamp((number + 1) * seconds, UTC) + timedelta(seconds=60)


def _over(key: str, tries: int) -> bool:
    return KnockCount.objects.filter(key=key, tries__gt=tries).exists()
