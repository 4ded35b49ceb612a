"""Guesses from somebody's words which subject is meant: shared stems, rare ones counting more, often asked subjects first."""

import itertools
import math
from collections import Counter
from dataclasses import dataclass

from django.core.cache import cache

from mimer.turkish import analyse

from .models import Subject

# How much a word tells, by where it stands in what we know of a subject.
NAME, PHRASE, HINT = 1.0, 3.0, 0.4
# Half a point for a subject that comes a hundred times as often as another: it decides only between equals.
OFTEN = 0.11
STAMP = "subject_finder"
_stamps = itertools.count()
_kept: dict[int, "_Knowledge"] = {}


def suggest_subjects(text: str, limit: int = 5) -> list[Subject]:
    """The active subjects that fit these words best, best first; none when no word is known."""
    tokens = analyse(text)
    if not tokens:
        return []
    ranked = _knowledge().rank(tokens)[:limit]
    found = (
        Subject.objects.filter(active=True).select_related("category", "unit").in_bulk([pk for pk, _score in ranked])
    )
    return [found[pk] for pk, _score in ranked if pk in found]


@dataclass(frozen=True)
class _Knowledge:
    """What the subjects are called, as stems."""

    words: dict[str, list[tuple[int, float]]]  # stem → subjects with the weight of the stem there
    phrases: dict[str, list[tuple[int, frozenset[str], float]]]  # first stem → whole keywords of several words
    often: dict[int, float]

    def rank(self, tokens: list[str]) -> list[tuple[int, float]]:
        scores: Counter[int] = Counter()
        said = set(tokens)
        for token in said:
            for pk, weight in self.words.get(token, ()):
                scores[pk] += weight  # type: ignore[assignment]
            for pk, phrase, weight in self.phrases.get(token, ()):
                if phrase <= said:
                    scores[pk] += weight  # type: ignore[assignment]
        return sorted(
            ((pk, score + self.often[pk]) for pk, score in scores.items()), key=lambda pair: (-pair[1], pair[0])
        )


def _knowledge() -> _Knowledge:
    """Read again at most once a minute, or when the cache was cleared."""
    stamp = cache.get(STAMP)
    if stamp is None or stamp not in _kept:
        rows = list(
            Subject.objects.filter(active=True).values_list(
                "pk", "name_tr", "name_en", "keywords_tr", "hint_tr", "weight"
            )
        )
        stamp = next(_stamps) if stamp is None else stamp
        _kept.clear()
        _kept[stamp] = _learn(rows)
        cache.set(STAMP, stamp, 60)
    return _kept[stamp]


def _learn(rows: list[tuple[int, str, str, str, str, int]]) -> _Knowledge:
    stems: dict[int, dict[str, float]] = {}
    phrases: list[tuple[int, frozenset[str]]] = []
    for pk, name, english, keywords, hint, _weight in rows:
        known = stems.setdefault(pk, {})
        for stem in analyse(hint):
            known[stem] = HINT
        for keyword in keywords.split("|"):
            parts = analyse(keyword)
            if len(parts) > 1:
                phrases.append((pk, frozenset(parts)))
            for stem in parts:
                known[stem] = max(known.get(stem, 0), 1.0 if len(parts) == 1 else 1 / len(parts))
        for stem in analyse(f"{name} {english}"):
            known[stem] = known.get(stem, 0) + NAME
    return _weighed(rows, stems, phrases)


def _weighed(
    rows: list[tuple[int, str, str, str, str, int]],
    stems: dict[int, dict[str, float]],
    phrases: list[tuple[int, frozenset[str]]],
) -> _Knowledge:
    """Multiplies by rarity: a word that half of the subjects know says little."""
    spread = Counter(stem for known in stems.values() for stem in known)
    rarity = {stem: math.log(1 + len(rows) / count) for stem, count in spread.items()}
    words: dict[str, list[tuple[int, float]]] = {}
    for pk, known in stems.items():
        for stem, weight in known.items():
            words.setdefault(stem, []).append((pk, weight * rarity[stem]))
    begun: dict[str, list[tuple[int, frozenset[str], float]]] = {}
    for pk, phrase in phrases:
        weight = PHRASE * sum(rarity[stem] for stem in phrase) / len(phrase)
        begun.setdefault(min(phrase), []).append((pk, phrase, weight))
    return _Knowledge(words, begun, {row[0]: OFTEN * math.log(1 + row[-1]) for row in rows})
