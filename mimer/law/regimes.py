"""The legal regimes: which period a statute sets, in which unit, from when to when; one row a lawyer can correct."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path


class Unit(StrEnum):
    """What a period is counted in."""

    CALENDAR_DAYS = "calendar_days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"
    ELAPSED_HOURS = "elapsed_hours"
    BUSINESS_HOURS = "business_hours"


class Certainty(StrEnum):
    """How well the row's source was checked; only `official` and `published` should be printed in a letter."""

    OFFICIAL = "official"
    PUBLISHED = "published"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True)
class Regime:
    """One statute's period (tabi olduğu mevzuat) while it was in force; no period means the subject's own target."""

    code: str
    name_tr: str
    name_en: str
    bound: str
    period: int | None
    unit: Unit
    extended_period: int | None
    extension_tr: str
    extension_en: str
    article: str
    source: str
    certainty: Certainty
    valid_from: date | None
    valid_to: date | None
    note: str


@cache
def default_regimes() -> tuple[Regime, ...]:
    """Read the rows this room ships."""
    with (Path(__file__).parent / "regimes.csv").open(encoding="utf-8", newline="") as rows:
        return tuple(_read(row) for row in csv.DictReader(rows))


def regime_on(code: str, day: date, regimes: Iterable[Regime]) -> Regime | None:
    """Give the row of a regime that was in force on the day an application came in."""
    for regime in regimes:
        if regime.code == code and (regime.valid_from or date.min) <= day <= (regime.valid_to or date.max):
            return regime
    return None


def _read(row: dict[str, str]) -> Regime:
    return Regime(
        code=row["code"],
        name_tr=row["name_tr"],
        name_en=row["name_en"],
        bound=row["bound"],
        period=int(row["period"]) if row["period"] else None,
        unit=Unit(row["unit"]),
        extended_period=int(row["extended_period"]) if row["extended_period"] else None,
        extension_tr=row["extension_tr"],
        extension_en=row["extension_en"],
        article=row["article"],
        source=row["source"],
        certainty=Certainty(row["certainty"]),
        valid_from=date.fromisoformat(row["valid_from"]) if row["valid_from"] else None,
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        note=row["note"],
    )
