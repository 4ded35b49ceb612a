"""Letters: the one folding function, Turkish upper and lower case, alphabetical order and slugs."""

import re
import unicodedata

# Accents that NFKD splits off, Arabic vowel signs, and what telephones slip into text unseen: control
# characters, soft hyphens, zero-width and direction marks. None of them may keep two spellings apart.
_ACCENTS = "\u0300-\u036f\u064b-\u065f\u0670"
_UNSEEN = re.compile(f"[{_ACCENTS}\x00-\x08\x0e-\x1b\x7f\xad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")

# The Turkish letters first and one by one, since nearly every text needs nothing more; "İ" in lower case is "i" with
# a dot above of its own.
_TURKISH = tuple(zip("ışğüöçâîû\u0307", (*"isguocaiu", ""), strict=True))

# Letters of the neighbours' alphabets that NFKD leaves whole.
_WHOLE = str.maketrans({"ı": "i", "ə": "e", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d"})

_ALPHABET = "abcçdefgğhıijklmnoöpqrsştuüvwxyz"
# Thirty-two letters fit between "A" and "`", so keys stay ASCII and sort the same in Python,
# in SQLite and under PostgreSQL's "C" collation, behind the blank and the digits.
_ORDER = {ord(letter): chr(ord("A") + place) for place, letter in enumerate(_ALPHABET)}


def fold(text: str) -> str:
    """Give the one form under which all spellings of a text meet: `KAZIMKARABEKİR` and `Kazimkarabekir` alike.

    Dotted and dotless i become one letter here, so no Turkish casing rule is needed on the way.
    """
    text = text.lower()
    if not text.isascii():
        for letter, plain in _TURKISH:
            text = text.replace(letter, plain)
        if not text.isascii():
            text = unicodedata.normalize("NFKD", text).lower().translate(_WHOLE)
    return " ".join(_UNSEEN.sub("", text).split())


def lower(text: str) -> str:
    """Put a text into Turkish lower case: `IRMAK İÇİ` becomes `ırmak içi`."""
    return unicodedata.normalize("NFC", text).replace("İ", "i").replace("I", "ı").lower()


def upper(text: str) -> str:
    """Put a text into Turkish upper case: `ılık içim` becomes `ILIK İÇİM`."""
    return unicodedata.normalize("NFC", text).replace("i", "İ").upper()


def sort_key(text: str) -> str:
    """Give a key that puts texts in the order of the Turkish alphabet: Cumhuriyet, Çelik, Ilgaz, İldem."""
    lowered = lower(text)
    known = "".join(letter if ord(letter) in _ORDER else fold(letter) or letter for letter in lowered)
    return " ".join(known.split()).translate(_ORDER)


def slug(text: str) -> str:
    """Give the part of an address made from a name: `Kıranardı Mah.` becomes `kiranardi-mah`."""
    return re.sub("[^a-z0-9]+", "-", fold(text)).strip("-")
