"""The legal regimes: which period a statute sets, in which unit, from when to when; one row a lawyer can correct."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, TypeVar


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
    # An interim answer within the period keeps the law; the final answer stays owed (3071 art. 7).
    interim_meets: bool
    # What the applicant may do against the answer; printed only where it was checked.
    remedy_tr: str
    remedy_en: str
    remedy_certainty: Certainty
    article: str
    source: str
    certainty: Certainty
    valid_from: date | None
    valid_to: date | None
    note: str


PRINTABLE = frozenset({Certainty.OFFICIAL, Certainty.PUBLISHED})


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground the law gives for not answering or not examining, while it was in force."""

    kind: str
    code: str
    name_tr: str
    name_en: str
    article: str
    source: str
    certainty: Certainty
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Fee:
    """What a page of information may cost (TL), after the free ones, while the tariff is in force."""

    free_pages: int
    page: Decimal
    colour_page: Decimal
    article: str
    source: str
    certainty: Certainty
    valid_from: date | None
    valid_to: date | None


@cache
def default_regimes() -> tuple[Regime, ...]:
    """Read the periods this room ships."""
    return tuple(
        Regime(
            code=row["code"], name_tr=row["name_tr"], name_en=row["name_en"], bound=row["bound"],
            period=int(row["period"]) if row["period"] else None, unit=Unit(row["unit"]),
            extended_period=int(row["extended_period"]) if row["extended_period"] else None,
            extension_tr=row["extension_tr"], extension_en=row["extension_en"], interim_meets=row["interim_meets"] == "yes",
            remedy_tr=row["remedy_tr"], remedy_en=row["remedy_en"],
            remedy_certainty=Certainty(row["remedy_certainty"] or "unverified"), article=row["article"],
            note=row["note"], **_standing(row),
        )
        for row in _rows("regimes")
    )  # fmt: skip


@cache
def default_grounds() -> tuple[Ground, ...]:
    """Read the grounds this room ships."""
    return tuple(
        Ground(
            kind=row["kind"], code=row["code"], name_tr=row["name_tr"], name_en=row["name_en"], article=row["article"],
            **_standing(row),
        )
        for row in _rows("grounds")
    )  # fmt: skip


@cache
def default_fees() -> tuple[Fee, ...]:
    """Read the tariffs this room ships."""
    return tuple(
        Fee(
            free_pages=int(row["free_pages"]), page=Decimal(row["page"]), colour_page=Decimal(row["colour_page"]),
            article=row["article"], **_standing(row),
        )
        for row in _rows("fees")
    )  # fmt: skip


Row = TypeVar("Row", Regime, Ground, Fee)


def in_force(row: Row, day: date) -> bool:
    """Tell whether a row of the law was valid on a day."""
    return (row.valid_from or date.min) <= day <= (row.valid_to or date.max)


def regime_on(code: str, day: date, regimes: Iterable[Regime]) -> Regime | None:
    """Give the row of a regime that was in force on the day an application came in."""
    return next((regime for regime in regimes if regime.code == code and in_force(regime, day)), None)


def _rows(name: str) -> list[dict[str, str]]:
    with (Path(__file__).parent / f"{name}.csv").open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


def _standing(row: dict[str, str]) -> dict[str, Any]:
    """Where a row of the law comes from and while when it holds."""
    return {
        "source": row["source"], "certainty": Certainty(row["certainty"]), "valid_from": _day(row["valid_from"]),
        "valid_to": _day(row["valid_to"]),
    }  # fmt: skip


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
