"""Where the applicant went with an answer, and how long the unit has for what the Board asks of it."""

from dataclasses import dataclass

from mimer import law
from mimer.cases.models import Appeal, AppealTo
from mimer.municipality.statutes import period_on

from .case_story import Story

BOARD_ASKS = "FOI_BOARD_ASKS_4982"


@dataclass(frozen=True)
class Shown:
    """One appeal, and (of the Board) the working days for its questions, with whether that row was checked."""

    appeal: Appeal
    days: int | None = None
    article: str = ""
    checked: bool = False


def appeals_of(story: Story) -> list[Shown]:
    """The appeals of a case, oldest first; without one no query."""
    return [_shown(appeal) for appeal in story.of_kind(Appeal)]


def _shown(appeal: Appeal) -> Shown:
    row = period_on(BOARD_ASKS, appeal.filed_on) if appeal.to == AppealTo.BOARD else None
    if row is None:
        return Shown(appeal)
    return Shown(appeal, row.period, row.article, row.certainty in law.PRINTABLE)
