"""The verb `adopt`: history from elsewhere becomes cases, many at a time, silently, and held to the same table."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mimer.municipality.models import Subject, Unit
from mimer.people.models import Person

from ..actors import IMPORT
from ..bulk import take_ids, write
from ..legal import regimes_for
from ..models import Answer, AnswerState, Case, Event
from ..models.case import new_tracking_code
from ..rules import NotAllowed
from ..search import index_new_cases
from ..sensitivity import sensitive_now
from ..states import ADOPTABLE, ENDED, OPEN, LegalRegime, State
from .act import first_event
from .opening import Place


@dataclass
class History:
    """One case as another system knew it; moments are aware datetimes of when things happened there."""

    source_id: str
    channel: str
    text: str
    subject: Subject
    unit: Unit | None
    type: str
    state: str
    received_at: datetime
    outcome: str = ""
    answer: str = ""
    due_at: datetime | None = None
    resolved_at: datetime | None = None
    place: Place | None = None
    applicant: Person | None = None
    priority: int | None = None
    language: str = "tr"
    _digest: str = field(default="", init=False, repr=False)

    def fault(self) -> str:
        """The sentence that says why the table would not let a case stand like this, or ""."""
        if not self.text.strip():
            return _("Metin yok.")
        if self.state not in ADOPTABLE:
            return _("Onayda ya da başvurandan cevap bekleyen bir kayıt böyle alınamaz; “in_progress” olarak alın.")
        if (self.state in ENDED) != bool(self.outcome):
            return _("Sonuçlanmış bir kaydın sonucu olmalı, açık bir kaydın olmamalı.")
        if self.state in OPEN - {State.REGISTERED, State.RETURNED} and self.unit is None:
            return _("Bu durumdaki bir kaydın birimi olmalı.")
        if self.state in ENDED and self.resolved_at is None:
            return _("Sonuçlanmış bir kaydın kapanış tarihi olmalı.")
        if self.resolved_at and self.resolved_at < self.received_at:
            return _("Kapanış tarihi açılış tarihinden önce.")
        return ""

    def digest(self) -> str:
        """A short fingerprint of what the source said, by which a changed record is told from a repeated one."""
        if not self._digest:
            point = (round(self.place.lat, 5), round(self.place.lon or 0, 5)) if self.place and self.place.lat else None
            said = (self.text, self.answer, self.state, self.outcome, self.received_at, self.resolved_at, point)
            self._digest = hashlib.blake2b(repr(said).encode(), digest_size=8).hexdigest()
        return self._digest


@dataclass
class Adopted:
    """What became of a batch: the new cases, how many stood here already, and which stand here with other content."""

    taken: list[Case]
    unchanged: int
    # Places in the batch, each with the number of the case that has the same source id but says something else.
    different: dict[int, str]


@dataclass
class Sorted:
    """A batch compared with what is here: what is new, what is the same, and what contradicts (place and number)."""

    fresh: list[History]
    unchanged: int
    different: dict[int, str]


def adopt_many(histories: Sequence[History]) -> Adopted:
    """Brings in a batch in one transaction; what stands here already (same channel and source id) is left as it is.

    Raises NotAllowed if one of them could not stand by the table; check `fault()` first.
    """
    if fault := next((fault for history in histories if (fault := history.fault())), ""):
        raise NotAllowed(fault)
    with transaction.atomic():
        sorting = sort_out(histories)
        now = timezone.now()
        year, ids = timezone.localtime(now).year, take_ids(Case, len(sorting.fresh))
        secret = sensitive_now(*(history.subject for history in sorting.fresh))
        cases = [_case(history, pk, year, now, secret) for history, pk in zip(sorting.fresh, ids, strict=True)]
        links = [_first_link(case, history) for case, history in zip(cases, sorting.fresh, strict=True)]
        write(Case, cases)
        write(Event, links)
        write(Answer, _answers(cases, sorting.fresh))
        index_new_cases(cases)
    return Adopted(cases, sorting.unchanged, sorting.different)


def sort_out(histories: Sequence[History], seen: dict[tuple[str, str], str] | None = None) -> Sorted:
    """Compares a batch with the cases that are here, and with `seen` (digests by channel and source id), which it fills.

    The digest of what a source said is kept in its event; cases that came by a live door have none and count as the same.
    """
    seen = {} if seen is None else seen
    numbers = _known(histories, seen)
    sorting = Sorted([], 0, {})
    for place, history in enumerate(histories):
        key, digest = (history.channel, history.source_id), history.digest()
        known = seen.get(key)
        if known is None:
            seen[key] = digest
            sorting.fresh.append(history)
        elif known in ("", digest):
            sorting.unchanged += 1
        else:
            sorting.different[place] = numbers.get(key, "")
    return sorting


def _known(histories: Sequence[History], seen: dict[tuple[str, str], str]) -> dict[tuple[str, str], str]:
    """Puts the digests of the cases that are here into `seen`; returns their numbers."""
    numbers: dict[tuple[str, str], str] = {}
    for channel in {history.channel for history in histories}:
        ids = [history.source_id for history in histories if history.channel == channel]
        here = Case.objects.filter(channel=channel, source_id__in=ids).values_list("pk", "year", "source_id")
        by_id = {pk: (channel, source_id) for pk, _year, source_id in here if source_id}
        numbers |= {(channel, source_id): f"{year}-{pk:06d}" for pk, year, source_id in here if source_id}
        seen.update(dict.fromkeys(by_id.values(), ""))
        for pk, facts in Event.objects.filter(case__in=by_id, verb="adopt").values_list("case_id", "facts"):
            seen[by_id[pk]] = facts.get("digest", "")
    return numbers


def _case(history: History, pk: int, year: int, now: datetime, secret: set[int]) -> Case:
    ended = history.state in ENDED
    case = Case(
        pk=pk, year=year, tracking_code=new_tracking_code(), channel=history.channel,
        source_id=history.source_id, type=history.type,
        regime=next(iter(regimes_for(history.type, history.channel)), LegalRegime.SERVICE),
        subject=history.subject, sensitive=history.subject.pk in secret,
        priority=history.priority or history.subject.default_priority, applicant=history.applicant,
        text=history.text.strip(), language=history.language,
        state=history.state, outcome=history.outcome, unit=history.unit, received_at=history.received_at, recorded_at=now,
        target_hours=history.subject.target_hours, clock=history.subject.clock, due_at=history.due_at,
        first_due_at=history.due_at, state_since=history.resolved_at or history.received_at, changed_at=now,
        resolved_at=history.resolved_at if ended else None,
        closed_at=history.resolved_at if history.state == State.CLOSED else None,
        last_event=1,
    )  # fmt: skip
    if history.place:
        history.place.put_on(case)
    return case


def _answers(cases: Sequence[Case], histories: Sequence[History]) -> list[Answer]:
    return [
        Answer(
            case=case,
            outcome=history.outcome,
            text=history.answer,
            state=AnswerState.GIVEN,
            at=history.resolved_at or history.received_at,
        )
        for case, history in zip(cases, histories, strict=True)
        if history.answer and history.outcome
    ]


def _first_link(case: Case, history: History) -> Event:
    """The one event of an adopted case: what stood elsewhere, and when."""
    facts = {
        "source": case.source_id, "channel": case.channel, "outcome": case.outcome, "subject": case.subject_id,
        "unit": case.unit_id, "received": case.received_at.isoformat(),
        "resolved": case.resolved_at.isoformat() if case.resolved_at else None, "digest": history.digest(),
    }  # fmt: skip
    return first_event(case, "adopt", IMPORT.party, None, facts, case.recorded_at)
