"""The first verb: words become a case with a number, a place, its clocks and its first event."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mimer.municipality.kinds import CaseType
from mimer.municipality.models import Neighbourhood, Staff, Subject
from mimer.people.models import Person

from ..actors import Actor, Party, parties
from ..clocks import set_service_clock
from ..ladder import next_warning
from ..legal import regimes_for, start_clocks
from ..models import Case, LegalClock, PromiseKind
from ..models.case import PlaceKind, new_tracking_code
from ..paper import SPOKEN, Paper
from ..promises import promise
from ..rules import NotAllowed
from ..search import index_opened
from ..sensitivity import sensitive_now
from ..states import State
from .act import first_event, require

# How far another machine's clock may be ahead of ours.
A_WRONG_CLOCK = timedelta(minutes=10)


@dataclass
class Place:
    """A place as it was told: a point (WGS84 degrees), an address line, a parcel, or any of them together."""

    lat: float | None = None
    lon: float | None = None
    address: str = ""
    neighbourhood: Neighbourhood | None = None
    block: str = ""
    lot: str = ""

    @property
    def kind(self) -> PlaceKind:
        if self.block:
            return PlaceKind.PARCEL
        if self.lat is not None:
            return PlaceKind.POINT
        return PlaceKind.ADDRESS if self.address or self.neighbourhood else PlaceKind.NONE

    def put_on(self, case: Case) -> None:
        case.place_kind, case.lat, case.lon = self.kind, self.lat, self.lon
        case.address, case.neighbourhood, case.block, case.lot = self.address, self.neighbourhood, self.block, self.lot


@dataclass
class Opening:
    """Everything a door knows when it opens a case."""

    text: str
    subject: Subject
    channel: str
    type: str = ""
    applicant: Person | None = None
    answers: Mapping[str, object] = field(default_factory=dict)
    place: Place = field(default_factory=Place)
    priority: int | None = None
    source_id: str | None = None
    received_at: datetime | None = None
    language: str = "tr"
    external_number: str = ""
    identity_hidden: bool = False
    # What came on paper, by KEP or by e-Devlet.
    paper: Paper | None = None
    # Where the door knows better than the rule which law applies.
    regimes: Sequence[str] | None = None


def open_case(opening: Opening, *, by: Actor, at: datetime | None = None) -> Case:
    """Opens a case in `registered`; a repeated delivery (same channel and source id) returns the first one.

    Raises NotAllowed when the words, or a place or parcel the subject needs, are missing.
    """
    if not parties(by, None):
        raise NotAllowed(_("Başvuru kaydetmek sizin göreviniz değil."))
    now = at or timezone.now()
    _check_complete(opening, now)
    if first := already_here(opening):
        return first
    try:
        with transaction.atomic(savepoint=bool(opening.source_id)):
            return _record(*_new_case(opening, now), opening.paper, by, now)
    except IntegrityError:
        if first := already_here(opening):
            return first
        raise


def _check_complete(opening: Opening, now: datetime) -> None:
    if opening.received_at and opening.received_at > now + A_WRONG_CLOCK:
        raise NotAllowed(_("Başvurunun geldiği gün gelecekte olamaz."), "received_on")
    if opening.paper and opening.channel in SPOKEN:
        raise NotAllowed(_("Telefonla ya da mesajla söylenen söz dilekçe değildir (3071 m. 4)."), "channel")
    require(opening.text, _("Ne olduğunu birkaç sözcükle yazın."))
    if opening.subject.needs_parcel and not opening.place.block and opening.place.kind == PlaceKind.NONE:
        raise NotAllowed(_("Ada ve parsel numarasını ya da yerin adresini yazın."))
    if opening.subject.needs_location and opening.place.kind == PlaceKind.NONE:
        raise NotAllowed(_("Yeri haritada gösterin ya da adresini yazın."))


def already_here(opening: Opening) -> Case | None:
    """The case that the first delivery of the same thing became."""
    if not opening.source_id:
        return None
    return Case.objects.filter(channel=opening.channel, source_id=opening.source_id).first()


def _new_case(opening: Opening, now: datetime) -> tuple[Case, list[LegalClock]]:
    subject, received = opening.subject, opening.received_at or now
    case_type = opening.type or subject.default_type or CaseType.REQUEST
    case = Case(
        year=timezone.localtime(now).year, tracking_code=new_tracking_code(), channel=opening.channel,
        source_id=opening.source_id or None,
        type=case_type, subject=subject, sensitive=bool(sensitive_now(subject)),
        priority=opening.priority or subject.default_priority, applicant=opening.applicant, text=opening.text.strip(),
        answers=dict(opening.answers), language=opening.language, external_number=opening.external_number.strip(),
        identity_hidden=opening.identity_hidden, received_at=received, recorded_at=now,
        state=State.REGISTERED, state_since=now, changed_at=now, last_event=1,
    )  # fmt: skip
    opening.place.put_on(case)
    set_service_clock(case, received)
    proposed = regimes_for(case_type, opening.channel, subject) if opening.regimes is None else opening.regimes
    clocks = start_clocks(case, proposed, timezone.localtime(received).date())
    case.promised_on = timezone.localtime(case.due_at).date() if case.due_at else None
    case.first_due_at = case.earliest_due()
    case.next_warning_at = next_warning(case, received)
    return case, clocks


def _record(case: Case, clocks: list[LegalClock], paper: Paper | None, by: Actor, now: datetime) -> Case:
    case.save(force_insert=True)
    petition = paper.row_for(case) if paper else None
    if petition:
        petition.save(force_insert=True)
    if clocks:
        LegalClock.objects.bulk_create(clocks)
    if case.due_at:
        promise(case, PromiseKind.TARGET, case.due_at, now, event=1).save(force_insert=True)
    facts = {
        "channel": case.channel, "type": case.type, "subject": case.subject_id, "regime": case.regime,
        "regimes": [clock.regime for clock in clocks],
        "received": case.received_at.isoformat(), "due": case.due_at.isoformat() if case.due_at else None,
        "legal_due": case.legal_due_on.isoformat() if case.legal_due_on else None,
    }  # fmt: skip
    if petition:
        facts |= {"petition": petition.pk, "lacks": petition.lacks}
    staff = by if isinstance(by, Staff) else None
    first_event(case, "open_case", min(parties(by, None), key=list(Party).index), staff, facts, now).save(
        force_insert=True
    )
    index_opened(case, petition)
    return case
