"""A deadline asked for without a case: which law, which day; counted as the house counts, or as shipped without one."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext as _

from mimer import law
from mimer.law import Step, Unit
from mimer.municipality.kinds import CaseType
from mimer.municipality.models import Subject
from mimer.municipality.statutes import periods
from mimer.turkish import day_span

from .accounts import counted_in_of
from .clocks import count_service, house_calendar, years_covered
from .states import LegalRegime

MORNING = time(9)


class CannotCount(Exception):
    """What was asked cannot be counted; the message is a sentence for whoever asked."""


@dataclass(frozen=True)
class Asked:
    """A regime's code, the local day and hour of receipt, a subject's code for its own target, and the kind (CİMER)."""

    regime: str
    received: date
    at: time = MORNING
    subject: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Deadline:
    """The answer: the law's own row, the last day (a moment where hours are counted), and how it came about."""

    row: law.Regime
    name: str
    period: int
    counted_in: str
    due: date | datetime
    act_by: date
    steps: tuple[Step, ...]
    extended: law.LegalDue | None = None


def deadline(asked: Asked) -> Deadline:
    """Counts what was asked for; raises CannotCount with the reason why not."""
    known, calendar = _house()
    row = _row(asked, known)
    last_year = max(years_covered()) - 1
    if not min(years_covered()) <= asked.received.year <= last_year:
        raise CannotCount(
            _("Tatiller %(first)s–%(last)s yılları için yazılı; bu aralıkta bir gün verin.")
            % {"first": min(years_covered()), "last": last_year}
        )
    start = timezone.make_aware(datetime.combine(asked.received, asked.at))
    if row.code == LegalRegime.SERVICE:
        return _service(row, asked, start, calendar)
    if row.period is None:
        raise CannotCount(_("%(code)s için süre yazılı değil.") % {"code": row.code})
    if row.unit is Unit.ELAPSED_HOURS:
        counted = law.count_elapsed_hours(timezone.localtime(start), row.period)
        return Deadline(row, row.name_tr, row.period, row.unit, counted.due, _act_by(counted.due, asked, calendar),
                        counted.steps)  # fmt: skip
    due = law.legal_due(row, asked.received, calendar)
    extended = law.legal_due(row, asked.received, calendar, extended=True) if row.extended_period else None
    return Deadline(row, row.name_tr, row.period, row.unit, due.last_day, due.act_by, due.steps, extended)


def _house() -> tuple[tuple[law.Regime, ...], law.Calendar]:
    """The rows and the calendar of the house; the shipped ones where there are no tables yet."""
    try:
        return periods(), house_calendar()
    except DatabaseError:
        return law.default_regimes(), law.Calendar(law.holidays_of_turkiye(years_covered()))


def _row(asked: Asked, known: tuple[law.Regime, ...]) -> law.Regime:
    code = asked.regime.upper()
    codes = list(dict.fromkeys(row.code for row in known))
    if code not in codes:
        raise CannotCount(
            _("“%(code)s” adında bir süre yok; bilinenler: %(codes)s.")
            % {"code": asked.regime, "codes": ", ".join(codes)}
        )
    if asked.kind and asked.kind not in CaseType.values:
        raise CannotCount(
            _("“%(kind)s” adında bir başvuru türü yok; bilinenler: %(kinds)s.")
            % {"kind": asked.kind, "kinds": ", ".join(CaseType.values)}
        )
    if code == LegalRegime.CIMER and asked.kind == CaseType.FOI:
        code = LegalRegime.FOI_4982.value
    row = law.regime_on(code, asked.received, known)
    if row is None:
        day = day_span(asked.received, asked.received)
        raise CannotCount(_("%(code)s %(day)s günü yürürlükte değildi.") % {"code": code, "day": day})
    return row


def _service(row: law.Regime, asked: Asked, start: datetime, calendar: law.Calendar) -> Deadline:
    if not asked.subject:
        raise CannotCount(_("SERVICE için konunun kodunu verin: --subject KOD."))
    try:
        subject = Subject.objects.filter(code__in={asked.subject, asked.subject.upper()}).first()
    except DatabaseError:
        subject = None
    if subject is None:
        raise CannotCount(_("“%(code)s” kodlu bir konu yok.") % {"code": asked.subject})
    if not subject.target_hours:
        raise CannotCount(_("%(subject)s konusunun hedef süresi yok.") % {"subject": subject.name_tr})
    counted = count_service(start, subject.target_hours, subject.clock, subject.unit_id)
    return Deadline(row, subject.name, subject.target_hours, counted_in_of(subject.clock), counted.due,
                    _act_by(counted.due, asked, calendar), counted.steps)  # fmt: skip


def _act_by(due: datetime, asked: Asked, calendar: law.Calendar) -> date:
    """The last working day on or before, but never before the day on which it came."""
    return max(law.last_working_day_on_or_before(due.date(), calendar).due, asked.received)
