"""Information requests (4982): whether a case is one, on what grounds something was not given, and what may be done about it."""

from collections.abc import Iterable

from django.utils import timezone

from mimer import law
from mimer.municipality.models import LegalGround
from mimer.municipality.models.legal import GroundKind
from mimer.municipality.named import in_language
from mimer.municipality.statutes import grounds_on, period_on

from .models import Case
from .states import LegalRegime, Outcome

# What the unit may say to such a request; what is not held here is passed on by `refer`.
FOI_OUTCOMES = (Outcome.POSITIVE, Outcome.PARTIAL, Outcome.NEGATIVE, Outcome.INFORMED)
# Something was not given, so that the law wants its grounds and the way to object told.
REFUSING = frozenset({Outcome.PARTIAL, Outcome.NEGATIVE})


def is_information_request(case: Case) -> bool:
    """Whether the law on information (4982) applies to the case, however far its period has run."""
    return bool(case.legal_clocks.filter(regime=LegalRegime.FOI_4982, ended_on=None).exists())


def refusal_grounds(case: Case) -> list[LegalGround]:
    """The grounds (4982 art. 7, 8, 15-27) in force on the day the request came in."""
    return grounds_on(GroundKind.FOI_REFUSAL, timezone.localtime(case.received_at).date())


def grounds_told(case: Case, codes: Iterable[str], language: str | None = None) -> list[str]:
    """The grounds of an answer as they are told, each with its article where that was checked."""
    wanted = set(codes)
    if not wanted:
        return []
    return [
        f"{in_language(ground, 'name', language)} ({ground.article})"
        if ground.certainty in law.PRINTABLE
        else in_language(ground, "name", language)
        for ground in refusal_grounds(case)
        if ground.code in wanted
    ]


def remedy_told(case: Case, outcome: str, language: str | None = None) -> str:
    """What the applicant may do against the answer, by the law of the day of receipt; "" where nothing was refused or checked."""
    if outcome not in REFUSING:
        return ""
    received_on = timezone.localtime(case.received_at).date()
    for clock in case.legal_clocks.filter(ended_on=None):
        row = period_on(clock.regime, received_on)
        if row and row.remedy_tr and row.remedy_certainty in law.PRINTABLE:
            return in_language(row, "remedy", language)
    return ""
