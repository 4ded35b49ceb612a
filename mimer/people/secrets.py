"""A column that is encrypted at rest and a keyed index to find it by; look-ups on the column itself are refused."""

import base64
import hashlib
import hmac
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import models


@lru_cache(maxsize=1)
def _fernet() -> MultiFernet:
    """The keys, newest first; an older one still opens what it closed."""
    digests = (hashlib.sha256(key.encode()).digest() for key in settings.IDENTITY_KEYS)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


def blind_index(value: str) -> str:
    """A keyed fingerprint (HMAC-SHA256, hex) by which equal values are found without being readable."""
    return hmac.new(settings.BLIND_INDEX_KEY.encode(), value.encode(), hashlib.sha256).hexdigest()


def seal(text: str) -> str:
    """The text as a Fernet token, "" for nothing; for what must wait elsewhere before it reaches its column."""
    return _fernet().encrypt(text.encode()).decode() if text else ""


def unseal(token: str) -> str:
    """What was sealed."""
    return _fernet().decrypt(token.encode()).decode() if token else ""


class EncryptedField(models.TextField):
    """Text that the database sees only as a Fernet token; filtering on it raises instead of finding nothing."""

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return seal(value or "")

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return unseal(value or "")

    def deconstruct(self) -> Any:
        """To the schema it is plain text; migrations know nothing of our code."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs

    def get_lookup(self, lookup_name: str) -> Any:
        raise TypeError("an encrypted column cannot be searched; use its blind index")
