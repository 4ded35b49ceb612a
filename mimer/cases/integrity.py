"""Does the house still hold? Every chain link by link, and what must be true of every case; the first broken row is named."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils.translation import gettext as _

from .models import AnswerState, Case, Event, Merge
from .models.words import Answer
from .queries import CaseQuerySet
from .rules import RULES
from .seals import broken_seals
from .states import ENDED, OPEN, State

Progress = Callable[[int], None]
SILENT_VERBS = {"open_case", "adopt"}
# What events say of a column of their case; the last word counts, and of what none says nothing is known.
SAID = {"received": "received_at", "due": "due_at", "legal_due": "legal_due_on"}
# Where a case may have waited when its applicant was asked; there her reply brings it back.
ASKED_FROM = RULES["ask_applicant"].origin
NO_MORE: tuple[int, Iterator[Event]] = (sys.maxsize, iter(()))


@dataclass(frozen=True)
class Fault:
    """What is broken, where: the row as an administrator finds it, and the sentence."""

    row: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.row}: {self.sentence}"


def find_faults(progress: Progress = lambda _done: None) -> Iterator[Fault]:
    """Chains first (in order of case and event), then the seals, then the invariants of cases; nothing when all is well."""
    yield from chain_faults(progress)
    yield from _seal_faults()
    yield from _case_faults()


def chain_faults(progress: Progress = lambda _done: None) -> Iterator[Fault]:
    """Walks every event once, in constant memory, and compares each chain's end with its case.

    Events and cases are read one after the other while people work: a case that looks broken is read again, alone.
    """
    events = Event.objects.order_by("case_id", "seq").iterator(5000)
    grouped = groupby(events, key=lambda event: event.case_id)
    pk, links = next(grouped, NO_MORE)
    for done, case in enumerate(_ends().order_by("pk").iterator(5000), start=1):
        while pk < case.pk:
            pk, links = next(grouped, NO_MORE)
        if any(_links(case, links if pk == case.pk else iter(()))):
            yield from _read_alone(case.pk)
        progress(done)


def _ends() -> CaseQuerySet:
    return Case.objects.only("year", "state", "outcome", "last_event", "chain", *SAID.values())


def _read_alone(pk: int) -> list[Fault]:
    """What is broken in a case while nobody can work on it."""
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=pk)
        return list(_links(case, case.events.order_by("seq").iterator()))


def _links(case: Case, events: Iterator[Event]) -> Iterator[Fault]:
    number = case.number
    previous, expected, last, declared = "", 1, None, ""
    said: dict[str, str | None] = {}
    for event in events:
        row = f"{number} / {event.seq} ({event.verb})"
        if event.seq != expected:
            yield Fault(row, _("zincirde %(seq)s numaralı kayıt eksik") % {"seq": expected})
        if event.previous_hash != previous:
            yield Fault(row, _("önceki kayda bağlanmıyor"))
        elif event.digest() != event.hash:
            yield Fault(row, _("içeriği sonradan değişmiş"))
        if event.verb not in SILENT_VERBS and (fault := _off_the_table(event)):
            yield Fault(row, fault)
        previous, expected, last = event.hash, event.seq + 1, event
        declared = event.facts.get("outcome", declared) if event.to_state in ENDED else ""
        said |= {fact: event.facts[fact] for fact in SAID.keys() & event.facts.keys()}
    if last is None:
        yield Fault(number, _("başvurunun hiç işlem kaydı yok"))
        return
    # A case that only was opened need not carry the link: there is no other.
    if case.last_event != last.seq or (case.chain != last.hash and (case.chain or last.seq > 1)):
        yield Fault(number, _("zincirin sonu başvurudakiyle uyuşmuyor"))
    if last.to_state != case.state:
        yield Fault(number, _("durumu son işlem kaydıyla uyuşmuyor"))
    elif declared != case.outcome:
        yield Fault(number, _("sonucu, bildirildiği işlem kaydıyla uyuşmuyor"))
    for fact, told in said.items():
        if getattr(case, SAID[fact]) != _moment(told):
            yield Fault(number, _("%(date)s tarihi, son işlem kaydında yazanla uyuşmuyor") % {"date": SAID[fact]})


def _moment(told: str | None) -> date | None:
    if told is None:
        return None
    return datetime.fromisoformat(told) if "T" in told else date.fromisoformat(told)


def _seal_faults() -> Iterator[Fault]:
    """A day whose events no longer give the digest that was sealed that night."""
    for seal in broken_seals():
        yield Fault(seal.date.isoformat(), _("o günün kayıtları gece vurulan mühre uymuyor"))


def _off_the_table(event: Event) -> str:
    rule = RULES.get(event.verb)
    if rule is None:
        return _("tabloda olmayan bir işlem")
    if event.from_state not in rule.origin:
        return _("tablonun izin vermediği bir durumdan başlıyor")
    targets = {rule.to or event.from_state} if event.verb != "applicant_replies" else ASKED_FROM
    if event.to_state not in targets:
        return _("tablonun göstermediği bir duruma gidiyor")
    return ""


def _case_faults() -> Iterator[Fault]:
    """Each invariant is one query; a sentence names the rule that does not hold."""
    given = Answer.objects.filter(case=OuterRef("pk"), state=AnswerState.GIVEN)
    main_of = Merge.objects.filter(ended_at=None, supporter=OuterRef("main_id"))
    told = Case.objects.exclude(channel="import").exclude(
        Exists(Event.objects.filter(case=OuterRef("pk"), verb="adopt"))
    )
    rules: list[tuple[str, object]] = [
        (_("açık ama sonucu yazılı"), Case.objects.filter(state__in=sorted(OPEN)).exclude(outcome="")),
        (_("sonuçlanmış ama sonucu yok"), Case.objects.filter(state__in=sorted(ENDED), outcome="")),
        (_("kapanışı açılışından önce"), Case.objects.filter(resolved_at__lt=F("received_at"))),
        (_("yanıtlandı ama cevabı yok"), told.filter(state=State.RESOLVED).exclude(Exists(given))),
        (
            _("başvurana soruldu ama soru kaydı yok"),
            Case.objects.filter(state=State.WAITING_APPLICANT).exclude(notes__kind="question"),
        ),
        (_("programda ama günü yok"), told.filter(state=State.PLANNED, planned_for=None)),
        (_("hassas konu ama açıkta"), Case.objects.filter(subject__sensitive=True, sensitive=False)),
    ]
    for sentence, cases in rules:
        for pk, year in cases.order_by("pk").values_list("pk", "year")[:20]:  # type: ignore[attr-defined]
            yield Fault(f"{year}-{pk:06d}", sentence)
    for edge in Merge.objects.filter(Exists(main_of), ended_at=None)[:20]:
        yield Fault(f"Merge {edge.pk}", _("ana kayıt da başka bir kayda bağlı"))
    doubles = (
        Answer.objects.filter(state=AnswerState.PROPOSED).values("case_id").annotate(n=Count("pk")).filter(Q(n__gt=1))
    )
    for double in doubles[:20]:
        yield Fault(f"Case {double['case_id']}", _("onay bekleyen birden çok cevap var"))
