"""The whole table: every verb, in every state, by everybody; the allowed happens once, the rest changes nothing."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from mimer.cases import actions
from mimer.cases.actions import Draft
from mimer.cases.actions.opening import Place
from mimer.cases.actors import IMPORT, RULE, Actor, Citizen
from mimer.cases.files import CheckedFile
from mimer.cases.models import Case
from mimer.cases.rules import RULES, NotAllowed, verbs_for
from mimer.cases.states import OPEN, State
from mimer.municipality.kinds import CaseType, Channel
from mimer.municipality.models import Subject
from tests.cast import House

FILE = CheckedFile("kaldirim.jpg", b"resim", "image/jpeg", ".jpg", "0" * 64)
SIGNED = CheckedFile("cevap.pdf", b"%PDF-1.7\n%%EOF", "application/pdf", ".pdf", "1" * 64)
INCOMING = actions.Registration("incoming", "E-42", date(2026, 1, 5))
ANSWER = Draft("informed", "Ekibimiz baktı.")


def in_days(days: int) -> Any:
    return timezone.localdate() + timedelta(days=days)


def tries(house: House, main: Case) -> dict[str, Callable[[Case, Actor], object]]:
    """Every verb of the table with the least it must carry."""
    request = lambda case: case.unit_requests.get(replied_at=None)  # noqa: E731
    return {
        "route": lambda c, by: actions.route(c, None if by == RULE else house.zoning, "Onların işi", by=by),
        "reclassify": lambda c, by: actions.reclassify(c, c.subject, CaseType.INFO, reason="Soruyor", by=by),
        "correct_place": lambda c, by: actions.correct_place(c, Place(address="Çay Sokak 9"), by=by),
        "split": lambda c, by: actions.split(c, [(house.water, "Sular da akmıyor")], by=by),
        "assign": lambda c, by: actions.assign(c, house.representative, by=by),
        "return_to_desk": lambda c, by: actions.return_to_desk(c, "not_ours", "İmarın işi", by=by),
        "accept": lambda c, by: actions.accept(c, by=by),
        "plan": lambda c, by: actions.plan(c, in_days(5), "Yağmur var", by=by),
        "ask_applicant": lambda c, by: actions.ask_applicant(c, "Hangi kapının önü?", by=by),
        "applicant_replies": lambda c, by: actions.applicant_replies(c, "5 numara", by=by),
        "applicant_writes": lambda c, by: actions.applicant_writes(c, "Bir de lamba yanmıyor", by=by),
        "ask_unit": lambda c, by: actions.ask_unit(c, house.desk, "Ne dersiniz?", by=by),
        "unit_replies": lambda c, by: actions.unit_replies(request(c), "Sakıncası yok", by=by),
        "await_third_party": lambda c, by: actions.await_third_party(c, house.waterworks, by=by),
        "third_party_replies": lambda c, by: actions.third_party_replies(c, "Boru onarıldı", by=by),
        "interim_answer": lambda c, by: actions.interim_answer(c, "İnceliyoruz", by=by),
        "propose_answer": lambda c, by: actions.propose_answer(c, ANSWER, by=by),
        "approve": lambda c, by: actions.approve(c, by=by),
        "send_back": lambda c, by: actions.send_back(c, "Tarihi de yazın", by=by),
        "resolve": lambda c, by: actions.resolve(c, ANSWER, by=by),
        "refer": lambda c, by: actions.refer(c, house.waterworks, "KASKİ'ye ilettik", by=by),
        "not_solved": lambda c, by: actions.not_solved(c, "Çukur duruyor", by=by),
        "rate": lambda c, by: actions.rate(c, 4, by=by),
        "close": lambda c, by: actions.close(c, by=by),
        "reopen": lambda c, by: actions.reopen(c, "Çukur yeniden açıldı", by=by),
        "merge": lambda c, by: actions.merge(c, main, by=by),
        "extend": lambda c, by: actions.extend(c, "Başka birimden bilgi gerekiyor", by=by),
        "change_regime": lambda c, by: actions.change_regime(c, ["CIMER"], "CİMER'den gelmiş", by=by),
        "postpone": lambda c, by: actions.postpone(c, in_days(9), "Yağmur var", by=by),
        "warn": lambda c, by: actions.warn(c, by=by, at=timezone.now() + timedelta(days=400)),
        "fee_notice": lambda c, by: actions.fee_notice(c, "Vezneye ödeyin", 30, amount=Decimal(40), by=by),
        "fee_paid": lambda c, by: actions.fee_paid(c, in_days(0), by=by),
        "fee_unpaid": lambda c, by: actions.fee_unpaid(c, by=by, at=timezone.now() + timedelta(days=60)),
        "record_appeal": lambda c, by: actions.record_appeal(c, "court", in_days(0), "2026/1", by=by),
        "answered_elsewhere": lambda c, by: actions.answered_elsewhere(c, by=by),
        "not_examine": lambda c, by: actions.not_examine(c, "no_subject", "Konu belirsiz", by=by),
        "withdraw": lambda c, by: actions.withdraw(c, "Gerek kalmadı", by=by),
        "invalidate": lambda c, by: actions.invalidate(c, "Deneme kaydı", by=by),
        "register_document": lambda c, by: actions.register_document(c, INCOMING, by=by),
        "sign_answer": lambda c, by: actions.sign_answer(c, SIGNED, "E-77", timezone.localdate(), by=by),
        "hand_over": lambda c, by: actions.hand_over(c, by=by),
        "note": lambda c, by: actions.note(c, "Bakıldı", by=by),
        "attach": lambda c, by: actions.attach(c, FILE, by=by),
    }


@dataclass(frozen=True)
class Row:
    """One line as it was agreed: from these states, to that one, by these, and only where approval is (not) needed."""

    verb: str
    origin: str
    to: str
    who: str
    approval: bool | None = None


AT_DESK = "registered returned"
AT_WORK = "in_progress planned"
MOVING = f"{AT_DESK} assigned {AT_WORK} waiting_third_party"  # neither the applicant nor the head is awaited
OPEN_STATES = f"{MOVING} waiting_applicant in_approval"
ANY = f"{OPEN_STATES} resolved closed"
# "same": stays where it is; "back": where it was when the applicant was asked.
TABLE = [
    Row("route", f"{AT_DESK} assigned", "assigned", "house desk arbiter"),
    Row("reclassify", f"{MOVING} waiting_applicant", "same", "desk unit"),
    Row("correct_place", OPEN_STATES, "same", "desk unit field"),
    Row("split", OPEN_STATES, "same", "desk unit"),
    Row("assign", f"assigned {AT_WORK} waiting_third_party waiting_applicant in_approval", "same", "unit house"),
    Row("return_to_desk", "assigned in_progress", "returned", "unit"),
    Row("accept", "assigned", "in_progress", "unit"),
    Row("plan", "assigned in_progress", "planned", "unit"),
    Row("plan", "planned", "planned", "unit field"),
    Row("ask_applicant", MOVING, "waiting_applicant", "unit desk"),
    Row("applicant_replies", "waiting_applicant", "back", "citizen desk unit house"),
    Row("applicant_writes", ANY, "same", "citizen desk unit"),
    Row("ask_unit", AT_WORK, "same", "unit"),
    Row("unit_replies", OPEN_STATES, "same", "asked_unit"),
    Row("await_third_party", "in_progress", "waiting_third_party", "unit"),
    Row("third_party_replies", "waiting_third_party", "in_progress", "unit"),
    Row("interim_answer", OPEN_STATES, "same", "unit_head"),
    Row("propose_answer", AT_WORK, "in_approval", "unit field", approval=True),
    Row("approve", "in_approval", "resolved", "unit_head"),
    Row("send_back", "in_approval", "in_progress", "unit_head"),
    Row("resolve", AT_WORK, "resolved", "unit field", approval=False),
    Row("resolve", "registered", "resolved", "desk"),
    Row("refer", f"{AT_DESK} assigned in_progress", "resolved", "desk unit"),
    Row("resolve_with_main", OPEN_STATES, "resolved", "house"),
    Row("not_solved", "resolved", "assigned", "citizen desk"),
    Row("rate", "resolved closed", "same", "citizen desk"),
    Row("close", "resolved", "closed", "citizen desk house"),
    Row("reopen", "closed", "assigned", "desk citizen"),
    Row("merge", OPEN_STATES, "same", "desk"),
    Row("unmerge", ANY, "same", "desk house"),
    Row("change_regime", OPEN_STATES, "same", "desk unit_head"),
    Row("postpone", "assigned in_progress waiting_third_party in_approval", "same", "unit"),
    Row("warn", OPEN_STATES, "same", "house"),
    Row("extend", OPEN_STATES, "same", "unit_head"),
    Row("fee_notice", AT_WORK, "waiting_applicant", "unit"),
    Row("fee_paid", "waiting_applicant", "back", "desk unit"),
    Row("fee_unpaid", "waiting_applicant", "closed", "house"),
    Row("record_appeal", "resolved closed", "same", "desk unit"),
    Row("answered_elsewhere", "resolved closed", "same", "desk"),
    Row("register_document", ANY, "same", "desk unit house"),
    Row("sign_answer", f"{AT_WORK} in_approval resolved closed", "same", "desk unit house"),
    Row("hand_over", "resolved closed", "same", "house"),
    Row("not_examine", OPEN_STATES, "closed", "desk unit"),
    Row("withdraw", OPEN_STATES, "closed", "citizen desk"),
    Row("invalidate", OPEN_STATES, "closed", "desk"),
    Row("note", ANY, "same", "desk unit unit_head field arbiter asked_unit"),
    Row("attach", ANY, "same", "citizen desk unit field asked_unit"),
]

# They have no actor but the house, or need two cases: tests/cases/test_merging.py tries them.
ELSEWHERE = {"resolve_with_main", "unmerge"}
# The cases here wait for words, not for money, and none came through CİMER: tests/cases/test_fees.py and
# tests/web/test_cimer.py try them.
NO_FEE_AND_NO_CIMER = {"fee_paid", "fee_unpaid", "answered_elsewhere"}
TOUCHED_BY_APPROVAL = {"propose_answer", "approve", "send_back", "resolve"}


def brought_to(state: State, house: House, subject: Subject) -> Case:
    """A case led into this state by the real verbs; where it can be, another unit is asked and a crew planned."""
    case = house.open(subject, channel=Channel.PETITION, type=CaseType.FOI)
    if state == State.REGISTERED:
        return case
    actions.accept(actions.route(case), by=house.officer)
    actions.ask_unit(case, house.zoning, "Parsel kimin?", by=house.officer)
    if state == State.WAITING_THIRD_PARTY:
        return actions.await_third_party(case, house.waterworks, by=house.officer)
    if state in (State.RETURNED, State.ASSIGNED):
        actions.return_to_desk(case, "incomplete", "Adres eksik", by=house.officer)
        return (
            actions.route(case, house.transport, "Adres tamamlandı", by=house.agent)
            if state == State.ASSIGNED
            else case
        )
    if state == State.IN_PROGRESS:
        return case
    actions.plan(case, in_days(1), crew=house.crew, by=house.officer)
    if state == State.WAITING_APPLICANT:
        return actions.ask_applicant(case, "Hangi kapı?", by=house.officer)
    if state == State.PLANNED:
        return case
    if subject.needs_approval:
        actions.propose_answer(case, ANSWER, by=house.officer)
        if state == State.IN_APPROVAL:
            return case
        actions.approve(case, by=house.head)
    else:
        actions.resolve(case, ANSWER, by=house.officer)
    return actions.close(case, by=RULE) if state == State.CLOSED else case


def everybody(house: House, case: Case) -> dict[str, tuple[Actor, str]]:
    """Everybody of the cast and as whom they stand towards this case."""
    here, asked = case.unit_id == house.transport.pk, case.unit_requests.exists()
    unit, other = "unit" if here else "", "asked_unit" if asked else ""
    told: dict[str, tuple[Actor, str]] = {
        "citizen": (Citizen(), "citizen"), "rule": (RULE, "house"), "import": (IMPORT, ""),
        "agent": (house.agent, "desk"), "manager": (house.manager, "desk arbiter"), "arbiter": (house.arbiter, "arbiter"),
        "officer": (house.officer, unit), "representative": (house.representative, unit),
        "head": (house.head, "unit unit_head" if here else ""),
        "field worker": (house.field_worker, "field" if case.crew_id else ""),
        "asked unit": (house.outsider, other), "its head": (house.zoning_head, other),
    }  # fmt: skip
    lookers = ("auditor", "administrator", "mayor", "deputy_mayor", "greeter", "hall_manager", "moderator")
    return told | {name: (house.staff[name], "") for name in lookers}


def row_of(verb: str, case: Case, held: str) -> Row | None:
    """The row that lets somebody who stands there as `held` do this to the case."""
    needs_approval = case.subject.needs_approval
    if verb in NO_FEE_AND_NO_CIMER:
        return None
    for row in TABLE:
        same = row.verb == verb and case.state in row.origin.split() and set(held.split()) & set(row.who.split())
        if same and row.approval in (None, needs_approval):
            return row
    return None


@pytest.fixture
def permit(house: House) -> Subject:
    """A subject of the same unit that needs the head's approval."""
    return Subject.objects.create(
        code="ULS-02", name_tr="Kazı izni", category=house.pothole.category, unit=house.transport,
        default_type=CaseType.REQUEST, needs_approval=True,
    )  # fmt: skip


