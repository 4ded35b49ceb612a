"""Verbs about endings: believed or not, closed by word or time, opened again, or ended before any work."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from mimer.municipality.kinds import Channel
from mimer.municipality.models import GroundKind, LegalGround, Municipality
from mimer.municipality.statutes import grounds_on

from ..actors import RULE, Actor, Party
from ..clocks import set_service_clock
from ..legal import meet
from ..models import Case, NoteKind, PromiseEnd, PromiseKind, Rating
from ..rules import NotAllowed
from ..states import Outcome, State
from .act import Act, acting, require
from .answering import drop_proposals
from .edges import lock_supporters, unmerge


def not_solved_until(case: Case) -> datetime | None:
    """Until when "Sorunum çözülmedi" can be said: so many days after the answer."""
    return case.resolved_at + timedelta(days=Municipality.get().not_solved_days) if case.resolved_at else None


def not_solved(case: Case, words: str = "", *, by: Actor, at: datetime | None = None) -> Case:
    """The citizen says that it is not solved: back to the unit with a fresh clock. No legal objection; stops no court period."""
    with acting(case, "not_solved", by, at) as act:
        until = not_solved_until(act.case)
        if until and act.at > until:
            raise NotAllowed(
                _("Bu başvuru için “sorunum çözülmedi” deme süresi geçti; yeni bir başvuru yapabilirsiniz.")
            )
        has_photo = act.case.attachments.filter(by=None, at__gte=act.case.resolved_at).exists()
        if words.strip() or not has_photo:
            act.say(
                NoteKind.NOT_SOLVED,
                require(words, _("Neyin çözülmediğini birkaç sözcükle yazın ya da fotoğraf ekleyin.")),
            )
        act.facts["outcome_was"] = act.case.outcome
        _back_to_unit(act)
    return case


def reopen(case: Case, reason: str, *, by: Actor, at: datetime | None = None) -> Case:
    """A closed case lives again: by the desk with a reason, by the citizen once."""
    with acting(case, "reopen", by, at) as act:
        act.say(NoteKind.REASON, require(reason, _("Neden yeniden açılması gerektiğini yazın.")))
        act.case.reopenings += 1
        act.facts["outcome_was"] = act.case.outcome
        _back_to_unit(act)
    return case


def close(case: Case, *, by: Actor, at: datetime | None = None) -> Case:
    """Closed by the citizen's word, by the desk, or by time. Closing what is closed changes nothing."""
    try:
        with acting(case, "close", by, at) as act:
            act.case.closed_at = act.at
            act.move()
    except NotAllowed:
        if case.state != State.CLOSED:
            raise
    return case


def rate(
    case: Case, score: int, words: str = "", really_solved: bool | None = None, *, by: Actor, at: datetime | None = None
) -> Case:
    """One to five; one rating a case, so a later one takes the place of the first."""
    if score not in range(1, 6):
        raise NotAllowed(_("1 ile 5 arasında bir puan seçin."))
    with acting(case, "rate", by, at) as act:
        Rating.objects.update_or_create(
            case=act.case,
            defaults={"score": score, "words": words.strip(), "really_solved": really_solved, "at": act.at},
        )
        act.facts |= {"score": score, "really_solved": really_solved}
    return case


def not_examined_grounds(case: Case) -> list[LegalGround]:
    """The grounds the law of its day gives for not examining this case; those of CİMER only for what came by CİMER."""
    rows = grounds_on(GroundKind.NOT_EXAMINED, timezone.localtime(case.received_at).date())
    by_cimer = case.channel == Channel.CIMER
    fitting = [row for row in rows if by_cimer or not row.is_of_cimer]
    return sorted(fitting, key=lambda row: row.is_of_cimer != by_cimer)


def not_examine(case: Case, ground: str, words: str, *, by: Actor, at: datetime | None = None) -> Case:
    """Ends a case that the law does not let us examine; the ground is told."""
    if ground not in {row.code for row in not_examined_grounds(case)}:
        raise NotAllowed(_("İncelememe gerekçesini seçin."), "ground")
    with acting(case, "not_examine", by, at) as act:
        act.say(NoteKind.OUTSIDE, require(words, _("Başvurana ne söylediğinizi yazın.")))
        act.facts["ground"] = ground
        end_unworked(act, Outcome.NOT_EXAMINED)
    return case


def withdraw(case: Case, words: str = "", *, by: Actor, at: datetime | None = None) -> Case:
    """The citizen takes her application back."""
    with acting(case, "withdraw", by, at) as act:
        act.say(NoteKind.REPLY, require(words, _("Vazgeçme isteğini birkaç sözcükle yazın.")))
        end_unworked(act, Outcome.WITHDRAWN)
    return case


def invalidate(case: Case, reason: str, *, by: Actor, at: datetime | None = None) -> Case:
    """A record that never was an application; it stays, out of the rates."""
    with acting(case, "invalidate", by, at) as act:
        act.say(NoteKind.REASON, require(reason, _("Neden hatalı kayıt olduğunu yazın.")))
        end_unworked(act, Outcome.INVALID)
    return case


def _back_to_unit(act: Act) -> None:
    """To the unit it was with (or the subject's own), with a fresh service clock; an ended supporter stands alone again."""
    case = act.case
    case.unit = case.unit or case.subject.unit
    case.planned_for = case.crew = None
    if act.party in (Party.CITIZEN, Party.DESK):
        _stand_alone(act)
    set_service_clock(case, act.at)
    if case.due_at:
        act.promise(PromiseKind.TARGET, case.due_at)
    act.facts |= {
        "unit": case.unit.pk,
        "due": case.due_at.isoformat() if case.due_at else None,
    }  # told, even if the same
    act.move()


def _stand_alone(act: Act) -> None:
    """Ends the edge to the main case it was answered with, and says which that was."""
    if edge := act.case.merges.filter(ended_at=None).first():
        edge.ended_at = act.at
        edge.save(update_fields=["ended_at"])
        act.facts["main"] = edge.main_id


def end_unworked(act: Act, outcome: Outcome) -> None:
    """An ending before any work; it answers nobody else."""
    case = act.case
    case.outcome, case.resolved_at, case.closed_at = outcome, act.at, act.at
    case.resume_state, case.clock_left = "", None
    act.facts["outcome"] = outcome
    drop_proposals(case)
    act.settle_promises(PromiseEnd.DROPPED)
    meet(case, timezone.localtime(act.at).date())
    act.move()
    for supporter in lock_supporters(case):
        unmerge(supporter, by=RULE, at=act.at)  # nothing was done: each stands alone again
