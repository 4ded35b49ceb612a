"""Folding, Turkish case, alphabetical order and slugs."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mimer.turkish import fold, lower, slug, sort_key, upper

TURKISH = st.text(alphabet="abcçdefgğhıijklmnoöprsştuüvyzâîûABCÇDEFGĞHIİJKLMNOÖPRSŞTUÜVYZÂÎÛ '-.")


@pytest.mark.parametrize(
    "spelling", ["KAZIMKARABEKİR", "KAZIMKARABEKIR", "Kazımkarabekir", "kazimkarabekir", "  Kazım\u200bkarabekir\n"]
)
def test_every_spelling_of_a_name_folds_to_one(spelling: str) -> None:
    assert fold(spelling) == "kazimkarabekir"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("İstanbul'da IRMAK", "istanbul'da irmak"),
        ("Çağrı Öztürk Şükrü", "cagri ozturk sukru"),
        ("Hâlâ kâğıt, imlâ, sükûn, millî", "hala kagit, imla, sukun, milli"),
        ("I\u0307zmir", "izmir"),
        ("Straße Ærø Łódź Əli", "strasse aero lodz eli"),
        ("Mu\u0308du\u0308rlu\u0308g\u0306u\u0308", "mudurlugu"),
        ("a \t\n b\u00a0c", "a b c"),
        ("nul\x00byte", "nulbyte"),
        ("Ⅳ. kat ℡", "iv. kat tel"),
        ("", ""),
        ("İ", "i"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
@example("ǅ ϓ ﬁ ŉ İ")
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(TURKISH)
def test_case_and_composition_never_matter_to_folding(text: str) -> None:
    assert fold(text).isascii()
    assert fold(text) == fold(upper(text)) == fold(lower(text)) == fold(unicodedata.normalize("NFD", text))


@given(TURKISH)
def test_upper_and_lower_case_undo_each_other(text: str) -> None:
    assert lower(upper(text)) == lower(text)
    assert upper(lower(text)) == upper(text)
    assert len(lower(text)) == len(text)


def test_dotted_and_dotless_i_keep_their_dots() -> None:
    assert lower("IĞDIR İLİ") == "ığdır ili"
    assert upper("ığdır ili") == "IĞDIR İLİ"
    assert lower("I\u0307") == "i"


def test_names_stand_in_the_order_of_the_turkish_alphabet() -> None:
    in_order = ["Cumhuriyet", "Çelik", "Gesi", "Gültepe", "Ilgaz", "İldem", "Oğuz", "Öz", "Selçuklu", "Şeker", "Ünye"]
    assert sorted(in_order, key=sort_key) == in_order


def test_blanks_sort_before_digits_and_digits_before_letters() -> None:
    in_order = ["19 Mayıs", "30 Ağustos", "Gesi", "Gesi Fatih", "Gesibağları"]
    assert sorted(in_order, key=sort_key) == in_order


def test_a_hat_does_not_move_a_word_and_a_foreign_accent_neither() -> None:
    assert sort_key("Hâlâ") == sort_key("Hala")
    assert sort_key("José") == sort_key("jose")


@given(TURKISH)
def test_sort_keys_are_ascii_so_that_every_database_agrees(text: str) -> None:
    assert sort_key(text).isascii()


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Kıranardı Mah.", "kiranardi-mah"), ("Ağırnas", "agirnas"), ("İş Yeri/Ruhsat", "is-yeri-ruhsat"), ("…", "")],
)
def test_slug(name: str, expected: str) -> None:
    assert slug(name) == expected
