"""The public holidays of Türkiye (law 2429), from the `holidays` package, as rows an administrator may then edit."""

import re
from collections.abc import Iterable
from datetime import date, time
from functools import cache

from holidays import country_holidays

from mimer.law.calendar import Holiday

# The eve of a feast and of Republic Day is off from one o'clock (2429 art. 2).
HALF_DAY_STARTS = time(13)

_TONGUES = ("tr", "en_US")
_HOUR = re.compile(r" \((saat|from) [^)]*\)")


def holidays_of_turkiye(years: Iterable[int]) -> list[Holiday]:
    """Give the holidays of these years in order; where a half day meets a public holiday, the whole day wins."""
    return [holiday for year in sorted(set(years)) for holiday in _holidays_of(year)]


@cache
def _holidays_of(year: int) -> tuple[Holiday, ...]:
    whole = [Holiday(day, tr, en) for day, tr, en in _named(year, "public")]
    taken = {holiday.day for holiday in whole}
    half = [
        Holiday(day, f"{tr} arifesi", f"Eve of {en}", HALF_DAY_STARTS)
        for day, tr, en in _named(year, "half_day")
        if day not in taken
    ]
    return tuple(sorted(whole + half, key=lambda holiday: holiday.day))


def _named(year: int, category: str) -> list[tuple[date, str, str]]:
    turkish, english = (
        country_holidays("TR", years=[year], categories=(category,), language=tongue) for tongue in _TONGUES
    )
    return [(day, _HOUR.sub("", name), _HOUR.sub("", english[day])) for day, name in turkish.items()]
