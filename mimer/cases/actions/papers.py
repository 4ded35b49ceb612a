"""Verbs of the paper's way: the document system (EBYS) numbers it, takes the draft, and gives the signed answer back."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.utils import timezone
from django.utils.translation import gettext as _

from mimer.cases.files import CheckedFile
from mimer.turkish import long_date

from ..actors import RULE, Actor
from ..models import AnswerState, Attachment, AttachmentKind, Case, Petition, SignatureKind
from ..paper import SIGNED_BY_DOOR, is_whole_pdf, is_written, petition_of
from ..rules import NotAllowed
from ..search import index_case
from .act import Act, acting, require
from .words import keep

LONGEST_NUMBER = Petition._meta.get_field("incoming_number").max_length or 0


class Flow(StrEnum):
    """Which way the paper went."""

    INCOMING = "incoming"
    OUTGOING = "outgoing"


@dataclass(frozen=True)
class Registration:
    """A number and its day, as the document system gave them."""

    flow: str
    number: str
    day: date


def register_document(case: Case, told: Registration, *, by: Actor, at: datetime | None = None) -> Case:
    """Keeps the document system's number and day; those of the incoming paper hold for the parts cut from it too."""
    if told.flow not in list(Flow):
        raise NotAllowed(_("Gelen evrak mı giden evrak mı olduğunu seçin."), "flow")
    with acting(case, "register_document", by, at) as act:
        _check_written(act.case)
        number = _checked_number(act, told.number, told.day, outgoing=told.flow == Flow.OUTGOING)
        petition = _petition(act.case)
        if (getattr(petition, f"{told.flow}_number"), getattr(petition, f"{told.flow}_on")) == (number, told.day):
            act.already()
            return case
        setattr(petition, f"{told.flow}_number", number)
        setattr(petition, f"{told.flow}_on", told.day)
        petition.save()
        act.facts |= {"petition": petition.pk, "flow": told.flow, "number": number, "day": told.day.isoformat()}
        _number_the_answer(act.case, number, told.flow)
        index_case(act.case)
        if told.flow == Flow.INCOMING:
            for edge in act.case.parts.select_related("part").order_by("part_id"):
                register_document(edge.part, told, by=RULE, at=act.at)
    return case


def sign_answer(
    case: Case, file: CheckedFile, number: str, day: date, *, by: Actor, at: datetime | None = None
) -> Attachment:
    """Takes the signed answer back: the PDF is the evidence, its number the document's, and the citizen sees it."""
    if file.content_type != "application/pdf":
        raise NotAllowed(_("İmzalı cevap PDF olmalı; bu dosya PDF değil."), "signed")
    if not is_whole_pdf(file.content):
        raise NotAllowed(_("PDF yarım ya da bozuk; EBYS’den yeniden indirin."), "signed")
    with acting(case, "sign_answer", by, at) as act:
        _check_written(act.case)
        number = _checked_number(act, number, day, outgoing=True)
        petition = _petition(act.case)
        known = act.case.attachments.filter(sha256=file.sha256, kind=AttachmentKind.SIGNED).first()
        if known and (petition.outgoing_number, petition.outgoing_on) == (number, day):
            act.already()
            return known
        kept = known or keep(act, file, AttachmentKind.SIGNED)
        petition.outgoing_number, petition.outgoing_on, petition.signed_at = number, day, act.at
        petition.save()
        act.facts |= {"attachment": kept.pk, "number": number, "day": day.isoformat()}
        _number_the_answer(act.case, number, Flow.OUTGOING)
        index_case(act.case)
    return kept


def hand_over(case: Case, *, by: Actor = RULE, at: datetime | None = None) -> Case:
    """Writes down that the draft of the given answer went to the document system."""
    with acting(case, "hand_over", by, at) as act:
        _check_written(act.case)
        answer = act.case.final_answers.filter(state=AnswerState.GIVEN).last()
        petition = _petition(act.case)
        if petition.handed_over_at and (answer is None or petition.handed_over_at >= answer.at):
            act.already()
            return case
        petition.handed_over_at = act.at
        petition.save()
        act.facts |= {"petition": petition.pk, "draft": answer.pk if answer else None}
    return case


def share_petition(origin: Case, part: Case) -> None:
    """A part cut from a petition is the same paper: its elements and incoming number; the answer it gets is its own."""
    petition = petition_of(origin)
    if petition is None:
        return
    petition.pk, petition._state.adding, petition.case = None, True, part
    petition.outgoing_number, petition.outgoing_on = "", None
    petition.handed_over_at = petition.signed_at = None
    petition.save(force_insert=True)
    index_case(part)


def _check_written(case: Case) -> None:
    if not is_written(case):
        raise NotAllowed(_("Telefonla ya da mesajla gelen başvurunun EBYS kaydı olmaz; yazılı başvuruyu kaydedin."))


def _petition(case: Case) -> Petition:
    """The case's petition; a written case that came without one gets it with what its door says of the signature."""
    known = petition_of(case)
    signature = SIGNED_BY_DOOR.get(case.channel, SignatureKind.NONE)  # type: ignore[call-overload]
    return known or Petition(case=case, signature_kind=signature, has_name=case.applicant_id is not None)


def _checked_number(act: Act, number: str, day: date, *, outgoing: bool) -> str:
    """The number as it is kept; NotAllowed for none, for one too long, and for a day that cannot be."""
    number = " ".join(require(number, _("EBYS numarasını yazın."), "number").split())
    if len(number) > LONGEST_NUMBER:
        raise NotAllowed(_("EBYS numarası en çok %(most)d karakter olabilir.") % {"most": LONGEST_NUMBER}, "number")
    if day > timezone.localtime(act.at).date():
        raise NotAllowed(_("EBYS tarihi gelecekte olamaz."), "day")
    received = timezone.localtime(act.case.received_at).date()
    if outgoing and day < received:
        sentence = _("Cevap, başvurunun bize ulaştığı %(day)s gününden önceki bir tarih taşıyamaz.")
        raise NotAllowed(sentence % {"day": long_date(received)}, "day")
    return number


def _number_the_answer(case: Case, number: str, flow: str) -> None:
    """The answer given last bears the number under which it left."""
    answer = case.final_answers.filter(state=AnswerState.GIVEN).last()
    if answer and flow == Flow.OUTGOING:
        answer.document_number = number
        answer.save(update_fields=["document_number"])
