"""Making a machine's key, telling whose key this is, and counting how often it knocks."""

import secrets
import time

from django.db import transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac

from .models import ApiKey

A_MINUTE = 120  # requests of one key
SIGNS = 8


def make_key(name: str) -> str:
    """A fresh key for this system, shown this once; the one it had before opens nothing any more."""
    sign, secret = secrets.token_hex(SIGNS // 2), secrets.token_urlsafe(32)
    key = f"{sign}.{secret}"
    with transaction.atomic():
        ApiKey.objects.filter(name=name).delete()
        ApiKey.objects.create(name=name, sign=sign, digest=_digest(key))
    return key


def drop_key(name: str) -> bool:
    """Takes a system's key away; whether it had one."""
    return bool(ApiKey.objects.filter(name=name).delete()[0])


def key_of(authorization: str) -> ApiKey | None:
    """The key row behind an `Authorization: Bearer …` line; an unknown key takes as long as a wrong one."""
    scheme, _space, key = authorization.partition(" ")
    if scheme.lower() != "bearer" or not key.isascii():
        return None
    row = ApiKey.objects.filter(sign=key.partition(".")[0][:12]).first()
    known = row.digest if row else "-" * 64
    return row if constant_time_compare(known, _digest(key)) else None


def may_knock(row: ApiKey) -> bool:
    """Counts one request, for all processes at once; whether the key has not knocked too often in this minute."""
    now = int(time.time()) // 60
    with transaction.atomic():
        if ApiKey.objects.filter(pk=row.pk, minute=now).update(knocks=F("knocks") + 1):
            return ApiKey.objects.filter(pk=row.pk, knocks__lte=A_MINUTE).exists()
        ApiKey.objects.filter(pk=row.pk).update(minute=now, knocks=1)
    return True


def _digest(key: str) -> str:
    return salted_hmac("mimer.api.keys", key, algorithm="sha256").hexdigest()
