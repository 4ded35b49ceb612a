"""The Turkish language as this house needs it: folding, order, search words, dates, numbers and endings."""

from mimer.turkish.dates import (
    ago,
    clock,
    day_left,
    day_span,
    duration,
    long_date,
    moment,
    month_and_year,
    short_date,
    time_left,
    until,
)
from mimer.turkish.letters import fold, lower, slug, sort_key, upper
from mimer.turkish.numbers import money, number, percent, spell_digits, spoken_number
from mimer.turkish.search import analyse, query_terms, words
from mimer.turkish.stems import stem
from mimer.turkish.suffixes import ablative, accusative, dative, genitive, locative, too

__all__ = [
    "ablative",
    "accusative",
    "ago",
    "analyse",
    "clock",
    "dative",
    "day_left",
    "day_span",
    "duration",
    "fold",
    "genitive",
    "locative",
    "long_date",
    "lower",
    "moment",
    "money",
    "month_and_year",
    "number",
    "percent",
    "query_terms",
    "short_date",
    "slug",
    "sort_key",
    "spell_digits",
    "spoken_number",
    "stem",
    "time_left",
    "too",
    "until",
    "upper",
    "words",
]
