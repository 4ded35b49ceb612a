"""The clocks of the law on a case: which apply, from when to when, what meets, stops or extends them, and which leads."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from mimer import law
from mimer.municipality.kinds import CaseType, Channel
from mimer.municipality.models import Municipality, Subject
from mimer.municipality.statutes import period_on

from .clocks import house_calendar
from .models import Case, LegalClock
from .rules import NotAllowed
from .states import LegalRegime

WRITTEN = (Channel.PETITION, Channel.KEP, Channel.E_DEVLET)
# Silence on these is a refusal (2577 art. 10); what is asked under 4982 and 6698 has remedies of its own.
SILENCE_REFUSES = (
    LegalRegime.PETITION_3071, LegalRegime.CIMER, LegalRegime.ZONING_PERMIT_3194, LegalRegime.ZONING_OCCUPANCY_3194,
)  # fmt: skip


def regimes_for(case_type: str, channel: str, subject: Subject | None = None) -> list[LegalRegime]:
    """The law that type, door and subject bring with them; a call or a message is no petition (3071 art. 4)."""
    found = []
    if case_type == CaseType.FOI:
        found.append(LegalRegime.FOI_4982)
    if case_type == CaseType.DATA_SUBJECT:
        found.append(LegalRegime.DATA_SUBJECT_6698)
    if channel == Channel.CIMER:
        found.append(LegalRegime.CIMER)
    if subject and subject.regime in LegalRegime.values and case_type == CaseType.REQUEST and channel in WRITTEN:
        found.append(LegalRegime(subject.regime))
    if channel in WRITTEN and not found:
        found.append(LegalRegime.PETITION_3071)
    return found


def start_clocks(case: Case, regimes: Iterable[str], received_on: date) -> list[LegalClock]:
    """The clocks of these regimes, unsaved, by the law in force on the day of receipt; the case shows the leading one."""
    clocks = [clock for regime in regimes if (clock := _new_clock(case, regime, received_on))]
    lead(case, clocks)
    return clocks


def legal_due(regime: str, received_on: date) -> law.LegalDue | None:
    """The end of the answer period that was law on that day, or None where no statute sets one in days."""
    row = period_on(regime, received_on)
    if row is None or row.period is None or row.unit in (law.Unit.BUSINESS_HOURS, law.Unit.ELAPSED_HOURS):
        return None
    return law.legal_due(row, received_on, house_calendar())


def lead(case: Case, clocks: Iterable[LegalClock]) -> None:
    """Puts the earliest of the running clocks onto the case; with none left what stands there stays as the record."""
    clocks = list(clocks)
    running = [clock for clock in clocks if clock.is_running and clock.due_on]
    if running:
        first = min(running, key=lambda clock: (clock.due_on, clock.pk or 0))
        case.regime, case.legal_due_on, case.legal_act_by = first.regime, first.due_on, first.act_by
    elif any(clock.stopped_on and clock.ended_on is None for clock in clocks) or not clocks:
        case.legal_due_on = case.legal_act_by = None
    if not clocks:
        case.regime = LegalRegime.SERVICE


def meet(case: Case, on: date) -> None:
    """The answer was given: every clock that waited for it is met. What comes after is no matter of these periods."""
    if case.legal_due_on is None and case.regime == LegalRegime.SERVICE:
        return
    if case.legal_met_on is None:
        case.legal_met_on = on
    case.legal_clocks.filter(met_on=None, ended_on=None).update(met_on=on)


def meet_by_interim(case: Case, on: date) -> list[str]:
    """An interim answer keeps the period where the law says so (3071 art. 7); from then the longest wait runs."""
    met = [clock for clock in case.legal_clocks.filter(met_on=None, ended_on=None) if _interim_meets(clock)]
    for clock in met:
        clock.met_on = on
        clock.save(update_fields=["met_on"])
    if met and not case.legal_clocks.filter(regime=LegalRegime.ADMIN_WAIT_2577, ended_on=None).exists():
        received_on = timezone.localtime(case.received_at).date()
        if longest := _new_clock(case, LegalRegime.ADMIN_WAIT_2577, received_on):
            longest.save()
    lead(case, case.legal_clocks.filter(ended_on=None))
    return [clock.regime for clock in met]


def replace_clocks(case: Case, regimes: Iterable[str], on: date) -> None:
    """Other law applies: what no longer does ends, what is new counts from receipt, what stays keeps its dates."""
    wanted = list(dict.fromkeys(regimes))
    running = {clock.regime: clock for clock in case.legal_clocks.filter(ended_on=None)}
    for regime, clock in running.items():
        if regime not in wanted:
            clock.ended_on = on
            clock.save(update_fields=["ended_on"])
    received_on = timezone.localtime(case.received_at).date()
    for regime in wanted:
        if regime not in running and (new := _new_clock(case, regime, received_on)):
            new.save()
    lead(case, case.legal_clocks.filter(ended_on=None))


def extend_clock(case: Case, on: date) -> LegalClock:
    """Takes the extension the statute has, before its first period ends; raises NotAllowed with the reason why not."""
    clock = case.legal_clocks.filter(regime=case.regime, met_on=None, ended_on=None).first()
    if clock is None or clock.due_on is None or clock.stopped_on:
        raise NotAllowed(_("Bu başvuruda uzatılacak yasal bir süre yok."))
    if clock.extended_on:
        raise NotAllowed(_("Bu süre bir kez uzatıldı; yasa ikinci bir uzatma tanımıyor."))
    if clock.extended_period is None:
        raise NotAllowed(
            _("%(article)s süre uzatımı tanımıyor; süre dolmadan ara bilgi verin.") % {"article": clock.article}
        )
    if on > clock.due_on:
        raise NotAllowed(_("İlk yasal süre geçti; artık uzatılamaz."))
    row = _as_counted(clock, clock.extended_period)
    due = law.legal_due(row, clock.started_on, house_calendar())
    clock.due_on, clock.act_by, clock.extended_on = due.last_day, due.act_by, on
    clock.account = [*_written(due.steps)]
    clock.save()
    lead(case, case.legal_clocks.filter(ended_on=None))
    return clock


def stop_clock(case: Case, regime: str, on: date) -> LegalClock | None:
    """A fee notice interrupts the period (4982 art. 11): no date stands until it is paid."""
    clock = case.legal_clocks.filter(regime=regime, met_on=None, ended_on=None, stopped_on=None).first()
    if clock:
        clock.stopped_on = on
        clock.save(update_fields=["stopped_on"])
        lead(case, case.legal_clocks.filter(ended_on=None))
    return clock


def go_on(case: Case, regime: str, on: date) -> LegalClock | None:
    """The fee is paid: the period runs on with what was left, or anew where the house reads the law so."""
    clock = case.legal_clocks.filter(regime=regime, ended_on=None).exclude(stopped_on=None).first()
    if clock is None or clock.stopped_on is None:
        return None
    period = clock.extended_period if clock.extended_on and clock.extended_period else clock.period
    calendar = house_calendar()
    if Municipality.get().fee_restarts:
        left, start = period, on
    else:
        left, start = max(period - _used(clock, calendar), 1), on
    due = law.legal_due(_as_counted(clock, left), start, calendar)
    pause = [
        [clock.stopped_on.isoformat(), "stopped", "", "", None],
        [on.isoformat(), "resumed", "", "", left],
    ]
    clock.account = [*clock.account[: _place_of(clock.account, clock.stopped_on)], *pause, *_written(due.steps[1:])]
    clock.due_on, clock.act_by, clock.stopped_on = due.last_day, due.act_by, None
    clock.save()
    lead(case, case.legal_clocks.filter(ended_on=None))
    return clock


def silence(case: Case) -> tuple[law.Regime, law.LegalDue] | None:
    """How long silence may last before it is a refusal (2577 art. 10); None where it is none, or an answer came."""
    if case.regime not in (*SILENCE_REFUSES, LegalRegime.ADMIN_WAIT_2577) or case.legal_met_on:
        return None
    code = "ADMIN_WAIT_2577" if case.interim_at else "ADMIN_2577"
    received_on = timezone.localtime(case.received_at).date()
    row, due = period_on(code, received_on), legal_due(code, received_on)
    return (row, due) if row and due else None


def implied_refusal(case: Case) -> date | None:
    """The day with whose end silence is a refusal, or None where it is not or an answer came."""
    found = silence(case)
    return found[1].last_day if found else None


def _new_clock(case: Case, regime: str, received_on: date) -> LegalClock | None:
    row = period_on(regime, received_on)
    due = legal_due(regime, received_on)
    if row is None or row.period is None or due is None:
        return None
    return LegalClock(
        case=case, regime=regime, article=row.article, period=row.period, counted_in=row.unit.value,
        extended_period=row.extended_period, started_on=received_on, due_on=due.last_day, act_by=due.act_by,
        account=_written(due.steps),
    )  # fmt: skip


def _interim_meets(clock: LegalClock) -> bool:
    row = period_on(clock.regime, clock.started_on)
    return row is not None and row.interim_meets


def _as_counted(clock: LegalClock, period: int) -> law.Regime:
    """The clock's own law (as it was copied, whatever the rows say now) with so many days."""
    return law.Regime(
        code=clock.regime, name_tr="", name_en="", bound="municipality", period=period, unit=law.Unit(clock.counted_in),
        extended_period=None, extension_tr="", extension_en="", interim_meets=False, remedy_tr="", remedy_en="",
        remedy_certainty=law.Certainty.UNVERIFIED, article=clock.article, source="",
        certainty=law.Certainty.UNVERIFIED, valid_from=None, valid_to=None, note="",
    )  # fmt: skip


def _used(clock: LegalClock, calendar: law.Calendar) -> int:
    """How much of the period had run when it was stopped, in what the period is counted in (days)."""
    stopped = clock.stopped_on or clock.started_on
    days = (stopped - clock.started_on).days
    if clock.counted_in != law.Unit.WORKING_DAYS:
        return days
    return sum(calendar.is_working_day(date.fromordinal(clock.started_on.toordinal() + n)) for n in range(1, days + 1))


def _place_of(account: list[list[Any]], day: date) -> int:
    """Up to where an account goes that was broken off on that day."""
    kept = [line for line in account if line[1] not in ("last_day", "act_by") and date.fromisoformat(line[0]) <= day]
    return len(kept)


def _written(steps: Iterable[law.Step]) -> list[list[Any]]:
    """Steps as they are kept on the clock."""
    return [[step.day.isoformat(), step.what.value, step.why_tr, step.why_en, step.counted] for step in steps]