class _Back(Exception):
    """Undoes one cell of the table."""


def _try(verb: str, do: Callable[[Case, Actor], object], case: Case, by: Actor) -> tuple[bool, Case]:
    """Tries one cell on a fresh copy and undoes it; whether it was allowed, and the case as it then stood."""
    fresh = Case.objects.get(pk=case.pk)
    events = fresh.last_event
    allowed = False
    try:
        with transaction.atomic():
            with suppress(NotAllowed), transaction.atomic():
                do(fresh, by)
            after = Case.objects.get(pk=case.pk)
            if after.last_event != events:
                told = [event.verb for event in after.events.filter(seq__gt=events)]
                assert told == [verb], f"{verb} told {told}"
                allowed = True
            raise _Back
    except _Back:
        return allowed, after


@pytest.mark.parametrize("state", list(State))
def test_every_verb_by_everybody(house: House, permit: Subject, state: State) -> None:
    """Allowed cells move as the row says and leave one event; the others change nothing."""
    subjects = [permit] if state == State.IN_APPROVAL else [house.pothole, permit]
    doing = tries(house, main=house.assigned())
    wrong = []
    for case in [brought_to(state, house, subject) for subject in subjects]:
        assert case.state == state
        for name, (by, held) in everybody(house, case).items():
            offered = verbs_for(case, by)
            for verb, do in doing.items():
                if case.subject.needs_approval and state != State.IN_APPROVAL and verb not in TOUCHED_BY_APPROVAL:
                    continue
                cell = f"{verb} from {state} by {name}{' (approval)' if case.subject.needs_approval else ''}"
                row = row_of(verb, case, held)
                should = row is not None
                if (verb in offered) != should:
                    wrong.append(f"{cell}: the table offers {not should}")
                if verb == "unit_replies" and not case.unit_requests.exists():
                    continue
                did, after = _try(verb, do, case, by)
                if did != should:
                    wrong.append(f"{cell}: {'happened' if did else 'was refused'}")
                elif did and row and after.state != {"same": case.state, "back": case.resume_state}.get(row.to, row.to):
                    wrong.append(f"{cell}: led to {after.state}")
                elif not did and after.state != case.state:
                    wrong.append(f"{cell}: refused, yet the state changed")
    assert not wrong, "\n".join(wrong)


