"""Opening hours as people say them: "Hafta içi 08.00–17.00"."""

from datetime import time
from itertools import groupby

from django.utils.translation import gettext as _

from mimer import turkish

from .models import OpeningHours
from .named import known_language

# With a word joiner on either side, so that "08.00–17.00" does not break at the end of a line.
TO = "\u2060–\u2060"


def opening_lines() -> list[str]:
    """The hours of the whole house, days with the same hours together, in the reader's language."""
    spans: dict[int, list[tuple[time, time]]] = {day: [] for day in range(7)}
    for row in OpeningHours.objects.filter(unit=None):
        spans[row.weekday].append((row.opens, row.closes))
    lines = []
    for hours, group in groupby(range(7), key=lambda day: spans[day]):
        if hours:
            days = list(group)
            spoken = [span_in_words(opens, closes) for opens, closes in hours]
            lines.append(f"{_days(days[0], days[-1])} {', '.join(spoken)}")
    return lines


def span_in_words(opens: time, closes: time) -> str:
    """`08.00–12.00`, as the reader's language writes hours."""
    return TO.join(turkish.clock(at, language=known_language()) for at in (opens, closes))


def _days(first: int, last: int) -> str:
    names = [_("Pazartesi"), _("Salı"), _("Çarşamba"), _("Perşembe"), _("Cuma"), _("Cumartesi"), _("Pazar")]
    if (first, last) == (0, 4):
        return _("Hafta içi")
    if (first, last) == (0, 6):
        return _("Her gün")
    return names[first] if first == last else f"{names[first]}–{names[last]}"
