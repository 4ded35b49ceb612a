"""Contacts from their first ring to what came of them; whoever keeps one keeps it here."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mimer.cases.models import Case
from mimer.cases.rules import NotAllowed
from mimer.knowledge.models import Article
from mimer.municipality.models import ExternalBody, Staff, Unit
from mimer.people.models import Person

from .models import Contact, ContactOutcome, Direction
from .models.contacts import ABOUT_A_CASE


def begin(channel: str, *, at: datetime | None = None, source_id: str | None = None, **known: Any) -> Contact:
    """The contact that begins now; one that its own number names already is given back as it is.

    `known` are columns of the contact: address, line, person, agent, direction, answered_at.
    """
    begun = at or timezone.now()
    if source_id is None:
        return Contact.objects.create(channel=channel, started_at=begun, **known)
    contact, _new = Contact.objects.get_or_create(
        channel=channel, source_id=source_id, defaults={"started_at": begun, **known}
    )
    return contact


def conclude(
    contact: Contact,
    outcome: str,
    *,
    by: Staff | None,
    case: Case | None = None,
    article: Article | None = None,
    unit: Unit | None = None,
    body: ExternalBody | None = None,
    note: str = "",
    no_script: bool = False,
    at: datetime | None = None,
) -> Contact:
    """Says what came of a contact, and ends it if it has not ended; said again, the later word counts.

    Raises NotAllowed where the outcome lacks what it must name: its case, or to whom it was transferred.
    """
    if outcome in ABOUT_A_CASE and case is None:
        raise NotAllowed(_("Hangi başvuru olduğunu seçin."), "case")
    if outcome == ContactOutcome.TRANSFERRED and not (unit or body or note.strip()):
        raise NotAllowed(_("Görüşmenin kime aktarıldığını seçin ya da yazın."), "unit")
    with transaction.atomic():
        kept = Contact.objects.select_for_update().get(pk=contact.pk)
        kept.outcome, kept.note, kept.no_script = ContactOutcome(outcome), note.strip()[:300], no_script
        kept.case, kept.article, kept.unit, kept.body = case, article, unit, body
        kept.agent = kept.agent or by
        kept.ended_at = kept.ended_at or max(at or timezone.now(), kept.started_at)
        if case is not None and kept.person_id is None:
            kept.person_id = case.applicant_id
        kept.save()
    contact.__dict__.update(kept.__dict__)
    return contact


def verify(contact: Contact, questions: list[str], *, by: Staff) -> Contact:
    """Keeps by which questions the agent made sure that it is she."""
    if not questions:
        raise NotAllowed(_("En az bir doğrulama sorusu seçin."), "questions")
    contact.verified_at, contact.verified_by, contact.agent = timezone.now(), questions, contact.agent or by
    contact.save(update_fields=["verified_at", "verified_by", "agent"])
    return contact


def known_at(address: str) -> list[Person]:
    """The people we know under a telephone number (E.164) or an e-mail address, newest first."""
    if not address:
        return []
    column = "email" if "@" in address else "phone"
    wanted = address.lower() if column == "email" else address
    return list(Person.objects.filter(**{column: wanted}).order_by("-pk")[:10])


def repeated(contact: Contact, within_days: int = 7) -> int:
    """How often the same address sought us in the days before."""
    if not contact.address:
        return 0
    since = contact.started_at - timedelta(days=within_days)
    return Contact.objects.filter(
        address=contact.address, direction=Direction.IN, started_at__gte=since, started_at__lt=contact.started_at
    ).count()
