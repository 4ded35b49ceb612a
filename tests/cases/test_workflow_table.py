"""The whole table: every verb, in every state, by everybody; the allowed happens once, the rest changes nothing."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from mimer.cases import actions
from mimer.cases.actions import Draft
from mimer.cases.actions.opening import Place
from mimer.cases.actors import IMPORT, RULE, Actor, Citizen, Party
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
        "not_examine": lambda c, by: actions.not_examine(c, "no_subject", "Konu belirsiz", by=by),
        "withdraw": lambda c, by: actions.withdraw(c, "Gerek kalmadı", by=by),
        "invalidate": lambda c, by: actions.invalidate(c, "Deneme kaydı", by=by),
        "register_document": lambda c, by: actions.register_document(c, INCOMING, by=by),
        "sign_answer": lambda c, by: actions.sign_answer(c, SIGNED, "E-77", timezone.localdate(), by=by),
        "hand_over": lambda c, by: actions.hand_over(c, by=by),
        "note": lambda c, by: actions.note(c, "Bakıldı", by=by),
        "attach": lambda c, by: actions.attach(c, FILE, by=by),
    }


# They have no actor but the house, or need two cases: tests/cases/test_merging.py tries them.
ELSEWHERE = {"resolve_with_main", "unmerge"}
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


def everybody(house: House, case: Case) -> dict[str, tuple[Actor, set[Party]]]:
    """Everybody of the cast and as whom they stand towards this case."""
    here = case.unit_id == house.transport.pk
    return {
        "citizen": (Citizen(), {Party.CITIZEN}),
        "agent": (house.agent, {Party.DESK}),
        "manager": (house.manager, {Party.DESK, Party.ARBITER}),
        "arbiter": (house.arbiter, {Party.ARBITER}),
        "officer": (house.officer, {Party.UNIT} if here else set()),
        "head": (house.head, {Party.UNIT, Party.UNIT_HEAD} if here else set()),
        "field worker": (house.field_worker, {Party.FIELD} if case.crew_id else set()),
        "asked unit": (house.outsider, {Party.ASKED_UNIT} if case.unit_requests.exists() else set()),
        "rule": (RULE, {Party.HOUSE}),
        "import": (IMPORT, set()),
        "auditor": (house.auditor, set()),
        "administrator": (house.administrator, set()),
    }


def expected(verb: str, case: Case, held: set[Party]) -> bool:
    """What the table and the notes beside its rows say, told once more in other words."""
    rule, state, approval = RULES[verb], State(case.state), case.subject.needs_approval
    parties = held & rule.who
    if verb == "resolve":
        at_work = state != State.REGISTERED
        parties &= ({Party.UNIT, Party.FIELD} if not approval else set()) if at_work else {Party.DESK}
    if verb == "propose_answer" and not approval:
        return False
    if verb == "plan" and state != State.PLANNED:
        parties -= {Party.FIELD}
    return state in rule.origin and bool(parties)


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
                should = expected(verb, case, held)
                if (verb in offered) != should:
                    wrong.append(f"{cell}: the table offers {not should}")
                if verb == "unit_replies" and not case.unit_requests.exists():
                    continue
                did, after = _try(verb, do, case, by)
                if did != should:
                    wrong.append(f"{cell}: {'happened' if did else 'was refused'}")
                elif did and after.state != _target(verb, case):
                    wrong.append(f"{cell}: led to {after.state}")
                elif not did and after.state != case.state:
                    wrong.append(f"{cell}: refused, yet the state changed")
    assert not wrong, "\n".join(wrong)


def _target(verb: str, case: Case) -> str:
    if verb == "applicant_replies":
        return case.resume_state
    return RULES[verb].to or case.state


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
