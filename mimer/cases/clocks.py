"""The clocks of a case: what the house promised (service target) and what the law owes (regime)."""

from datetime import date, datetime, timedelta

from django.core.cache import cache
from django.utils import timezone

from mimer import law
from mimer.municipality.kinds import CaseType, Channel, ClockKind
from mimer.municipality.models import Holiday, OpeningHours
from mimer.municipality.models.calendar import HolidayKind

from .models import Case
from .states import LegalRegime


def house_calendar() -> law.Calendar:
    """Holidays, leaves and hours of the whole house; read again at most once a minute."""
    calendar: law.Calendar | None = cache.get("house_calendar")
    if calendar is None:
        days = list(Holiday.objects.all())
        leaves = [day.date for day in days if day.kind == HolidayKind.ADMINISTRATIVE_LEAVE]
        holidays = [
            law.Holiday(day.date, day.name_tr, day.name_en, day.starts_at)
            for day in days
            if day.kind != HolidayKind.ADMINISTRATIVE_LEAVE
        ]
        spans = [law.OpeningHours(row.weekday, row.opens, row.closes) for row in OpeningHours.objects.filter(unit=None)]
        calendar = law.Calendar(holidays, leaves, spans or law.Calendar.opening_hours)
        cache.set("house_calendar", calendar, 60)
    return calendar


def service_due(start: datetime, hours: float, clock: str) -> datetime:
    """When a service target of so many hours ends, counted from `start` (aware)."""
    if clock == ClockKind.ELAPSED:
        return start + timedelta(hours=hours)
    return law.add_business_hours(timezone.localtime(start), hours, house_calendar()).due


def set_service_clock(case: Case, start: datetime) -> None:
    """Copies the subject's promise onto the case and counts it from `start`."""
    case.target_hours, case.clock = case.subject.target_hours, case.subject.clock
    case.clock_from = start
    case.due_at = service_due(start, case.target_hours, case.clock) if case.target_hours else None


def change_service_clock(case: Case) -> None:
    """Takes over the promise of another subject; a clock that stands still gains or loses the difference."""
    if case.clock_left is None:
        set_service_clock(case, case.clock_from or case.received_at)
        return
    gained = (case.subject.target_hours - case.target_hours) * 3600
    case.target_hours, case.clock = case.subject.target_hours, case.subject.clock
    case.clock_left = max(0, case.clock_left + gained)


def stop_service_clock(case: Case, now: datetime) -> None:
    """Stops it while the citizen is asked; what is left (seconds, never less than none) waits on the case."""
    if case.due_at is None:
        return
    if case.clock == ClockKind.ELAPSED:
        left = case.due_at - now
    else:
        left = law.business_hours_between(timezone.localtime(now), timezone.localtime(case.due_at), house_calendar())
    case.clock_left, case.due_at = max(0, int(left.total_seconds())), None


def start_service_clock(case: Case, now: datetime) -> None:
    """Lets a stopped clock run on with what was left."""
    if case.clock_left is not None:
        case.due_at, case.clock_left = service_due(now, case.clock_left / 3600, case.clock), None


def regime_for(case_type: str, channel: str) -> LegalRegime:
    """The law that a door and a type bring with them; a call or a message is no petition (3071)."""
    if case_type == CaseType.FOI:
        return LegalRegime.FOI_4982
    if case_type == CaseType.DATA_SUBJECT:
        return LegalRegime.DATA_SUBJECT_6698
    if channel == Channel.CIMER:
        return LegalRegime.CIMER
    if channel in (Channel.PETITION, Channel.KEP, Channel.E_DEVLET):
        return LegalRegime.PETITION_3071
    return LegalRegime.SERVICE


def legal_due(regime: str, received_on: date) -> date | None:
    """The last day of the statute's answer period in force on that day, or None where no statute sets one."""
    row = law.regime_on(regime, received_on, law.default_regimes())
    if row is None or row.period is None:
        return None
    return law.legal_due(row, received_on, house_calendar()).last_day
