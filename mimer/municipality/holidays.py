"""The public holidays of the coming years, brought in and kept right; what an administrator wrote or changed wins."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from mimer import law

from .models import Holiday
from .models.calendar import HolidayKind

SOURCE = "holidays (PyPI), 2429"
OURS = (HolidayKind.PUBLIC, HolidayKind.HALF_DAY)
YEARS_AHEAD = 3


@dataclass
class Brought:
    """What became of the rows: added, taken away because the feast moved, corrected, and left to the administrator."""

    added: list[Holiday] = field(default_factory=list)
    removed: list[Holiday] = field(default_factory=list)
    corrected: list[Holiday] = field(default_factory=list)
    kept: list[Holiday] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        return bool(self.added or self.removed or self.corrected)


def bring_holidays(years: Iterable[int]) -> Brought:
    """Makes the tables say what the law says for these years.

    A feast (by its name, in its year) of which a row was edited is the administrator's: nothing of it is added, moved
    or taken away.
    """
    wanted_years = sorted(set(years))
    brought = Brought()
    with transaction.atomic():
        for year in wanted_years:
            _bring_year(year, brought)
    return brought


def bring_coming_holidays() -> Brought:
    """This year's and the next ones', for the schedule."""
    year = timezone.localdate().year
    return bring_holidays(range(year, year + YEARS_AHEAD))


def _bring_year(year: int, brought: Brought) -> None:
    rows = list(Holiday.objects.filter(date__year=year))
    edited = [row for row in rows if row.edited]
    theirs, taken = {row.name_tr for row in edited}, {row.date for row in edited if row.kind in OURS}
    known = {(row.date, row.kind): row for row in rows if not row.edited and row.kind in OURS}
    brought.kept += edited
    for day in law.holidays_of_turkiye([year]):
        kind = HolidayKind.HALF_DAY if day.starts_at else HolidayKind.PUBLIC
        row = known.pop((day.day, kind), None)
        if row is not None:
            _correct(row, day, brought)
        elif day.name_tr not in theirs and day.day not in taken:
            new = Holiday(date=day.day, kind=kind, source=SOURCE)
            _say(new, day)
            new.save()
            brought.added.append(new)
    for row in known.values():
        if row.source == SOURCE and row.name_tr not in theirs:
            row.delete()
            brought.removed.append(row)


def _correct(row: Holiday, day: law.Holiday, brought: Brought) -> None:
    said = (row.name_tr, row.name_en, row.starts_at)
    _say(row, day)
    if row.source == SOURCE and said != (row.name_tr, row.name_en, row.starts_at):
        row.save()
        brought.corrected.append(row)


def _say(row: Holiday, day: law.Holiday) -> None:
    row.name_tr, row.name_en, row.starts_at = day.name_tr, day.name_en, day.starts_at
