"""Documents from data: receipts, letters, drafts, QR codes and spreadsheets; every text comes in, no case is known here."""

from mimer.paper.identity import Identity
from mimer.paper.letter import Letter, letter_pdf, letters_pdf
from mimer.paper.official import OfficialLetter, official_docx, official_pdf
from mimer.paper.qr import qr_png, qr_svg
from mimer.paper.receipt import Receipt, ReceiptSize, receipt_pdf
from mimer.paper.sheet import Column, write_xlsx
from mimer.paper.statement import Section, Statement, statement_pdf

__all__ = [
    "Column",
    "Identity",
    "Letter",
    "OfficialLetter",
    "Receipt",
    "ReceiptSize",
    "Section",
    "Statement",
    "letter_pdf",
    "letters_pdf",
    "official_docx",
    "official_pdf",
    "qr_png",
    "qr_svg",
    "receipt_pdf",
    "statement_pdf",
    "write_xlsx",
]
