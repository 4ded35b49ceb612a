"""Neighbourhoods by whatever name they are called: "Esentepe Mah.", "ESENTEPE MAHALLESİ" and "Danişmentgazi" find their row."""

import re
from collections.abc import Iterable

from mimer.turkish import fold

from .models import Neighbourhood

_KIND = re.compile(r"\b(mah|mahallesi|mahalle|mh|koyu|koy|beldesi|kasabasi)\b\.?$")
_SHORT = (("organize sanayi bolgesi", "osb"), ("sanayi bolgesi", "sb"))
_SIGNS = re.compile(r"[^a-z0-9]+")
# A softened or hardened letter between two words of a name: Danişmend Gazi, Danişmentgazi.
_SOFT = str.maketrans({"d": "t", "g": "k", "b": "p"})


def name_key(name: str) -> str:
    """A name without its kind, its blanks and its accents, with soft letters hardened."""
    folded = _KIND.sub("", fold(name).strip(" ."))
    for long, short in _SHORT:
        folded = folded.replace(long, short)
    return _SIGNS.sub("", folded).translate(_SOFT)


class Gazetteer:
    """Finds neighbourhoods by name or alias; what two of them are called finds neither."""

    def __init__(self, rows: Iterable[Neighbourhood]) -> None:
        self._found: dict[str, Neighbourhood | None] = {}
        for row in rows:
            self.add(row)

    def add(self, row: Neighbourhood) -> None:
        own = name_key(row.name)
        self._found[own] = row
        for alias in row.aliases:
            key = name_key(alias)
            other = self._found.get(key, row)
            if key and key != own and not (other and name_key(other.name) == key):
                self._found[key] = row if other is row else None

    def find(self, name: str) -> Neighbourhood | None:
        return self._found.get(name_key(name))
