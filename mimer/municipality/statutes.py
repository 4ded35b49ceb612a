"""The law in force: the rows of the tables where an administrator keeps them, the shipped ones where none are kept."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date

from django.db import models

from mimer import law

from .models import FeeTariff, LegalGround, LegalPeriod
from .remembered import remembered


@remembered("legal_periods", seconds=60)
def periods() -> tuple[law.Regime, ...]:
    """Every period, of old law and new."""
    kept = [row.as_regime() for row in LegalPeriod.objects.all()]
    codes = {row.code for row in kept}
    return (*kept, *(row for row in law.default_regimes() if row.code not in codes))


def period_on(code: str, day: date) -> law.Regime | None:
    """The period a statute set on that day, so that old cases keep the law of their day."""
    return law.regime_on(code, day, periods())


def grounds_on(kind: str, day: date) -> list[LegalGround]:
    """The grounds of one kind that held on that day."""
    return [row for row in _grounds(kind) if (row.valid_from or date.min) <= day <= (row.valid_to or date.max)]


def ground_told(kind: str, code: str, day: date) -> str:
    """A ground as it is told, by the law of that day; one the rows no longer have by its code, so that history stays."""
    rows = [row for row in _grounds(kind) if row.code == code]
    then = [row for row in rows if (row.valid_from or date.min) <= day <= (row.valid_to or date.max)]
    return (then or rows)[-1].with_article if rows else code


def _grounds(kind: str) -> list[LegalGround]:
    """Every ground of a kind, of old law and new: the rows kept, or the shipped ones where none are kept."""
    kept = list(LegalGround.objects.filter(kind=kind))
    return kept or [LegalGround(**asdict(row)) for row in law.default_grounds() if row.kind == kind]


def tariff_on(day: date) -> FeeTariff | None:
    """The tariff of that day; None where the house has kept none, and must not charge by it."""
    found: FeeTariff | None = FeeTariff.objects.on(day).order_by("-valid_from").first()
    return found


def load_law() -> int:
    """Adds the shipped rows of which the tables hold none yet (whatever was edited stays); returns how many."""
    return (
        _missing(LegalPeriod, law.default_regimes(), ("code", "valid_from"))
        + _missing(LegalGround, law.default_grounds(), ("kind", "code", "valid_from"))
        + _missing(FeeTariff, law.default_fees(), ("valid_from",))
    )


def _missing(model: type[models.Model], shipped: Iterable[object], key: tuple[str, ...]) -> int:
    here = set(model._default_manager.values_list(*key))
    columns = {column.attname for column in model._meta.concrete_fields}
    new = [
        model(**{name: getattr(row, name) for name in columns if hasattr(row, name)})
        for row in shipped
        if tuple(getattr(row, name) for name in key) not in here
    ]
    return len(model._default_manager.bulk_create(new))
