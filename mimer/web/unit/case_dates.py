"""Every date of a case with its own account: the target, the clocks of the law, what silence means, and the promises."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from mimer.cases.accounts import Line, counted_in_of, in_words, lines_of, steps_of, why_act_by
from mimer.cases.legal import silence
from mimer.cases.models import Case, Event, LegalClock, Promise, PromiseEnd
from mimer.cases.service_account import count_again
from mimer.law import StepKind

from ..templatetags.look import long_date, moment


@dataclass(frozen=True)
class Dated:
    """A date in one line, what is to be said about it, and how it came about, line by line."""

    summary: str
    said: str = ""
    warning: str = ""
    basis: str = ""
    why: str = ""
    leads: bool = False
    lines: list[Line] = field(default_factory=list)


def dates_of(case: Case, events: Iterable[Event]) -> list[Dated]:
    """All dates of the case; two queries, however many there are."""
    ever_owed = any(event.facts.get("regimes") or event.facts.get("from_regimes") for event in events)
    clocks = list(case.legal_clocks.all()) if ever_owed else []
    promises = list(case.promises.all())
    found = [_target(case, events), *(_clock(case, clock) for clock in clocks), _silence(case), _promises(promises)]
    return [dated for dated in found if dated]


def _target(case: Case, events: Iterable[Event]) -> Dated | None:
    if case.due_at is None and case.clock_left is None:
        return None
    summary = _("Hedef: %(when)s") % {"when": _target_words(case)}
    counted = count_again(case, events)
    if counted is None:
        return Dated(summary, said=_("Bu tarih eski sistemden geldi; nasıl sayıldığı bilinmiyor."))
    due, steps = counted
    counted_in = counted_in_of(case.clock)
    return Dated(
        summary,
        warning=_changed(case.due_at, due),
        basis=_("Konunun hedefi: %(period)s") % {"period": in_words(case.target_hours, counted_in)},
        lines=lines_of(steps, counted_in),
    )


def _target_words(case: Case) -> str:
    if case.due_at:
        return moment(case.due_at)
    left = in_words(round((case.clock_left or 0) / 3600), counted_in_of(case.clock))
    return _("süre durdu, cevap bekleniyor; kalan %(left)s") % {"left": left}


def _changed(stored: datetime | None, counted: datetime | None) -> str:
    """The sentence for a date that today's calendar would not give; what was told stands."""
    if stored is None or counted is None or abs((stored - counted).total_seconds()) < 1:
        return ""
    return _(
        "Takvim ya da çalışma saatleri sonradan değişti; bugünkü takvimle %(counted)s çıkardı. Kayıttaki tarih"
        " geçerlidir."
    ) % {"counted": moment(counted)}


def _clock(case: Case, clock: LegalClock) -> Dated:
    leads = clock.is_running and clock.regime == case.regime
    day = _("en geç %(day)s") % {"day": long_date(clock.act_by)}
    if clock.stopped_on and clock.ended_on is None:
        day = _("süre durdu")
    return Dated(
        f"{clock.get_regime_display()}: {day}",
        said=_standing(case, clock, leads),
        warning=_late(clock),
        basis=f"{clock.article}: {in_words(clock.period, clock.counted_in)}",
        why=why_act_by(clock.due_on, clock.act_by) if clock.due_on and clock.act_by else "",
        leads=leads,
        lines=lines_of(steps_of(clock), clock.counted_in),
    )


def _standing(case: Case, clock: LegalClock, leads: bool) -> str:
    """What became of the clock, in one line."""
    if clock.ended_on:
        return _("%(day)s gününden beri uygulanmıyor.") % {"day": long_date(clock.ended_on)}
    if clock.met_on and case.interim_at and clock.met_on == timezone.localtime(case.interim_at).date():
        return _("%(day)s günü ara bilgiyle karşılandı; kesin cevap borç kaldı.") % {"day": long_date(clock.met_on)}
    if clock.met_on:
        return _("%(day)s günü verilen cevapla karşılandı.") % {"day": long_date(clock.met_on)}
    if clock.stopped_on:
        return _("%(day)s gününden beri duruyor; ücret bekleniyor.") % {"day": long_date(clock.stopped_on)}
    said = [_("Bu süre önde.")] if leads else []
    if clock.due_on != clock.act_by:
        said.append(_("Yasal son gün %(day)s.") % {"day": long_date(clock.due_on)})
    if clock.extended_on:
        said.append(_("%(day)s günü uzatıldı.") % {"day": long_date(clock.extended_on)})
    return " ".join(said)


def _late(clock: LegalClock) -> str:
    """Whether the last day passed, before the answer or without one."""
    if clock.due_on is None or clock.ended_on:
        return ""
    if clock.met_on:
        return _("Cevap yasal süreden sonra verildi.") if clock.met_on > clock.due_on else ""
    return _("Yasal süre geçti.") if clock.is_running and clock.due_on < timezone.localdate() else ""


def _silence(case: Case) -> Dated | None:
    found = silence(case) if case.is_open else None
    if found is None:
        return None
    row, due = found
    if case.interim_at:
        said = _("Ara bilgi kesin cevap değildir; başvuran onu en çok bu güne kadar bekler (2577 m. 10).")
    elif due.last_day < timezone.localdate():
        said = _("Bu tarihe kadar cevap verilmediği için reddedilmiş sayılır (2577 m. 10).")
    else:
        said = _("Bu tarihte cevap verilmemişse reddedilmiş sayılır (2577 m. 10).")
    return Dated(
        _("Cevap verilmezse: %(day)s") % {"day": long_date(due.last_day)},
        said=said,
        basis=f"{row.article}: {in_words(row.period or 0, row.unit)}",
        # The citizen's right does not wait for a working day of ours, so nothing is brought forward here.
        lines=lines_of([step for step in due.steps if step.what in (StepKind.RECEIVED, StepKind.LAST_DAY)], row.unit),
    )


def _promises(promises: list[Promise]) -> Dated | None:
    if not promises:
        return None
    last = promises[-1]
    lines = [
        Line(
            long_date(row.made_at),
            _("%(day)s için söz verildi (%(kind)s): %(end)s")
            % {"day": long_date(row.due_on), "kind": row.get_kind_display(), "end": _end(row)},
            "promise",
        )
        for row in promises
    ]
    broken = last.settled_on is None and last.due_on < timezone.localdate()
    return Dated(
        _("Söz: %(day)s") % {"day": long_date(last.due_on)},
        said="" if last.settled_on is None else _("Son durum: %(end)s.") % {"end": _end(last)},
        warning=_("Söylenen tarih geçti; başvurana yeni tarih söyleyin.") if broken else "",
        lines=lines,
    )


def _end(row: Promise) -> str:
    """What became of a promise."""
    if row.settled_on is None:
        return _("bekliyor") if row.due_on >= timezone.localdate() else _("tutulmadı")
    if row.ending == PromiseEnd.DROPPED:
        return _("konusu kalmadı")
    if row.settled_on > row.due_on:
        return _("tutulmadı")
    return _("tutuldu") if row.ending == PromiseEnd.DONE else _("yeni tarih söylendi")
