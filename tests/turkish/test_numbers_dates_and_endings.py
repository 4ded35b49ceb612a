"""Numbers, dates, spans of time and case endings, in Turkish and in English."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mimer import turkish

THURSDAY = date(2026, 1, 15)
NOON = datetime(2026, 1, 15, 12, 0)  # noqa: DTZ001


def test_numbers_carry_turkish_or_english_separators() -> None:
    assert turkish.number(1234567) == "1.234.567"
    assert turkish.number(1234.5) == "1.234,5"
    assert turkish.number(Decimal("1234.50"), 2) == "1.234,50"
    assert turkish.number(1234.5, language="en") == "1,234.5"
    assert turkish.number(-3.0) == "-3"


def test_the_sign_stands_before_a_turkish_percentage() -> None:
    assert turkish.percent(95) == "%95"
    assert turkish.percent(99.66, 1) == "%99,7"
    assert turkish.percent(99.66, 1, language="en") == "99.7%"


def test_money_in_official_letters() -> None:
    assert turkish.money(Decimal("1234.5")) == "1.234,50 TL"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0, "sıfır"),
        (7, "yedi"),
        (10, "on"),
        (100, "yüz"),
        (256, "iki yüz elli altı"),
        (1000, "bin"),
        (1110, "bin yüz on"),
        (2026, "iki bin yirmi altı"),
        (100_001, "yüz bin bir"),
        (1_001_000, "bir milyon bin"),
        (2_001_001_000, "iki milyar bir milyon bin"),
        (-5, "eksi beş"),
    ],
)
def test_numbers_as_they_are_said(value: int, said: str) -> None:
    assert turkish.spoken_number(value) == said


def test_a_number_beyond_all_words_is_refused() -> None:
    with pytest.raises(ValueError, match="no Turkish word"):
        turkish.spoken_number(10**15)


@given(st.lists(st.integers(0, 10**15 - 1), min_size=2, max_size=2, unique=True))
def test_two_numbers_are_never_said_alike(pair: list[int]) -> None:
    assert turkish.spoken_number(pair[0]) != turkish.spoken_number(pair[1])


def test_a_case_number_is_spelled_in_groups_for_the_telephone() -> None:
    assert turkish.spell_digits("2026-000123") == "iki sıfır, iki altı, sıfır sıfır sıfır, bir iki üç"
    assert turkish.spell_digits("26-01", language="en") == "two six, zero one"


def test_letters_of_a_code_are_spelled_as_towns() -> None:
    assert turkish.spell_digits("K7İi") == "Kars yedi, İzmir Isparta"
    assert turkish.spell_digits("k7", language="en") == "Kilo seven"


def test_dates_are_written_in_full() -> None:
    assert turkish.long_date(THURSDAY) == "15 Ocak 2026 Perşembe"
    assert turkish.long_date(THURSDAY, language="en") == "Thursday 15 January 2026"
    assert turkish.until(THURSDAY) == "15 Ocak 2026 Perşembe gününe kadar"
    assert turkish.until(THURSDAY, language="en") == "by Thursday 15 January 2026"
    assert turkish.short_date(date(2026, 3, 5)) == "05.03.2026"
    assert turkish.short_date(date(2026, 3, 5), language="en") == "5 Mar 2026"


def test_times_of_day() -> None:
    assert turkish.clock(time(8, 30)) == "08.30"
    assert turkish.clock(NOON, language="en") == "12:00"
    assert turkish.moment(NOON) == "15 Ocak 2026 Perşembe, 12.00"


@pytest.mark.parametrize(
    ("due", "tr", "en"),
    [
        (NOON + timedelta(days=3, hours=2), "3 gün kaldı", "3 days left"),
        (NOON + timedelta(hours=1), "1 saat kaldı", "1 hour left"),
        (NOON - timedelta(hours=2, minutes=40), "2 saat gecikti", "2 hours late"),
        (NOON - timedelta(minutes=1), "1 dakika gecikti", "1 minute late"),
    ],
)
def test_time_left(due: datetime, tr: str, en: str) -> None:
    assert turkish.time_left(due, NOON) == tr
    assert turkish.time_left(due, NOON, language="en") == en


@pytest.mark.parametrize(
    ("days", "tr", "en"),
    [
        (3, "3 gün kaldı", "3 days left"),
        (1, "yarın son gün", "due tomorrow"),
        (0, "bugün son gün", "due today"),
        (-1, "1 gün gecikti", "1 day late"),
    ],
)
def test_day_left(days: int, tr: str, en: str) -> None:
    due = THURSDAY + timedelta(days=days)
    assert turkish.day_left(due, THURSDAY) == tr
    assert turkish.day_left(due, THURSDAY, language="en") == en


def test_ago() -> None:
    assert turkish.ago(NOON - timedelta(seconds=20), NOON) == "az önce"
    assert turkish.ago(NOON - timedelta(minutes=5), NOON) == "5 dakika önce"
    assert turkish.ago(NOON - timedelta(days=1), NOON, language="en") == "1 day ago"


@pytest.mark.parametrize(
    ("name", "towards", "of", "at", "from_"),
    [
        ("Melikgazi", "Melikgazi’ye", "Melikgazi’nin", "Melikgazi’de", "Melikgazi’den"),
        ("Talas", "Talas’a", "Talas’ın", "Talas’ta", "Talas’tan"),
        ("Ürgüp", "Ürgüp’e", "Ürgüp’ün", "Ürgüp’te", "Ürgüp’ten"),
        ("15.00", "15.00’e", "15.00’in", "15.00’te", "15.00’ten"),
        ("13.30", "13.30’a", "13.30’un", "13.30’da", "13.30’dan"),
        ("2026", "2026’ya", "2026’nın", "2026’da", "2026’dan"),
        (
            "Zabıta Müdürlüğü",
            "Zabıta Müdürlüğüne",
            "Zabıta Müdürlüğünün",
            "Zabıta Müdürlüğünde",
            "Zabıta Müdürlüğünden",
        ),
        ("Gesi Caddesi", "Gesi Caddesi’ne", "Gesi Caddesi’nin", "Gesi Caddesi’nde", "Gesi Caddesi’nden"),
    ],
)
def test_case_endings_follow_the_sound_of_the_name(name: str, towards: str, of: str, at: str, from_: str) -> None:
    assert turkish.dative(name) == towards
    assert turkish.genitive(name) == of
    assert turkish.locative(name) == at
    assert turkish.ablative(name) == from_


def test_accusative() -> None:
    assert turkish.accusative("Melikgazi") == "Melikgazi’yi"
    assert turkish.accusative("Belediye Meclisi") == "Belediye Meclisini"


@pytest.mark.parametrize(("name", "too"), [("Tuğba Ovalı", "Tuğba Ovalı da"), ("İsmail İğde", "İsmail İğde de"),
                                           ("Ramazan Tokat", "Ramazan Tokat da"), ("Nur Öz", "Nur Öz de")])  # fmt: skip
def test_also_follows_the_name_apart_and_never_hardens(name: str, too: str) -> None:
    assert turkish.too(name) == too
