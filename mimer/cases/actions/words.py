"""Verbs that add words and evidence without moving the case."""

from datetime import datetime

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from mimer.cases.files import CheckedFile

from ..actors import Actor, Party, parties
from ..models import Attachment, AttachmentKind, Case, NoteKind
from ..rules import NotAllowed
from .act import Act, acting, require

# What is simply laid beside the case; the signed answer comes by a verb of its own.
ATTACHED = frozenset(AttachmentKind) - {AttachmentKind.SIGNED}
SEEN_BY_CITIZEN = frozenset(
    {AttachmentKind.CITIZEN, AttachmentKind.AFTER, AttachmentKind.PETITION, AttachmentKind.SIGNED}
)


def note(case: Case, text: str, *, to_citizen: bool = False, by: Actor, at: datetime | None = None) -> Case:
    """Words beside the case, inside by default; those for the citizen are sent to her, so only who answers her writes them."""
    with acting(case, "note", by, at) as act:
        if to_citizen and not may_write_to_citizen(act.case, by):
            raise NotAllowed(_("Başvurana notu masa ya da başvuruyu yürüten birim yazar; siz iç not yazın."))
        kind = NoteKind.OUTSIDE if to_citizen else NoteKind.INSIDE
        act.say(kind, require(text, _("Notu yazın.")))
        act.facts["kind"] = kind
    return case


def applicant_writes(case: Case, text: str, *, by: Actor, at: datetime | None = None) -> Case:
    """Her further words, by whatever door; they move nothing, and the unit sees that she wrote."""
    with acting(case, "applicant_writes", by, at) as act:
        act.say(NoteKind.WORDS, require(text, _("Başvuranın ne dediğini yazın.")))
    return case


def may_write_to_citizen(case: Case, by: Actor) -> bool:
    """The desk and the unit whose case it is speak to her; who was only asked, sent or called to judge tells them."""
    return bool(parties(by, case) & {Party.DESK, Party.UNIT, Party.UNIT_HEAD})


def attach(
    case: Case, file: CheckedFile, kind: str = AttachmentKind.DOCUMENT, *, by: Actor, at: datetime | None = None
) -> Attachment:
    """Keeps a checked file with the case; the same file twice is kept once."""
    if kind not in ATTACHED:
        raise NotAllowed(_("Dosyanın ne olduğunu seçin."))
    with acting(case, "attach", by, at) as act:
        if act.party == Party.CITIZEN and kind != AttachmentKind.PETITION:
            kind = AttachmentKind.CITIZEN
        known = act.case.attachments.filter(sha256=file.sha256, kind=kind).first()
        if known:
            act.already()
            return known
        kept = keep(act, file, kind)
        act.facts |= {"attachment": kept.pk, "kind": kind}
    return kept


def keep(act: Act, file: CheckedFile, kind: str) -> Attachment:
    """Stores a checked file with the locked case."""
    kept = Attachment(
        case=act.case, kind=kind, name=file.name, content_type=file.content_type, size=len(file.content),
        sha256=file.sha256, width=file.width, height=file.height, by=act.staff, at=act.at,
        public=kind in SEEN_BY_CITIZEN,
    )  # fmt: skip
    kept.file.save(f"{file.sha256[:16]}{file.suffix}", ContentFile(file.content), save=False)
    kept.save()
    return kept
