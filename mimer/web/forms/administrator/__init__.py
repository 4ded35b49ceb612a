"""Forms of the administrator: one per table, with words an official understands."""

from .calendar import WEEKDAYS, HolidayForm, OpeningHoursForm
from .house import MunicipalityForm
from .law import FeeTariffForm, LegalGroundForm, LegalPeriodForm
from .people import CrewForm, RoleFormSet, StaffForm, UnitForm
from .places import ExternalBodyForm, NeighbourhoodForm
from .plain import PlainForm
from .subjects import CannedAnswerForm, CategoryForm, QuestionFormSet, RoutingRuleForm, SubjectForm

__all__ = [
    "WEEKDAYS",
    "CannedAnswerForm",
    "CategoryForm",
    "CrewForm",
    "ExternalBodyForm",
    "FeeTariffForm",
    "HolidayForm",
    "LegalGroundForm",
    "LegalPeriodForm",
    "MunicipalityForm",
    "NeighbourhoodForm",
    "OpeningHoursForm",
    "PlainForm",
    "QuestionFormSet",
    "RoleFormSet",
    "RoutingRuleForm",
    "StaffForm",
    "SubjectForm",
    "UnitForm",
]
