"""The tables of the municipality: its set-up, units, staff, subjects, places, bodies and calendar."""

from .calendar import Holiday, OpeningHours
from .changes import ChangeKind, TableChange
from .duty import Absence, DutyShift
from .legal import Certainty, CountedIn, FeeTariff, GroundKind, LegalGround, LegalPeriod
from .places import ExternalBody, Neighbourhood
from .setup import Municipality
from .staff import Crew, RoleAssignment, SensitiveAccess, Staff
from .subjects import Category, Question, RoutingRule, Subject
from .units import Unit

__all__ = [
    "Absence",
    "Category",
    "Certainty",
    "ChangeKind",
    "CountedIn",
    "Crew",
    "DutyShift",
    "ExternalBody",
    "FeeTariff",
    "GroundKind",
    "Holiday",
    "LegalGround",
    "LegalPeriod",
    "Municipality",
    "Neighbourhood",
    "OpeningHours",
    "Question",
    "RoleAssignment",
    "RoutingRule",
    "SensitiveAccess",
    "Staff",
    "Subject",
    "TableChange",
    "Unit",
]
