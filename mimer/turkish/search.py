"""Search words: one analyser turns texts and questions into the same tokens, whatever case or accents were typed."""

import re

from mimer.turkish.letters import fold
from mimer.turkish.stems import stem

_NTH = r"[ ]?(?:no[:\ ]|nolu|no['’]lu|numarali|sayili)?[ ]?"
# Numbers people write in several ways, most particular first. Numbers are searched whole and, in a text, by part.
_NUMBERS = re.compile(
    rf"""
    (?=[\d+(a])(?<![^\W_])(?:
      (?P<lot>\d+){_NTH}ada(?:da|nin)?[ ]?[,/-]?[ ]?(?P<parcel>\d+){_NTH}parsel
    | ada(?:[ ]no)?[: ]{{1,3}}(?P<lot2>\d+)[ ,;/-]{{1,3}}parsel(?:[ ]no)?[: ]{{1,3}}(?P<parcel2>\d+)
    | (?P<slashed>\d+(?:[ ]?/[ ]?\d+)+)
    | (?:(?:\+|00)?90[ ]?|0[ ]?)?\(?0?(?P<area>[2-5]\d\d)\)?[ .-]?(?P<local>\d{{3}}[ .-]?\d\d[ .-]?\d\d)
    | (?P<short>\d{{3}}[ -]\d\d[ -]\d\d)
    | (?P<plate>(?:0[1-9]|[1-7]\d|8[01])[ ]?[a-z]{{1,3}}[ ]?\d{{2,5}})
    | (?P<parts>\d+(?:[.:-]\d+)+)
    )(?!\d)
    """,
    re.VERBOSE | re.ASCII,
)
_DIGITS = re.compile(r"\d+")
_SIGNS = re.compile(r"[^\W_]+")
_ASCII_SIGNS = re.compile(r"[a-z0-9]+")  # three times as fast, and right for nearly every folded text
# What follows an apostrophe is an ending: Kayseri'nin.
_WORD = re.compile(r"([^\W_]{2,})['’ʼ`][^\W\d_]+|([^\W_]+)")

# "şu" is missing because water is spelled the same once folded.
_PASSED_OVER = """
ve ile bir bu o da de ki mi mu icin cok ama fakat gibi kadar daha en ya veya hem ne her var yok olan olarak diye sonra
once ise biz ben siz onlar bize bana size
"""
_FUNCTION_WORDS = frozenset(_PASSED_OVER.split())


def words(text: str) -> list[str]:
    """Split a text into its folded words, without the endings after an apostrophe."""
    return _words_of(fold(text))


def analyse(text: str) -> list[str]:
    """Give the distinct search tokens of a text in the order of their first coming; all of them letters and digits.

    Words come as stems. A number written with separators comes whole and in parts: a parcel, a telephone,
    a number plate, a date, a case number.
    """
    folded = fold(text)
    tokens = dict.fromkeys(map(stem, _words_of(folded)))
    if _DIGITS.search(folded):
        for found in _NUMBERS.finditer(folded):
            tokens.update(dict.fromkeys(_number_tokens(found)))
    return list(tokens)


def query_terms(text: str) -> list[str]:
    """Give the tokens that a text must all have to answer this question.

    A number with separators is asked for whole; words like "ve" and "için" count only where nothing else was asked.
    """
    folded = fold(text)
    numbers: dict[str, None] = {}

    def take(found: re.Match[str]) -> str:
        numbers[_number_tokens(found)[0]] = None
        return " "

    asked = _words_of(_NUMBERS.sub(take, folded))
    telling = [word for word in asked if word not in _FUNCTION_WORDS]
    return list(dict.fromkeys([*numbers, *map(stem, telling if telling or numbers else asked)]))


def _words_of(folded: str) -> list[str]:
    if any(mark in folded for mark in "'’`ʼ"):
        return [before or whole for before, whole in _WORD.findall(folded)]
    return (_ASCII_SIGNS if folded.isascii() else _SIGNS).findall(folded)


def _number_tokens(found: re.Match[str]) -> list[str]:
    """Give the number whole, in the one way that all its spellings share, then other ways to ask for it."""
    lot, parcel = found["lot"] or found["lot2"], found["parcel"] or found["parcel2"]
    if lot:
        return [f"{lot}x{parcel}"]
    if found["slashed"]:
        return ["x".join(_DIGITS.findall(found["slashed"]))]
    if found["area"]:
        local = "".join(_DIGITS.findall(found["local"]))
        return [found["area"] + local, local]
    return ["".join(_SIGNS.findall(found[0]))]
