"""The lock on an account after too many wrong passwords: whom it counts, and the page that says how long."""

from datetime import datetime, timedelta
from typing import Any

from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from mimer.notify.ways import mail_ready

from ..limits import client_address


def address_of(request: HttpRequest) -> str:
    """The address the lock is for; of an IPv6 caller the first of her network."""
    return client_address(request).partition("/")[0]


def locked_out(request: HttpRequest, credentials: dict[str, Any]) -> HttpResponse:
    """The page for whom the account is closed, with the time from which it opens again."""
    again = _opens_again(request, credentials.get("email") or "")
    response = render(request, "account/locked.html", {"again": again, "may_reset": mail_ready() is None}, status=429)
    response["Retry-After"] = str(max(1, int((again - timezone.now()).total_seconds())))
    return response


def _opens_again(request: HttpRequest, email: str) -> datetime:
    last = (
        AccessAttempt.objects.filter(username=email, ip_address=address_of(request)).order_by("-attempt_time").first()
    )
    return (last.attempt_time if last else timezone.now()) + (get_cool_off() or timedelta())
