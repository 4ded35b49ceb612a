"""Letters: every told event has its texts in both languages and all forms, and no text asks for a word nobody gives."""

import pytest

from mimer.cases.rules import RULES
from mimer.cases.states import Outcome
from mimer.municipality.kinds import Way
from mimer.notify import letters
from mimer.notify.told import LETTERS, TOLD, TRACKING_LINK, words_for
from tests.cast import House

WAYS = [Way.EMAIL, Way.LETTER, Way.SMS, Way.PHONE]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["tr", "en"])
@pytest.mark.parametrize("way", WAYS)
def test_every_told_event_has_a_letter_for_every_way_in_both_languages(house: House, way: str, language: str) -> None:
    words = words_for(house.assigned().events.first(), language)
    for letter in LETTERS:
        written = letters.write(letter, way, language, dict.fromkeys(words, "x"))
        assert written.body
        assert bool(written.subject) == (way in (Way.EMAIL, Way.LETTER))


def test_the_link_that_a_citizen_asks_for_has_its_letters() -> None:
    words = dict.fromkeys(["name", "number", "link", "phone", "municipality"], "x")
    for way in (Way.EMAIL, Way.SMS):
        for language in ("tr", "en"):
            assert letters.write(TRACKING_LINK, way, language, words).body


def test_only_verbs_of_the_table_are_told() -> None:
    assert set(TOLD) <= {*RULES, "open_case"}


@pytest.mark.parametrize("language", ["tr", "en"])
def test_every_outcome_that_is_told_has_its_sentence(language: str) -> None:
    for outcome in set(Outcome) - {Outcome.INVALID}:
        assert letters.outcome_sentence(outcome, language)


def test_a_line_without_its_word_is_left_out_and_leaves_no_gap() -> None:
    text = "Başvuru: {number}\n\nSon gün: {due}\n\nİyi günler."
    assert letters.fill(text, {"number": "2026-000001", "due": ""}) == "Başvuru: 2026-000001\n\nİyi günler."


def test_words_that_look_like_placeholders_stay_words() -> None:
    assert letters.fill("{words}", {"words": "{number} {0} %(x)s {{ y }}"}) == "{number} {0} %(x)s {{ y }}"


def test_a_text_that_asks_for_a_word_nobody_gives_is_refused() -> None:
    with pytest.raises(letters.BadLetter, match="colour"):
        letters.fill("{colour}", {})
