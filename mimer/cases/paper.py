"""What came on paper: whether it is written at all, what its petition lacks, and whose pages these are."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from mimer.municipality.kinds import Channel
from mimer.turkish import fold

from .models import Attachment, AttachmentKind, Case, Petition, SignatureKind, Split

if TYPE_CHECKING:
    from django.db.models import QuerySet

# Words said or typed to us are no petition (3071 art. 4), and the document system numbers paper only.
SPOKEN = frozenset({Channel.PHONE, Channel.WHATSAPP, Channel.SOCIAL})
# How somebody signs who comes by these doors.
SIGNED_BY_DOOR = {Channel.KEP: SignatureKind.KEP, Channel.E_DEVLET: SignatureKind.E_DEVLET}


@dataclass
class Paper:
    """What a door saw of a petition: its signature and elements (3071 art. 4), its pages, its own dates and number."""

    signature_kind: str = SignatureKind.WET
    has_name: bool = True
    has_address: bool = True
    pages: int = 1
    delivered_at: datetime | None = None
    incoming_number: str = ""
    incoming_on: date | None = None

    def row_for(self, case: Case) -> Petition:
        """The petition of this case, unsaved."""
        return Petition(
            case=case, signature_kind=self.signature_kind, has_name=self.has_name, has_address=self.has_address,
            pages=self.pages, delivered_at=self.delivered_at, incoming_number=self.incoming_number.strip(),
            incoming_on=self.incoming_on,
        )  # fmt: skip


def is_written(case: Case) -> bool:
    """Whether a petition can stand behind it; a telephone call or a message never is one."""
    return case.channel not in SPOKEN


def petition_of(case: Case) -> Petition | None:
    """Its petition, or None where it came another way."""
    return Petition.objects.filter(case=case).first()


def pages_of(case: Case) -> "QuerySet[Attachment]":
    """The scanned pages in their order: its own, or those of the petition it was cut from unless that one is sensitive."""
    own = case.attachments.filter(kind=AttachmentKind.PETITION)
    origin = Split.objects.filter(part=case, origin__sensitive=False).values("origin")
    whole = Attachment.objects.filter(case__in=origin, kind=AttachmentKind.PETITION)
    return (own | whole).order_by("pk")


def is_whole_pdf(content: bytes) -> bool:
    """Whether it is a PDF from its first sign to its last; half-written ones miss the end."""
    return content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:]


def lack_words(element: str) -> str:
    """What a missing element of art. 4 is called."""
    return {"name": _("ad soyad"), "signature": _("imza"), "address": _("adres")}[element]


def document_key(number: str) -> str:
    """A document's number without signs and in small letters, however it was typed."""
    return "".join(sign for sign in fold(number) if sign.isalnum())
