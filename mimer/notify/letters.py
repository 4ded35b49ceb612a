"""Letters: the texts in `letters/`, one file per letter, form and language, filled in with plain words."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from mimer.municipality.kinds import Way
from mimer.municipality.named import known_language as known_language

TO_CITIZENS = Path(__file__).parent / "letters"
TO_UNITS = Path(__file__).parent / "unit_letters"
# A text message and a telephone call have words of their own; a letter by post reads like an e-mail.
FORMS: dict[str, str] = {Way.SMS: ".sms", Way.PHONE: ".call"}
SPOT = re.compile(r"\{(\w+)\}")


class BadLetter(Exception):
    """A text is missing, or asks for a word that nobody gives."""


@dataclass(frozen=True)
class Written:
    """A letter ready to go: its subject (none for SMS and calls) and its words."""

    subject: str
    body: str


def write(letter: str, way: str, language: str, words: Mapping[str, str], folder: Path = TO_CITIZENS) -> Written:
    """Fills in a letter for a way, in a language."""
    form = FORMS.get(way, "")
    text = _text(folder / f"{letter}{form}.{known_language(language)}.txt")
    if form:
        return Written("", fill(text, words))
    subject, _line, body = text.partition("\n")
    return Written(fill(subject, words), fill(body, words))


def outcome_sentence(outcome: str, language: str) -> str:
    """What an outcome means, in one sentence to the citizen."""
    return str(_outcomes().get(outcome, {}).get(known_language(language), ""))


def fill(text: str, words: Mapping[str, str]) -> str:
    """Puts the words in; a line one of whose words is empty is left out, so that texts need no conditions."""
    kept = []
    for line in text.strip().split("\n"):
        names = SPOT.findall(line)
        if unknown := [name for name in names if name not in words]:
            raise BadLetter(f"nobody gives {', '.join(unknown)}")
        if all(words[name] for name in names):
            kept.append(SPOT.sub(lambda spot: words[spot[1]], line))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


@cache
def _text(path: Path) -> str:
    if not path.exists():
        raise BadLetter(f"there is no letter {path.name}")
    return path.read_text(encoding="utf-8").strip()


@cache
def _outcomes() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads((TO_CITIZENS / "outcomes.json").read_text(encoding="utf-8"))
    return found