def test_the_table_is_the_one_that_was_agreed() -> None:
    """Also for the verbs that the house alone uses. Who routes after two returns and that a citizen reopens once is told by
    tests/cases/test_routing.py and test_ending.py: they depend on more than a state."""
    agreed, held = {}, {}
    for verb in sorted({row.verb for row in TABLE}):
        rows = [row for row in TABLE if row.verb == verb]
        words = [{word for row in rows for word in getattr(row, part).split()} for part in ("origin", "who")]
        agreed[verb] = (*map(sorted, words), rows[0].to)
    for verb, rule in RULES.items():
        to = rule.to or ("back" if verb in ("applicant_replies", "fee_paid") else "same")
        held[verb] = (sorted(map(str, rule.origin)), sorted(map(str, rule.who)), str(to))
    assert held == agreed


def test_the_table_is_tried_whole(house: House) -> None:
    """A verb added to the table without a try here fails."""
    assert set(tries(house, house.open())) | ELSEWHERE == set(RULES)


def test_every_verb_of_the_table_is_a_function() -> None:
    for verb in RULES:
        assert callable(getattr(actions, verb)), verb


def test_open_means_neither_resolved_nor_closed() -> None:
    assert set(State) - OPEN == {State.RESOLVED, State.CLOSED}


def test_a_supporter_rests_with_its_main_case(house: House) -> None:
    """While merged, only what the citizen says and what unties it reaches a case."""
    main, case = house.assigned(), house.assigned()
    actions.merge(case, main, by=house.agent)
    with pytest.raises(NotAllowed, match=main.number):
        actions.accept(case, by=house.officer)
    actions.note(case, "Aynı çukur", by=house.agent)
    actions.unmerge(case, by=house.agent)
    actions.accept(case, by=house.officer)
    assert case.state == State.IN_PROGRESS
