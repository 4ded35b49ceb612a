"""The receipt a citizen takes home: her number, her secret code, what happens next and by when."""

from dataclasses import dataclass
from enum import StrEnum

from mimer.paper.identity import Identity
from mimer.paper.press import press
from mimer.paper.qr import qr_svg


class ReceiptSize(StrEnum):
    """The papers a receipt is printed on: a sheet, half a sheet, or the roll of a receipt printer."""

    A4 = "a4"
    A5 = "a5"
    ROLL = "roll"


@dataclass(frozen=True, slots=True)
class Receipt:
    """Every text on the receipt (başvuru belgesi), in the language it is printed in."""

    language: str
    title: str
    number_label: str
    number: str
    secret_label: str
    secret: str
    promise_label: str
    promise: str
    facts: tuple[tuple[str, str], ...]
    steps_label: str
    steps: tuple[str, ...]
    follow_label: str
    follow: str
    link: str
    link_shown: str
    privacy: str
    printed: str = ""


def receipt_pdf(receipt: Receipt, identity: Identity, size: ReceiptSize = ReceiptSize.A5) -> bytes:
    """Print a receipt as PDF."""
    return press(
        "roll" if size is ReceiptSize.ROLL else "receipt",
        {
            "identity": identity.as_data(),
            "size": size.value,
            "language": receipt.language,
            "title": receipt.title,
            "number_label": receipt.number_label,
            "number": receipt.number,
            "secret_label": receipt.secret_label,
            "secret": receipt.secret,
            "promise_label": receipt.promise_label,
            "promise": receipt.promise,
            "facts": receipt.facts,
            "steps_label": receipt.steps_label,
            "steps": receipt.steps,
            "follow_label": receipt.follow_label,
            "follow": receipt.follow,
            "link_shown": receipt.link_shown,
            "link": receipt.link,
            "qr": qr_svg(receipt.link),
            "privacy": receipt.privacy,
            "printed": receipt.printed,
        },
    )
