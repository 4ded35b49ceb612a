"""Case endings after names and numbers, by vowel harmony: `Melikgazi'ye`, `15.00'e`, `Zabıta Müdürlüğüne`."""

import re
from collections.abc import Callable

from mimer.turkish.letters import lower
from mimer.turkish.numbers import spoken_number

_VOWELS = "aeıioöuüâîû"
_BACK = "aıouâû"
_ROUND = "oöuüû"
_HARD = "fstkçşhp"
# Names that are themselves compounds ("Zabıta Müdürlüğü") take n before the ending; and the spelling
# guide writes no apostrophe after the name of an institution.
_INSTITUTION = re.compile(
    r"(müdürlüğü|başkanlığı|bakanlığı|belediyesi|merkezi|kurumu|kurulu|meclisi|valiliği|kaymakamlığı|şefliği|birimi"
    r"|masası|encümeni|idaresi|muhtarlığı)$"
)
_COMPOUND = re.compile(r"(mahallesi|caddesi|sokağı|bulvarı|meydanı|parkı|sitesi|apartmanı|ilçesi|köyü)$")


def dative(name: str) -> str:
    """Towards: `Melikgazi'ye`, `15.00'e`, `Zabıta Müdürlüğüne`."""
    return _ended(name, lambda two, four: two, buffer="y")


def accusative(name: str) -> str:
    """The object: `Melikgazi'yi`, `Zabıta Müdürlüğünü`."""
    return _ended(name, lambda two, four: four, buffer="y")


def genitive(name: str) -> str:
    """Of: `Melikgazi'nin`, `Erkilet'in`."""
    return _ended(name, lambda two, four: f"{four}n", buffer="n")


def locative(name: str) -> str:
    """At: `Melikgazi'de`, `Talas'ta`."""
    return _ended(name, lambda two, four: f"d{two}", buffer="")


def ablative(name: str) -> str:
    """From: `Melikgazi'den`, `Talas'tan`."""
    return _ended(name, lambda two, four: f"d{two}n", buffer="")


def too(name: str) -> str:
    """With the word for "also", which stands apart and never hardens: `Tuğba Ovalı da`, `İsmail İğde de`."""
    return f"{name} {'da' if _last_vowel(_as_said(name)) in _BACK else 'de'}"


def _ended(name: str, ending: Callable[[str, str], str], buffer: str) -> str:
    said = _as_said(name)
    vowel = _last_vowel(said)
    back, rounded = vowel in _BACK, vowel in _ROUND
    two = "a" if back else "e"
    four = ("u" if back else "ü") if rounded else ("ı" if back else "i")
    suffix = ending(two, four)
    institution = bool(_INSTITUTION.search(said))
    if institution or _COMPOUND.search(said):
        suffix = f"n{suffix}"
    elif said[-1:] in _VOWELS and buffer and suffix[0] in _VOWELS:
        suffix = f"{buffer}{suffix}"
    elif said[-1:] in _HARD and suffix[0] == "d":
        suffix = f"t{suffix[1:]}"
    return f"{name}{'' if institution else '’'}{suffix}"


def _last_vowel(said: str) -> str:
    return next((letter for letter in reversed(said) if letter in _VOWELS), "e")


def _as_said(name: str) -> str:
    """Numbers end as they are spoken: 15.00 as `on beş`, 13.30 as `otuz`, 2026 as `altı`."""
    time_of_day = re.search(r"(\d{1,2})[.:](\d{2})$", name)
    if time_of_day:
        hour, minute = map(int, time_of_day.groups())
        return spoken_number(minute or hour)
    digits = re.search(r"(\d{1,15})$", name)
    if digits:
        return spoken_number(int(digits[1]))
    return lower(name.strip())
