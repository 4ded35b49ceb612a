"""How statutes count: periods, working days, what stops a clock, and how to explain a date to anyone."""

from mimer.law.calendar import Calendar, Holiday, OpeningHours
from mimer.law.counting import (
    Counted,
    LegalDue,
    Step,
    StepKind,
    add_business_hours,
    add_calendar_days,
    add_elapsed_hours,
    add_months,
    add_working_days,
    business_hours_between,
    last_working_day_on_or_before,
    legal_due,
)
from mimer.law.regimes import Regime, Unit, default_regimes, regime_on
from mimer.law.turkiye import holidays_of_turkiye

__all__ = [
    "Calendar",
    "Counted",
    "Holiday",
    "LegalDue",
    "OpeningHours",
    "Regime",
    "Step",
    "StepKind",
    "Unit",
    "add_business_hours",
    "add_calendar_days",
    "add_elapsed_hours",
    "add_months",
    "add_working_days",
    "business_hours_between",
    "default_regimes",
    "holidays_of_turkiye",
    "last_working_day_on_or_before",
    "legal_due",
    "regime_on",
]
