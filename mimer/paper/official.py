"""The official answer (resmî yazı) as a draft for the document system: the same words as PDF and as DOCX, unsigned."""

from dataclasses import asdict, dataclass
from io import BytesIO

from docx import Document
from docx.document import Document as Opened
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from mimer.paper.identity import Identity
from mimer.paper.press import press, printable

_FACE = "Times New Roman"
_INDENT = Cm(1.25)
_NAMES = Cm(1.6)


@dataclass(frozen=True, slots=True)
class OfficialLetter:
    """Every text of an unsigned official letter; number and day are lines the document system fills in."""

    title: str
    draft: str
    draft_note: str
    authority: tuple[str, ...]
    number_label: str
    number_hint: str
    day_label: str
    subject_label: str
    subject: str
    addressee: tuple[str, ...]
    reference_label: str
    references: tuple[str, ...]
    paragraphs: tuple[str, ...]
    remedy: str
    closing: str
    signer: str
    signer_title: str
    contact: tuple[str, ...]


def official_pdf(letter: OfficialLetter, identity: Identity) -> bytes:
    """Print the draft as PDF/UA-1."""
    data = {"identity": identity.as_data(), "language": "tr", "title": letter.title, "letter": asdict(letter)}
    return press("official", data)


def official_docx(letter: OfficialLetter) -> bytes:
    """Write the draft as DOCX, for whoever finishes it in the document system."""
    document = Document()
    _set_up(document, letter)
    _head(document, letter)
    for number, reference in enumerate(letter.references):
        _named(document, letter.reference_label if number == 0 else "", reference)
    _gap(document)
    texts = [text for text in (*letter.paragraphs, letter.remedy, letter.closing) if text]
    for number, text in enumerate(texts, start=1):
        body = document.add_paragraph(printable(text))
        body.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        body.paragraph_format.first_line_indent = _INDENT
        body.paragraph_format.space_after = Pt(6)
        body.paragraph_format.keep_with_next = number >= len(texts) - 1  # no signature stands alone on its page
    _signature(document, letter)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _set_up(document: Opened, letter: OfficialLetter) -> None:
    """A4 with the margins of official letters, the draft's word on top of every page, the contact line at its foot."""
    document.core_properties.title = printable(letter.title)
    document.core_properties.author = printable(letter.authority[1])
    document.core_properties.language = "tr-TR"
    style = document.styles["Normal"]
    style.font.name, style.font.size = _FACE, Pt(12)
    style.paragraph_format.space_after = Pt(0)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "tr-TR")
    style.element.get_or_add_rPr().append(language)
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.5)
    page.top_margin, page.bottom_margin = Cm(2.5), Cm(2)
    _draft_mark(page.header.paragraphs[0], letter)
    foot = page.footer.paragraphs[0]
    foot.text = printable("\n".join(letter.contact))
    for run in foot.runs:
        run.font.size = Pt(9)


def _draft_mark(head: Paragraph, letter: OfficialLetter) -> None:
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    mark = head.add_run(printable(letter.draft))
    mark.bold, mark.font.size, mark.font.color.rgb = True, Pt(16), RGBColor(0xB3, 0x26, 0x1E)
    note = head.add_run(f"\n{printable(letter.draft_note)}")
    note.font.size = Pt(9)


def _head(document: Opened, letter: OfficialLetter) -> None:
    for line in letter.authority:
        _line(document, line, WD_ALIGN_PARAGRAPH.CENTER)
    _gap(document)
    _named(document, letter.number_label, letter.number_hint)
    _named(document, letter.day_label, letter.number_hint)
    _named(document, letter.subject_label, letter.subject)
    _gap(document)
    for number, line in enumerate(letter.addressee):
        name = _line(document, line, WD_ALIGN_PARAGRAPH.CENTER)
        for run in name.runs:  # an empty line has none
            run.bold = number == 0
    _gap(document)


def _signature(document: Opened, letter: OfficialLetter) -> None:
    """The signer's block stays in one piece at the right, with room above it."""
    for number, line in enumerate((letter.signer, letter.signer_title)):
        signer = _line(document, line, WD_ALIGN_PARAGRAPH.CENTER)
        signer.paragraph_format.left_indent = Cm(8.5)
        signer.paragraph_format.space_before = Pt(48 if number == 0 else 0)
        signer.paragraph_format.keep_with_next = number == 0


def _line(document: Opened, text: str, align: WD_ALIGN_PARAGRAPH | None = None) -> Paragraph:
    line = document.add_paragraph(printable(text))
    if align is not None:
        line.alignment = align
    return line


def _named(document: Opened, name: str, value: str) -> None:
    """A name, and at one height with the others what stands behind it, however many lines it takes."""
    line = document.add_paragraph()
    line.paragraph_format.tab_stops.add_tab_stop(_NAMES)
    line.paragraph_format.left_indent, line.paragraph_format.first_line_indent = _NAMES, -_NAMES
    line.add_run(printable(name))
    line.add_run("\t: " if name else "\t")
    line.add_run(printable(value))


def _gap(document: Opened) -> None:
    document.add_paragraph()
