"""The tables of the manual on deadlines (docs/sureler.md), made from the shipped law, so that the book cannot drift."""

import re
from collections.abc import Iterable
from datetime import date

from django.utils.translation import override

from mimer import law, turkish
from mimer.municipality.models import Certainty

from .accounts import in_words

TABLE = re.compile(r"(<!-- tablo: (\w+) -->\n).*?(<!-- /tablo -->)", re.S)
# The years whose holidays stand in the book, and the days its examples begin on.
YEARS = range(2026, 2029)
EXAMPLES = (
    date(2017, 1, 2), date(2020, 1, 16), date(2024, 4, 1), date(2025, 3, 21), date(2025, 10, 27), date(2026, 5, 15),
    date(2026, 10, 27), date(2027, 12, 31),
)  # fmt: skip


def with_fresh_tables(text: str) -> str:
    """The manual with each marked table written anew."""
    with override("tr"):
        tables = {"sureler": _periods, "ornekler": _examples, "tatiller": _holidays, "gerekceler": _grounds}
        return TABLE.sub(lambda found: f"{found[1]}\n{tables[found[2]]()}\n\n{found[3]}", text)


def _periods() -> str:
    rows = [
        (
            f"{row.name_tr} `{row.code}`",
            in_words(row.period, row.unit) if row.period else "konunun hedef süresi",
            f"toplam {in_words(row.extended_period, row.unit)}" if row.extended_period else "yok",
            row.article,
            _valid(row),
            str(Certainty(row.certainty).label),
        )
        for row in law.default_regimes()
    ]
    return _table(("Süre", "Ne kadar", "Uzatma", "Dayanak", "Yürürlük", "Nereden okundu"), rows)


def _examples() -> str:
    calendar = law.Calendar(law.holidays_of_turkiye(range(2016, 2034)))
    rows = []
    for received in EXAMPLES:
        known = law.default_regimes()
        petition, foi = (law.regime_on(code, received, known) for code in ("PETITION_3071", "FOI_4982"))
        assert petition
        assert foi
        answer, asked = law.legal_due(petition, received, calendar), law.legal_due(foi, received, calendar)
        longest = law.legal_due(foi, received, calendar, extended=True)
        days = (received, answer.last_day, answer.act_by, asked.last_day, longest.last_day)
        rows.append(tuple(f"{turkish.short_date(day)} {turkish.long_date(day).split()[-1]}" for day in days))
    heads = ("Geldi", "Dilekçe: son gün", "Dilekçe: en geç cevap", "Bilgi edinme: 15 iş günü", "Uzatılırsa: 30 iş günü")
    return _table(heads, rows)


def _holidays() -> str:
    rows = [
        (turkish.long_date(day.day), day.name_tr, f"saat {turkish.clock(day.starts_at)} sonrası" if day.starts_at else "tam gün")
        for day in law.holidays_of_turkiye(YEARS)
    ]  # fmt: skip
    return _table(("Gün", "Tatil", "Ne kadar"), rows)


def _grounds() -> str:
    said = {"foi_refusal": "Bilgi vermeme (4982)", "not_examined": "İncelememe"}
    rows = [(said[row.kind], row.name_tr, row.article) for row in law.default_grounds()]
    return _table(("Ne için", "Gerekçe", "Dayanak"), rows)


def _valid(row: law.Regime) -> str:
    if row.valid_to:
        return f"{turkish.short_date(row.valid_to)} gününe kadar"
    return f"{turkish.short_date(row.valid_from)} gününden beri" if row.valid_from else "sürekli"


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    heads = list(heads)
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
