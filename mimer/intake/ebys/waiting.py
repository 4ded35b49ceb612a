"""Which answers wait for the document system's number and signature, and what it is told of each."""

from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from mimer.cases.actions import Registration, register_document, sign_answer
from mimer.cases.actions.papers import Flow
from mimer.cases.actors import RULE
from mimer.cases.files import CheckedFile
from mimer.cases.legal import WRITTEN
from mimer.cases.models import Answer, AnswerState, Case, Petition
from mimer.cases.paper import petition_of
from mimer.cases.rules import NotAllowed


def waiting_drafts() -> QuerySet[Case]:
    """Petitions (3071) whose answer was given and has no signature yet, oldest first.

    What is sensitive leaves the house only by the hand of somebody named for it, never by itself; history from elsewhere
    (which has no clock) was answered there.
    """
    given = Answer.objects.filter(case=OuterRef("pk"), state=AnswerState.GIVEN)
    later = given.filter(Q(at__gt=F("case__petition__signed_at")) | Q(case__petition__signed_at=None))
    rows = Case.objects.filter(
        channel__in=WRITTEN, sensitive=False, resolved_at__isnull=False, clock_from__isnull=False
    )
    return rows.filter(Exists(later)).select_related("subject", "unit", "unit__head", "applicant").order_by("pk")


def is_handed_over(petition: Petition | None, answer: Answer) -> bool:
    """Whether the draft of this very answer has left already."""
    return bool(petition and petition.handed_over_at and petition.handed_over_at >= answer.at)


def described(case: Case, answer: Answer) -> dict[str, Any]:
    """The draft in the words of the exchange: whose answer it is, from which unit, to which paper."""
    petition = petition_of(case)
    return {
        "case": case.number,
        "subject": case.subject.name_tr,
        "unit": case.unit.name_tr if case.unit else "",
        "unit_code": case.unit.code if case.unit else "",
        "received_on": timezone.localtime(case.received_at).date().isoformat(),
        "incoming_number": petition.incoming_number if petition else "",
        "incoming_on": petition.incoming_on.isoformat() if petition and petition.incoming_on else None,
        "outcome": answer.outcome,
        "answered_on": timezone.localtime(answer.at).date().isoformat(),
    }


def take_back(told: dict[str, Any], file: CheckedFile | None) -> bool:
    """Takes a number, with the signed PDF if there is one; tells whether anything was new. Raises NotAllowed with the reason."""
    case = case_named(told)
    flow, number = text_of(told, "kind"), text_of(told, "number")
    day = day_of(told)
    before = case.last_event
    if file is not None:
        if flow != Flow.OUTGOING:
            raise NotAllowed(_("İmzalı PDF yalnızca giden evrakla (outgoing) gelir."), "kind")
        sign_answer(case, file, number, day, by=RULE)
    else:
        register_document(case, Registration(flow, number, day), by=RULE)
    return case.last_event > before


def case_named(told: dict[str, Any]) -> Case:
    """The case that a message names."""
    number = text_of(told, "case")
    case = Case.objects.by_number(number).first()
    if case is None:
        raise NotAllowed(_("Bu numarada bir başvuru yok: %(number)s") % {"number": number[:40]}, "case")
    return case


def text_of(told: dict[str, Any], name: str) -> str:
    """A field that must be a text."""
    value = told.get(name)
    if not isinstance(value, str) or not value.strip():
        raise NotAllowed(_("“%(field)s” alanı eksik ya da metin değil.") % {"field": name}, name)
    if any(ord(sign) < 32 for sign in value):
        raise NotAllowed(_("“%(field)s” alanında görünmeyen işaretler var.") % {"field": name}, name)
    return value.strip()


def day_of(told: dict[str, Any]) -> date:
    """The day of the registration, written 2026-01-15."""
    try:
        return date.fromisoformat(text_of(told, "date"))
    except ValueError:
        raise NotAllowed(_("“date” alanını 2026-01-15 gibi yazın."), "date") from None
