"""The draft of an official letter: the same words as PDF and DOCX, marked as a draft on every page, whatever was typed."""

import io
from dataclasses import replace

import pytest
from docx import Document

from mimer.paper import Identity, OfficialLetter, official_docx, official_pdf

IDENTITY = Identity("Melikgazi Belediyesi", "MİMER")
LETTER = OfficialLetter(
    title="2026-000123 İmar durumu", draft="TASLAK", draft_note="İmzasızdır.",
    authority=("T.C.", "MELİKGAZİ BELEDİYE BAŞKANLIĞI", "İmar ve Şehircilik Müdürlüğü"), number_label="Sayı", number_hint="……",
    day_label="Tarih", subject_label="Konu", subject="İmar durumu", addressee=("Sayın Şükran Ilgaz", "Çay Sokak 5"),
    reference_label="İlgi", references=("05.03.2026 tarihli ve E-4521 sayılı dilekçeniz.",), paragraphs=("Konut alanıdır.",),
    remedy="15 gün içinde itiraz edebilirsiniz.", closing="Bilgilerinize sunulur.", signer="Kemal DENEME",
    signer_title="İmar ve Şehircilik Müdürü", contact=("Melikgazi Belediyesi", "Telefon: 0352 000 00 00"),
)  # fmt: skip
# What people type and paste: control signs, right-to-left marks, an endless word, a very long text.
ODD = ["a\x00b\x1fc", "\u202eters", "A" * 5000, "uzun söz " * 3000, "<b>&amp;</b> #set page() ]]>", ""]


def read(content: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs)


def test_the_pdf_is_tagged_and_named() -> None:
    pdf = official_pdf(LETTER, IDENTITY)
    assert pdf.startswith(b"%PDF-") and b"/MarkInfo" in pdf and b"pdfuaid" in pdf


def test_the_docx_holds_every_word_and_says_that_it_is_a_draft() -> None:
    content = official_docx(LETTER)
    words = read(content)
    for part in (
        *LETTER.authority, LETTER.subject, *LETTER.addressee, *LETTER.references, *LETTER.paragraphs, LETTER.remedy,
        LETTER.closing, LETTER.signer, LETTER.signer_title,
    ):  # fmt: skip
        assert part in words
    section = Document(io.BytesIO(content)).sections[0]
    assert "TASLAK" in section.header.paragraphs[0].text and "İmzasızdır." in section.header.paragraphs[0].text
    assert "Telefon: 0352 000 00 00" in section.footer.paragraphs[0].text


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_whatever_was_typed_becomes_paper(odd: str) -> None:
    letter = replace(LETTER, subject=odd, addressee=(odd, odd), paragraphs=(odd, "son söz"), signer=odd)
    assert official_pdf(letter, IDENTITY).startswith(b"%PDF-")
    assert "son söz" in read(official_docx(letter))
