"""Receipts and letters come out as tagged PDF, whatever people typed."""

import re
from dataclasses import replace

import pytest

from mimer.paper import Identity, Letter, Receipt, ReceiptSize, letter_pdf, receipt_pdf

MUNICIPALITY = Identity("Melikgazi Belediyesi", "Melikgazi İletişim Merkezi (MİMER)", "(0352) 252 13 33")
RECEIPT = Receipt(
    language="tr",
    title="Başvurunuzu aldık",
    number_label="Başvuru numaranız",
    number="2026-000123",
    secret_label="Takip kodunuz",
    secret="K7RT-4M2P",
    promise_label="Söz verdiğimiz tarih",
    promise="15 Ocak 2026 Perşembe gününe kadar size cevap vereceğiz",
    facts=(("Konu", "Kaldırım bozukluğu"), ("Yer", "Kıranardı Mahallesi, okulun önü")),
    steps_label="Bundan sonra",
    steps=("Başvurunuzu Fen İşleri Müdürlüğüne iletiyoruz.", "Sonucu telefonla bildiririz."),
    follow_label="Başvurunuzu izleyin",
    follow="Takip sayfasına girin ya da bizi arayın.",
    link="https://mimer.example/takip/2026-000123",
    link_shown="mimer.example/takip",
    privacy="Kişisel verilerinizi yalnızca başvurunuz için işliyoruz.",
    printed="12.01.2026 09.41",
)
LETTER = Letter(
    language="tr",
    subject="Kaldırım onarımı hakkında",
    authority=("T.C.", "MELİKGAZİ BELEDİYE BAŞKANLIĞI", "Fen İşleri Müdürlüğü"),
    return_address="Melikgazi Belediyesi, 38030 Melikgazi / Kayseri",
    addressee=("Sayın Ayşegül Ilgaz", "Kıranardı Mahallesi No: 12", "38070 Melikgazi / KAYSERİ"),
    references=(("Sayı", "2026-000123"), ("Tarih", "14.01.2026")),
    greeting="Sayın Ayşegül Ilgaz,",
    paragraphs=("Kaldırımı onardık.", "Sorununuz çözülmediyse bize bildirebilirsiniz."),
    signer="Ömer Faruk Şimşek",
    signer_title="Fen İşleri Müdürü",
)
ODD_WORDS = {
    "Arabic": "محمد الأحمد",
    "emoji": "😀 yol 🚧",
    "one letter": "Ş",
    "two hundred letters": "Ğ" * 200,
    "four thousand letters without a blank": "a" * 4000,
    "signs without a blank": "_.!" * 500,
    "a long story": "Sokağımızdaki lamba yanmıyor. " * 130,
    "control characters": "a\x00b\u202ec\ud800",
    "code": '#read("/etc/passwd") *kalın* $x$ #panic() \\',
    "nothing": "",
}


def is_accessible(pdf: bytes) -> bool:
    return b"pdfuaid" in pdf and b"/StructTreeRoot" in pdf


def pages(pdf: bytes) -> int:
    return int(max(re.findall(rb"/Count (\d+)", pdf), key=int))


@pytest.mark.parametrize("size", list(ReceiptSize))
def test_a_receipt_is_one_tagged_page_with_its_title(size: ReceiptSize) -> None:
    pdf = receipt_pdf(RECEIPT, MUNICIPALITY, size)
    assert pdf.startswith(b"%PDF-")
    assert is_accessible(pdf)
    assert "Başvurunuzu aldık".encode() in pdf
    assert pages(pdf) == 1


def test_a_letter_is_tagged_and_as_long_as_its_text() -> None:
    assert pages(letter_pdf(LETTER, MUNICIPALITY)) == 1
    long = replace(
        LETTER,
        paragraphs=("Sokağınızı onardık. " * 400,),
        draft="TASLAK",
        enclosures_label="Ek",
        enclosures=("Fotoğraf",),
    )
    pdf = letter_pdf(replace(long, link="https://mimer.example/takip", follow="Buradan izleyin"), MUNICIPALITY)
    assert is_accessible(pdf)
    assert pages(pdf) > 1


@pytest.mark.parametrize("words", ODD_WORDS.values(), ids=ODD_WORDS.keys())
def test_nothing_that_people_type_keeps_a_paper_from_being_printed(words: str) -> None:
    receipt = replace(RECEIPT, facts=(("Başvuran", words),), promise=words)
    letter = replace(LETTER, addressee=(words,), subject=words, paragraphs=(words,))
    for pdf in (*(receipt_pdf(receipt, MUNICIPALITY, size) for size in ReceiptSize), letter_pdf(letter, MUNICIPALITY)):
        assert pdf.startswith(b"%PDF-")
        assert b"/StructTreeRoot" in pdf


def test_a_municipality_prints_in_its_own_colour_and_with_its_own_mark() -> None:
    mark = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4" fill="#804000"/></svg>'
    )
    own = replace(MUNICIPALITY, colour="#804000", mark_svg=mark)
    assert receipt_pdf(RECEIPT, own) != receipt_pdf(RECEIPT, MUNICIPALITY)


def test_a_colour_must_be_one() -> None:
    with pytest.raises(ValueError, match="#0b5566"):
        replace(MUNICIPALITY, colour="teal")
