"""Verbs about time: what law applies, a new date for the citizen, more time by law, and a warning that time has run."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from ..actors import RULE, Actor
from ..ladder import next_warning, steps_due
from ..legal import extend_clock, replace_clocks
from ..models import Case, NoteKind, PromiseKind
from ..paper import is_written
from ..rules import NotAllowed
from ..states import LegalRegime
from .act import acting, require


def change_regime(case: Case, regimes: Sequence[str], reason: str, *, by: Actor, at: datetime | None = None) -> Case:
    """Other law applies than the rule proposed; clocks that stay keep their dates, new ones count from receipt."""
    wanted = [code for code in dict.fromkeys(regimes) if code != LegalRegime.SERVICE]
    if unknown := [code for code in wanted if code not in LegalRegime.values]:
        raise NotAllowed(_("Bilinmeyen mevzuat: %(codes)s") % {"codes": ", ".join(unknown)}, "regimes")
    if LegalRegime.PETITION_3071 in wanted and not is_written(case):
        raise NotAllowed(
            _("Telefonla ya da mesajla gelen başvuru dilekçe değildir (3071 m. 4); imzalı dilekçesini alıp kaydedin."),
            "regimes",
        )
    with acting(case, "change_regime", by, at) as act:
        locked = act.case
        now = list(locked.legal_clocks.filter(ended_on=None).values_list("regime", flat=True))
        if sorted(now) == sorted(wanted):
            act.already()
            return case
        act.say(NoteKind.REASON, require(reason, _("Neden değiştirdiğinizi yazın."), "reason"))
        before = locked.legal_due_on
        replace_clocks(locked, wanted, timezone.localtime(act.at).date())
        act.facts |= {
            "regimes": wanted,
            "from_regimes": now,
            "legal_due": _iso(locked.legal_due_on),
            "from": _iso(before),
        }
    return case


def postpone(case: Case, day: date, reason: str, *, by: Actor, at: datetime | None = None) -> Case:
    """Tells the citizen another date before the old one breaks, and why; the old one stays in the ledger as moved."""
    with acting(case, "postpone", by, at) as act:
        locked, today = act.case, timezone.localtime(act.at).date()
        if day < today:
            raise NotAllowed(_("Yeni tarih geçmişte olamaz."), "day")
        if locked.promised_on == day:
            act.already()
            return case
        act.say(NoteKind.OUTSIDE, require(reason, _("Tarihi neden değiştirdiğinizi yazın."), "reason"))
        act.facts |= {"day": day.isoformat(), "from_day": _iso(locked.promised_on)}
        act.promise(PromiseKind.NEW_DATE, day)
    return case


def extend(case: Case, reason: str, *, by: Actor, at: datetime | None = None) -> Case:
    """More time for the answer the law owes, as far as the statute itself goes, and only before its first period ends."""
    with acting(case, "extend", by, at) as act:
        before = act.case.legal_due_on
        clock = extend_clock(act.case, timezone.localtime(act.at).date())
        words = require(reason, _("Süreyi neden uzattığınızı yazın."), "reason")
        act.say(NoteKind.OUTSIDE, f"{words} ({clock.article})")
        act.facts |= {"until": _iso(clock.due_on), "from": _iso(before), "regime": clock.regime}
        if clock.due_on:
            act.promise(PromiseKind.EXTENSION, clock.due_on)
    return case


def warn(case: Case, *, by: Actor = RULE, at: datetime | None = None) -> Case:
    """Writes down, once, which steps of the ladder have fallen; who is told follows from the steps."""
    with acting(case, "warn", by, at) as act:
        fallen = steps_due(act.case, act.at)
        act.case.next_warning_at = next_warning(act.case, act.at)
        if not fallen:
            act.already()
            act.keep_quietly("next_warning_at")
            return case
        act.facts["steps"] = [[step.clock, step.percent] for step in fallen]
    return case


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
