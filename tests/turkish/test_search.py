"""Search words: the same text is found whatever case, accents or endings were typed."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mimer.turkish import analyse, fold, query_terms, stem, upper, words
from tests.shared_data import SHARED, needs_shared
from tests.turkish.inflections import HELD_OUT_NOUNS, inflections

VOCABULARY = SHARED / "trsearch" / "snowball_turkish_voc_stem.tsv.gz"


def finds(question: str, text: str) -> bool:
    return set(query_terms(question)) <= set(analyse(text))


@pytest.mark.parametrize(
    "question", ["kaldirim", "KALDIRIMLAR", "kaldırımın", "Kaldırımdaki", "KALDIRIM", "kaldırımlarımız"]
)
def test_a_pavement_is_found_by_all_its_spellings(question: str) -> None:
    assert finds(question, "Evimizin önündeki kaldırım kırık")


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("sokak", "Sokağımızda lamba yanmıyor"),
        ("sokağa", "sokak lambası"),
        ("çöp", "COPLER ALINMADI"),
        ("su", "Üç gündür suyumuz yok"),
        ("ev", "evimin önü"),
        ("köpek", "başıboş köpekler"),
        ("kitap", "kitabı kütüphaneye"),
        ("çukur yol", "Yolda çukurlar açıldı"),
        ("Kayserinin parki", "Kayseri'nin parkları"),
        ("toplanmıyor", "çöpler toplanmadı"),
        ("hala", "hâlâ gelinmedi"),
    ],
)
def test_words_are_found_by_other_inflections(question: str, text: str) -> None:
    assert finds(question, text)


@pytest.mark.parametrize(
    ("question", "text"), [("insan", "inşaat"), ("adam", "ada"), ("kanal", "kanat"), ("yol", "yon")]
)
def test_words_that_only_look_alike_stay_apart(question: str, text: str) -> None:
    assert not finds(question, text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("1234/5", "1234 ada 5 parsel için imar durumu"),
        ("1234 ada 5 parsel", "1234/5 sayılı parselin imarı"),
        ("Ada: 1234, Parsel: 5", "1234 nolu ada, 5 nolu parsel"),
        ("1234", "1234/5"),
        ("05321234567", "Beni 0532 123 45 67'den arayın"),
        ("+90 532 1234567", "tel. (0532) 123 45 67"),
        ("905321234567", "532-123-45-67"),
        ("252 13 33", "0352 252 13 33"),
        ("2026000123", "2026-000123 nolu başvurum"),
        ("2026-000123", "başvuru no 2026-000123"),
        ("38abc123", "38 ABC 123 plakalı araç"),
        ("15.01.2026", "15.01.2026 tarihinde"),
        ("a4", "A4 kâğıdı"),
        ("5", "5'inci kat"),
        ("12345678901", "12345678901"),
    ],
)
def test_numbers_are_found_as_they_were_written_and_otherwise(question: str, text: str) -> None:
    assert finds(question, text)


def test_parcels_are_not_mixed_up() -> None:
    assert not finds("123/45", "1234 ada 5 parsel")
    assert not finds("5/1234", "1234/5")


def test_function_words_count_only_when_nothing_else_is_asked() -> None:
    assert query_terms("kaldırım ve yol için") == query_terms("kaldırım yol")
    assert query_terms("ve")
    assert query_terms("   ") == query_terms("!?…") == []


def test_words_keep_their_order_and_lose_endings_after_an_apostrophe() -> None:
    assert words("Kayseri'nin PARKI, Ali’ye") == ["kayseri", "parki", "ali"]


@given(st.text())
def test_any_text_is_found_by_itself_and_tokens_are_plain(text: str) -> None:
    assert set(query_terms(text)) <= set(analyse(text))
    assert all(token.isalnum() or not token.isascii() for token in analyse(text))
    assert len(analyse(text)) == len(set(analyse(text)))


@given(st.text(alphabet="abcçdefgğhıijklmnoöprsştuüvyz .,'0123456789/-"))
def test_case_and_accents_never_matter_to_search(text: str) -> None:
    assert analyse(text) == analyse(upper(text)) == analyse(fold(text))


@needs_shared("trsearch")
def test_inflections_of_nouns_share_their_stem() -> None:
    """Nouns on which the endings were not tuned; only forms that stand in the vocabulary count."""
    with gzip.open(VOCABULARY, "rt", encoding="utf-8") as lines:
        vocabulary = {line.split("\t")[0] for line in lines}
    recalls = []
    for noun in HELD_OUT_NOUNS:
        forms = inflections(noun) & vocabulary
        if len(forms) >= 3:
            recalls.append(sum(stem(fold(form)) == stem(fold(noun)) for form in forms) / len(forms))
    assert len(recalls) > 100
    assert sum(recalls) / len(recalls) > 0.94
