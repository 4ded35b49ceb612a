"""Messages from the outside, whatever brings them: kept whole, given to their case where that is certain, else to an agent."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from mimer.cases.actions import applicant_replies, applicant_writes, attach
from mimer.cases.actors import Citizen
from mimer.cases.files import CheckedFile
from mimer.cases.models import AttachmentKind, Case
from mimer.cases.rules import may
from mimer.municipality.models import Staff
from mimer.people.models import Person

from .contacts import begin, conclude, known_at
from .models import Contact, ContactOutcome, IncomingFile, IncomingMessage, MessageKind
from .receive import Arrival, receive


@dataclass
class Incoming:
    """What a channel's reader hands over; `case` only where the thread proves it (a token of ours), never by guess."""

    channel: str
    source_id: str
    address: str
    text: str
    at: datetime
    kind: str = MessageKind.WORDS
    line: str = ""
    sender_name: str = ""
    subject: str = ""
    quoted: str = ""
    html: str = ""
    in_reply_to: str = ""
    raw: bytes = b""
    reason: str = ""
    files: Sequence[CheckedFile] = field(default_factory=tuple)
    # Names of files that were not taken, each with the sentence why.
    refused: Sequence[tuple[str, str]] = field(default_factory=tuple)
    person: Person | None = None
    case: Case | None = None


def take(incoming: Incoming) -> IncomingMessage:
    """Keeps a message, once: the same (channel, source id) again gives back the first and adds nothing."""
    with transaction.atomic():
        contact = begin(
            incoming.channel, at=incoming.at, source_id=incoming.source_id[:200], address=incoming.address[:254],
            line=incoming.line, person=incoming.person or _only_one(known_at(incoming.address)),
        )  # fmt: skip
        if known := IncomingMessage.objects.filter(contact=contact).first():
            return known
        message = _keep(contact, incoming)
        if incoming.kind != MessageKind.WORDS:
            if incoming.kind != MessageKind.UNREADABLE:
                conclude(contact, ContactOutcome.AUTOMATIC, by=None, note=incoming.reason)
        elif incoming.case is not None:
            join(message, incoming.case, by=None)
        return message


def join(message: IncomingMessage, case: Case, *, by: Staff | None) -> Case:
    """Lays the words and files of a message with a case: as her reply where one is awaited, else as her further words."""
    contact = message.contact
    with transaction.atomic():
        actor = by or Citizen(contact.channel)
        for file in _checked(message):
            attach(case, file, AttachmentKind.CITIZEN, by=Citizen(contact.channel))
        words = message.text.strip() or message.subject or _("(yalnız dosya gönderdi)")
        say = applicant_replies if may("applicant_replies", case, actor) else applicant_writes
        say(case, words, by=actor)
        conclude(contact, ContactOutcome.EXISTING_CASE, by=by, case=case)
    return case


def make_case(message: IncomingMessage, arrival: Arrival, *, by: Staff) -> Case:
    """A case of a message, received when the message was; its files go with it and the contact names it."""
    contact = message.contact
    arrival.opening.source_id = arrival.opening.source_id or contact.source_id
    arrival.opening.received_at = arrival.opening.received_at or contact.started_at
    arrival.files = [*arrival.files, *_checked(message)]
    with transaction.atomic():
        case = receive(arrival, by=by)
        conclude(contact, ContactOutcome.CASE_OPENED, by=by, case=case)
    return case


def waiting() -> QuerySet[IncomingMessage]:
    """Messages nobody has dealt with yet, oldest first."""
    rows = IncomingMessage.objects.filter(contact__outcome="")
    return rows.select_related("contact__person").order_by("contact__started_at", "pk")


def _keep(contact: Contact, incoming: Incoming) -> IncomingMessage:
    message = IncomingMessage(
        contact=contact, kind=incoming.kind, sender_name=incoming.sender_name[:200], subject=incoming.subject[:300],
        text=incoming.text, quoted=incoming.quoted, html=incoming.html, in_reply_to=incoming.in_reply_to[:200],
        reason=incoming.reason[:300],
    )  # fmt: skip
    if incoming.raw:
        message.raw.save(f"{contact.pk}.raw", ContentFile(incoming.raw), save=False)
    message.save()
    for file in incoming.files:
        kept = IncomingFile(
            message=message, name=file.name[:200], content_type=file.content_type, size=len(file.content),
            sha256=file.sha256, width=file.width, height=file.height,
        )  # fmt: skip
        kept.file.save(f"{file.sha256[:16]}{file.suffix}", ContentFile(file.content), save=False)
        kept.save()
    IncomingFile.objects.bulk_create(
        IncomingFile(message=message, name=name[:200], refused=why[:300]) for name, why in incoming.refused
    )
    return message


def _checked(message: IncomingMessage) -> list[CheckedFile]:
    found = []
    for kept in message.files.exclude(file=""):
        with kept.file.open("rb") as content:
            suffix = "." + (kept.file.name or "").rpartition(".")[2]
            found.append(
                CheckedFile(kept.name, content.read(), kept.content_type, suffix, kept.sha256, kept.width, kept.height)
            )
    return found


def _only_one(people: list[Person]) -> Person | None:
    """A telephone of the house may be several people's; then the agent says who it is."""
    return people[0] if len(people) == 1 else None
