"""The letter to a citizen, for the print queue: an official letter that fits an envelope with a window."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mimer.paper.identity import Identity
from mimer.paper.press import press
from mimer.paper.qr import qr_svg


@dataclass(frozen=True, slots=True)
class Letter:
    """Every text of the letter (yazı); `draft` is the word printed across a page that is not yet signed."""

    language: str
    subject: str
    authority: tuple[str, ...]
    return_address: str
    addressee: tuple[str, ...]
    references: tuple[tuple[str, str], ...]
    greeting: str
    paragraphs: tuple[str, ...]
    signer: str
    signer_title: str
    closing: str = ""
    enclosures_label: str = ""
    enclosures: tuple[str, ...] = ()
    follow: str = ""
    link: str = ""
    draft: str = ""


def letter_pdf(letter: Letter, identity: Identity) -> bytes:
    """Print a letter as PDF."""
    return letters_pdf([letter], identity, title=letter.subject)


def letters_pdf(letters: Sequence[Letter], identity: Identity, *, title: str) -> bytes:
    """Print letters one after the other as one PDF, each counting its own pages."""
    return press(
        "letter",
        {
            "identity": identity.as_data(),
            "language": letters[0].language,
            "title": title,
            "letters": [_as_data(letter) for letter in letters],
        },
    )


def _as_data(letter: Letter) -> dict[str, Any]:
    return {
        "language": letter.language,
        "title": letter.subject,
        "authority": letter.authority,
        "return_address": letter.return_address,
        "addressee": letter.addressee,
        "references": letter.references,
        "greeting": letter.greeting,
        "paragraphs": letter.paragraphs,
        "closing": letter.closing,
        "signer": letter.signer,
        "signer_title": letter.signer_title,
        "enclosures_label": letter.enclosures_label,
        "enclosures": letter.enclosures,
        "follow": letter.follow,
        "link": letter.link,
        "qr": qr_svg(letter.link) if letter.link else "",
        "draft": letter.draft,
    }
