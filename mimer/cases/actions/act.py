"""How every verb runs: lock the case, ask the table, change it, write one event, all in one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mimer.municipality.models import Staff

from ..actors import Actor, Party
from ..ladder import next_warning
from ..models import Case, Event, Note, PromiseEnd, PromiseKind
from ..models.events import event_digest
from ..promises import promise_anew, settle
from ..rules import RULES, NotAllowed, check
from ..states import ENDED, OPEN, State

# Where one of these moves, the next step of the ladder moves too.
CLOCK_HANDS = ("due_at", "target_hours", "legal_due_on", "legal_met_on", "promised_on")
# What an event says of a date that its verb moved, whichever verb it is.
DATES = {"due": "due_at", "legal_due": "legal_due_on"}
COLUMNS = tuple(field.attname for field in Case._meta.concrete_fields)


class Act:
    """One verb at work on one locked case."""

    def __init__(self, case: Case, verb: str, by: Actor, party: Party, at: datetime) -> None:
        self.case, self.verb, self.by, self.party, self.at = case, verb, by, party, at
        self.staff = by if isinstance(by, Staff) else None
        self.facts: dict[str, Any] = {}
        self.done = False
        self._was = {column: getattr(case, column) for column in COLUMNS}

    def already(self) -> None:
        """What was asked for is so: leave quietly, without an event."""
        self.done = True

    def move(self, to: State | None = None) -> None:
        """To the state the table names, or to `to` where it leaves the choice to the verb."""
        target = to or RULES[self.verb].to
        if target is None:
            raise ValueError(f"the table names no state for {self.verb}")
        if target != self.case.state:
            self.case.state = target
            self.case.state_since = self.at

    def say(self, kind: str, text: str) -> Note:
        """Keeps words beside the case and points to them from the event."""
        note = Note.objects.create(case=self.case, kind=kind, text=text.strip(), by=self.staff, at=self.at)
        self.facts["note"] = note.pk
        return note

    def promise(self, kind: PromiseKind, due: date | datetime) -> None:
        """Keeps a date that this verb tells the citizen; it takes the place of the one told before."""
        made = promise_anew(self.case, kind, due, self.at, self.case.last_event + 1)
        self.case.promised_on = made.due_on

    def settle_promises(self, ending: PromiseEnd) -> None:
        """What was promised is done, or has lost its object."""
        if self.case.promised_on is not None:
            settle(self.case, ending, self.at)
            self.case.promised_on = None

    def keep_quietly(self, column: str) -> None:
        """Saves a column that is no news to anybody, without an event."""
        self.case.save(update_fields=[column])

    def record(self) -> Event:
        """Appends the event to the case's chain and saves what changed, and only that."""
        case, before = self.case, self._was["state"]
        if case.state in OPEN and before in ENDED:
            case.outcome, case.resolved_at, case.closed_at = "", None, None
        if self.verb != "warn" and self._clocks_moved():
            waiting = case.is_open and case.next_warning_at is not None and case.next_warning_at <= self.at
            case.next_warning_at = case.next_warning_at if waiting else next_warning(case, self.at)
        for fact, column in DATES.items():
            if (moved := getattr(case, column)) != self._was[column]:
                self.facts[fact] = moved.isoformat() if moved else None
        case.first_due_at = case.earliest_due()
        previous = case.chain or case.events.get(seq=case.last_event).hash
        case.last_event, case.changed_at = case.last_event + 1, self.at
        staff_id = self.staff.pk if self.staff else None
        case.chain = event_digest(
            previous,
            case.pk,
            case.last_event,
            self.verb,
            str(self.party),
            staff_id,
            before,
            case.state,
            self.facts,
            self.at,
        )
        event = Event.objects.create(
            case=case, seq=case.last_event, verb=self.verb, party=str(self.party), staff=self.staff, from_state=before,
            to_state=case.state, facts=self.facts, at=self.at, previous_hash=previous, hash=case.chain,
        )  # fmt: skip
        case.save(update_fields=[column for column in COLUMNS if getattr(case, column) != self._was[column]])
        return event

    def _clocks_moved(self) -> bool:
        ended, returned = self.case.state in ENDED, self._was["state"] in ENDED
        return ended != returned or any(getattr(self.case, hand) != self._was[hand] for hand in CLOCK_HANDS)


@contextmanager
def acting(case: Case, verb: str, by: Actor, at: datetime | None = None) -> Iterator[Act]:
    """Locks the case, lets the table decide, and records what the body did; the caller's `case` is brought up to date."""
    held: bool = case.__dict__.get("held", False)
    with transaction.atomic(savepoint=not held):
        locked = case if held else _lock(case)
        try:
            party = check(verb, locked, by)
        except NotAllowed:
            case.__dict__.update(locked.__dict__)  # so that the caller sees what it ran into
            raise
        if not held and verb not in ALSO_WHILE_MERGED and locked.merges.filter(ended_at=None).exists():
            raise NotAllowed(_merged_sentence(locked))
        act = Act(locked, verb, by, party, at or timezone.now())
        yield act
        if not act.done:
            act.record()
        case.__dict__.update(locked.__dict__)


def _lock(case: Case) -> Case:
    return Case.objects.select_for_update(of=("self",)).select_related("subject", "unit").get(pk=case.pk)


@contextmanager
def holding(case: Case) -> Iterator[None]:
    """For whoever opened the case in this very transaction: nobody else can see it yet, so its own object needs no lock."""
    case.__dict__["held"] = transaction.get_connection().in_atomic_block
    try:
        yield
    finally:
        case.__dict__.pop("held", None)


# A supporter rests with its main case; only these reach it. What the citizen says is always heard: every verb of hers is here.
ALSO_WHILE_MERGED = frozenset(
    {"unmerge", "merge", "note", "attach", "applicant_replies", "applicant_writes", "withdraw", "resolve_with_main",
     "not_solved", "close", "rate", "reopen", "warn", "fee_paid", "fee_unpaid", "record_appeal",
     "answered_elsewhere", "register_document", "sign_answer", "hand_over"}
)  # fmt: skip


def first_event(case: Case, verb: str, party: str, staff: Staff | None, facts: dict[str, Any], at: datetime) -> Event:
    """The first link of a saved case, unsaved. Its hash is not written back: the second verb takes it from the event."""
    case.chain = event_digest("", case.pk, 1, verb, str(party), staff.pk if staff else None, "", case.state, facts, at)
    return Event(
        case=case,
        seq=1,
        verb=verb,
        party=str(party),
        staff=staff,
        to_state=case.state,
        facts=facts,
        at=at,
        hash=case.chain,
    )


def require(text: str, sentence: str, about: str = "") -> str:
    """The words a verb must carry, trimmed; NotAllowed with `sentence` when there are none."""
    if not (text := text.strip()):
        raise NotAllowed(sentence, about)
    return text


def _merged_sentence(case: Case) -> str:
    main = case.merges.select_related("main").get(ended_at=None).main
    return _("Bu başvuru %(main)s numaralı ana kayıtla birleşik; önce ayırın ya da ana kayıtta çalışın.") % {
        "main": main.number
    }
