"""Stems: cut the endings off a folded Turkish word, so that all its inflections meet in one short form."""

from functools import lru_cache
from itertools import product

_VOWELS = "aeiou"
_HARD = "cfhkpst"
_LONGEST_STEM = 6

# Endings by the length of word they must leave. A, I and D stand for the letters that harmony chooses between.
# Verbs need no list: their endings lie beyond the sixth letter, where every stem is cut.
_ENDINGS_BY_REST = {
    2: "lAr DAn DAki",
    3: "DA ndA ndAn ndAki nInki nIn ImIz InIz mIz nIz sIz lIk lIg lI ylA lA sI yI yA In Im I A nA nI",
    4: "m",
}
# Words of two letters that citizens use daily: house, water, work, grass, month, province.
_SHORT_WORDS = frozenset({"ev", "su", "is", "ot", "ay", "il"})
# Water takes a y of its own before its endings: suyu, suyumuz.
_IRREGULAR = {"suy": "su"}
_AFTER_VOWEL = frozenset(["si", "su", "nin", "nun"])
# These are possessives and may follow any letter; the other endings in n follow the possessive's own vowel.
_OF_ANY_ROOT = frozenset(["niz", "nuz", "ninki", "ninku", "nunki", "nunku"])
_SOUNDS = {"A": "ae", "I": "iu", "D": "dt"}
# A stem's last letter softens before a vowel: kitap, kitabı; sokak, sokağı.
_HARDENED = str.maketrans("gbd", "kpt")


def _spelled_out() -> dict[str, int]:
    return {
        "".join(letters): rest
        for rest, endings in _ENDINGS_BY_REST.items()
        for ending in endings.split()
        for letters in product(*(_SOUNDS.get(sound, sound) for sound in ending))
    }


_ENDINGS = _spelled_out()
_LONGEST_ENDING = max(map(len, _ENDINGS))


@lru_cache(maxsize=131_072)
def stem(word: str) -> str:
    """Give the short form of one folded word: `kaldirimlarin`, `kaldirima` and `kaldirim` all give `kaldir`."""
    if not word.isalpha() or not word.isascii():
        return word
    rest = word
    while (shorter := _without_ending(rest)) != rest:
        rest = shorter
    rest = _IRREGULAR.get(rest, rest)
    if len(rest) > 3 and rest.endswith("n"):
        # "binan" (your building) and "insan" (human) end alike; both lose the n, so neither is torn from its family.
        rest = rest[:-1]
    rest = rest[:_LONGEST_STEM]
    return rest[:-1] + rest[-1].translate(_HARDENED) if len(rest) > 2 else rest


def _without_ending(word: str) -> str:
    for length in range(min(_LONGEST_ENDING, len(word) - 2), 0, -1):
        root, ending = word[:-length], word[-length:]
        least = _ENDINGS.get(ending)
        if least and (len(root) >= least or root in _SHORT_WORDS) and _fits(root, ending):
            return root
    return word


def _fits(root: str, ending: str) -> bool:
    """Tell whether Turkish would put this ending on this root; folding hides part of harmony, the rest still helps."""
    vowel = next((letter for letter in reversed(root) if letter in _VOWELS), "")
    if not vowel:
        return False
    first = next((letter for letter in ending if letter in _VOWELS), "")
    if (first == "u" and vowel not in "ou") or (first == "i" and vowel not in "aei"):
        return False
    after_vowel = root[-1] in _VOWELS
    opening = ending[0]
    if opening in _VOWELS or (opening == "l" and len(ending) == 2):
        return not after_vowel
    if opening in "td":
        return (opening == "t") == (root[-1] in _HARD)
    if opening in "ym" or ending in _AFTER_VOWEL:
        return after_vowel
    return root[-1] in "iu" if opening == "n" and ending not in _OF_ANY_ROOT else True
