"""The law in force: the rows of the tables where an administrator keeps them, the shipped ones where none are kept."""

from collections.abc import Iterable
from datetime import date

from django.core.cache import cache
from django.db import models

from mimer import law

from .models import FeeTariff, LegalGround, LegalPeriod

CACHED, CACHED_SECONDS = "legal_periods", 60


def periods() -> tuple[law.Regime, ...]:
    """Every period, of old law and new; read again at most once a minute."""
    known: tuple[law.Regime, ...] | None = cache.get(CACHED)
    if known is None:
        kept = [row.as_regime() for row in LegalPeriod.objects.all()]
        codes = {row.code for row in kept}
        known = (*kept, *(row for row in law.default_regimes() if row.code not in codes))
        cache.set(CACHED, known, CACHED_SECONDS)
    return known


def period_on(code: str, day: date) -> law.Regime | None:
    """The period a statute set on that day, so that old cases keep the law of their day."""
    return law.regime_on(code, day, periods())


def grounds_on(kind: str, day: date) -> list[LegalGround]:
    """The grounds of one kind that held on that day."""
    return list(LegalGround.objects.on(day).filter(kind=kind))


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
