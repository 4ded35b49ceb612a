"""Numbers as they are written on a page and said on the telephone, in Turkish and in English."""

import re
from decimal import Decimal

_ONES = ("", "bir", "iki", "üç", "dört", "beş", "altı", "yedi", "sekiz", "dokuz")
_TENS = ("", "on", "yirmi", "otuz", "kırk", "elli", "altmış", "yetmiş", "seksen", "doksan")
_SCALES = ("", "bin", "milyon", "milyar", "trilyon")

_DIGITS = {
    "tr": ("sıfır", *_ONES[1:]),
    "en": ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
}
# The town alphabet of Turkish telephony and the international one.
_TOWNS = """
Adana Bolu Ceyhan Çanakkale Denizli Edirne Fatsa Giresun yumuşak-ge Hatay Isparta İzmir Jandarma Kars Lüleburgaz Muş
Niğde Ordu Ödemiş Polatlı kü Rize Sinop Şırnak Tokat Uşak Ünye Van dablü-ve iks Yozgat Zonguldak
"""
_WORLD = """
Alfa Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliett Kilo Lima Mike November Oscar Papa Quebec Romeo Sierra
Tango Uniform Victor Whiskey X-ray Yankee Zulu
"""
_LETTERS = {
    "tr": dict(zip("ABCÇDEFGĞHIİJKLMNOÖPQRSŞTUÜVWXYZ", _TOWNS.split(), strict=True)),
    "en": dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", _WORLD.split(), strict=True)),
}


def number(value: int | float | Decimal, decimals: int | None = None, *, language: str = "tr") -> str:
    """Write a number with its separators: `1.234,5` in Turkish, `1,234.5` in English."""
    if decimals is not None:
        text = f"{value:,.{decimals}f}"
    elif isinstance(value, float):
        text = f"{value:,.10f}".rstrip("0").rstrip(".")
    else:
        text = f"{value:,}"
    return text if language == "en" else text.translate(str.maketrans(",.", ".,"))


def percent(value: int | float | Decimal, decimals: int = 0, *, language: str = "tr") -> str:
    """Write a percentage given in hundredths: 95 is `%95` in Turkish and `95%` in English."""
    written = number(value, decimals, language=language)
    return f"{written}%" if language == "en" else f"%{written}"


def money(amount: int | Decimal, *, language: str = "tr") -> str:
    """Write an amount as official letters do: `1.234,50 TL`."""
    return f"{number(amount, 2, language=language)} TL"


def spoken_number(value: int) -> str:
    """Write a whole number as it is said in Turkish: 1110 is `bin yüz on`."""
    if value < 0:
        return f"eksi {spoken_number(-value)}"
    if value == 0:
        return "sıfır"
    if value >= 1000 ** len(_SCALES):
        raise ValueError(f"no Turkish word is kept for numbers from {1000 ** len(_SCALES)} on")
    said: list[str] = []
    for scale in _SCALES:
        value, group = divmod(value, 1000)
        if group == 1 and scale == "bin":
            said[:0] = ["bin"]
        elif group:
            said[:0] = [_spoken_group(group), *([scale] if scale else [])]
    return " ".join(said)


def _spoken_group(group: int) -> str:
    hundreds, rest = divmod(group, 100)
    tens, ones = divmod(rest, 10)
    hundred = "" if not hundreds else "yüz" if hundreds == 1 else f"{_ONES[hundreds]} yüz"
    return " ".join(word for word in (hundred, _TENS[tens], _ONES[ones]) if word)


def spell_digits(code: str, *, language: str = "tr") -> str:
    """Spell a number or code for the telephone, in groups of at most three with a pause between them.

    `2026-000123` is said `iki sıfır, iki altı, sıfır sıfır sıfır, bir iki üç`; letters are given as towns.
    """
    groups = [group for part in re.findall(r"[^\W_]+", code) for group in _groups(part)]
    return ", ".join(" ".join(_said(sign, language) for sign in group) for group in groups)


def _groups(part: str) -> list[str]:
    size = 3 if len(part) % 3 == 0 else 2 if len(part) % 2 == 0 else 3
    return [part[start : start + size] for start in range(0, len(part), size)]


def _said(sign: str, language: str) -> str:
    if sign.isascii() and sign.isdigit():
        return _DIGITS[language][int(sign)]
    # A code's letters are ASCII, so a small "i" is the letter I, not İ.
    return _LETTERS[language].get(sign.upper(), sign)
