"""What is read from the tables once and shared by all requests of a process, until something changed or time is up.

The shared cache holds only a stamp: taking the values themselves from it would cost more than most questions put to them.
"""

import secrets
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

from django.core.cache import cache

T = TypeVar("T")


def remembered(name: str, *, seconds: int) -> Callable[[Callable[[], T]], Callable[[], T]]:
    """Reads again when the cache was told to `delete` this name (or was cleared), and at the latest after so long.

    Another process hears of a change that late. What is returned is shared: nobody changes it.
    """

    def decorate(read: Callable[[], T]) -> Callable[[], T]:
        @lru_cache(maxsize=1)
        def at(_stamp: str) -> T:
            return read()

        @wraps(read)
        def shared() -> T:
            stamp: str | None = cache.get(name)
            if stamp is None:
                stamp = secrets.token_hex(8)
                cache.set(name, stamp, seconds)
            return at(stamp)

        return shared

    return decorate
