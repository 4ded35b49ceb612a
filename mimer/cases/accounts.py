"""The words of an account: the steps that lead to a date, as lines anyone can read, in the reader's language."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from mimer import law, turkish
from mimer.law import Step, StepKind, Unit

from .models import LegalClock

# Days that say the same stand in one line.
RUNS = frozenset(
    {StepKind.COUNTED, StepKind.HOURS, StepKind.WEEKEND, StepKind.HOLIDAY, StepKind.LEAVE, StepKind.CLOSED}
)
BY_THE_HOUR = (Unit.BUSINESS_HOURS, Unit.ELAPSED_HOURS)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an account: the day or days, and what they did to the count; `kind` is a step's (`law.StepKind`)."""

    when: str
    words: str
    kind: str


def steps_of(clock: LegalClock) -> list[Step]:
    """What was written onto the clock when it was counted, with its extension in the place of its day."""
    steps = [Step(date.fromisoformat(day), StepKind(what), *rest) for day, what, *rest in clock.account]
    if clock.extended_on is None:
        return steps
    place = next((n for n, step in enumerate(steps) if step.day > clock.extended_on), len(steps))
    return [*steps[:place], Step(clock.extended_on, StepKind.EXTENDED, "", "", clock.extended_period), *steps[place:]]


def stored(steps: Iterable[Step]) -> list[dict[str, Any]]:
    """Steps as another program reads them."""
    return [
        {"day": step.day.isoformat(), "what": step.what.value, "why": step.why_tr, "count": step.counted}
        for step in steps
    ]


def lines_of(steps: Sequence[Step], counted_in: str) -> list[Line]:
    """The account line by line; `counted_in` is what the period is counted in (`law.Unit`)."""
    unit = Unit(counted_in)
    return [
        Line(_days(run), words, str(run[0].what))
        for run, is_over in _runs(_with_the_days_between(steps, unit))
        for words in [_words(run, unit, is_over)]
    ]


def in_words(period: int, counted_in: str) -> str:
    """`15 iş günü`, `30 gün`, `72 saat`."""
    words = {
        Unit.CALENDAR_DAYS: ngettext("%(n)s gün", "%(n)s gün", period),
        Unit.WORKING_DAYS: ngettext("%(n)s iş günü", "%(n)s iş günü", period),
        Unit.MONTHS: ngettext("%(n)s ay", "%(n)s ay", period),
        Unit.ELAPSED_HOURS: _("%(n)s saat"),
        Unit.BUSINESS_HOURS: ngettext("%(n)s mesai saati", "%(n)s mesai saati", period),
    }
    return words[Unit(counted_in)] % {"n": period}


def why_act_by(last_day: date, act_by: date) -> str:
    """Why one must act before the last day, or "" where they are the same."""
    if act_by == last_day:
        return ""
    return _(
        "Son gün iş günü değil. Tatile rastlayan son günün ertesi iş gününe uzaması (2577 m. 8) dava süreleri için"
        " yazılmıştır; cevap için güvenli olan, önceki iş günüdür."
    )


def _with_the_days_between(steps: Sequence[Step], unit: Unit) -> Iterator[Step]:
    """A calendar period is one step from its first to its last day; a reader wants to see that the days between count."""
    for step, following in pairwise([*steps, None]):
        if step is None:
            continue
        yield step
        counts = unit in (Unit.CALENDAR_DAYS, Unit.MONTHS) and following and following.what is StepKind.LAST_DAY
        if counts and following and following.day > step.day:
            first = date.fromordinal(step.day.toordinal() + 1)
            yield Step(first, StepKind.COUNTED, "", "", None)
            yield Step(following.day, StepKind.COUNTED, "", "", following.counted)


def _runs(steps: Iterable[Step]) -> Iterator[tuple[list[Step], bool]]:
    """Days that say the same together, and whether the count is over by then."""
    over, place = False, 0

    def key(step: Step) -> tuple[Any, ...]:
        nonlocal place
        if step.what not in RUNS:
            place += 1
        return (step.what, step.why_tr, place)

    for _key, group in groupby(steps, key):
        run = list(group)
        yield run, over
        over = over or run[0].what is StepKind.LAST_DAY


def _days(run: list[Step]) -> str:
    days = [step.day for step in run]
    return turkish.day_span(min(days), max(days), language=_language())


def _words(run: list[Step], unit: Unit, is_over: bool) -> str:
    step = run[0]
    if step.what is StepKind.COUNTED:
        return _counted(run, unit)
    if step.what is StepKind.HOURS:
        return _hours(run)
    if step.what in RUNS:
        return _passed_over(step, is_over)
    return _single(step, unit)


def _counted(run: list[Step], unit: Unit) -> str:
    first, last = run[0].counted, run[-1].counted
    if first is None and last is not None:
        return _("%(period)s; hafta sonları ve tatiller de sayılır") % {"period": in_words(last, unit)}
    if len(run) == 1:
        return _("%(n)s. iş günü") % {"n": first}
    return _("%(n)s iş günü (%(first)s–%(last)s)") % {"n": len(run), "first": first, "last": last}


def _hours(run: list[Step]) -> str:
    minutes = sum(step.counted or 0 for step in run)
    why = _why(run[0])
    return f"{why}: {_time(minutes)}" if why else _("%(time)s sayılır") % {"time": _time(minutes)}


def _passed_over(step: Step, is_over: bool) -> str:
    said = {
        StepKind.WEEKEND: _("hafta sonu"),
        StepKind.HOLIDAY: _("%(why)s, resmî tatil"),
        StepKind.LEAVE: _("%(why)s, idari izin"),
        StepKind.CLOSED: _("%(why)s, kapalı"),
    }[step.what] % {"why": _why(step) or _("Tatil")}
    return said if is_over else _("%(why)s; sayılmaz") % {"why": said}


def _single(step: Step, unit: Unit) -> str:
    by_the_hour = unit in BY_THE_HOUR
    left = {"left": _time(step.counted or 0) if by_the_hour else in_words(step.counted or 0, unit)}
    at = {"at": step.why_tr.replace(":", ":" if _language() == "en" else ".")}
    said = {
        StepKind.RECEIVED: _("Süre başlar: saat %(at)s") % at
        if by_the_hour
        else _("Geldiği gün sayılmaz; sayım ertesi gün başlar (2577 m. 8)"),
        StepKind.HALF_DAY: _("%(n)s. iş günü; %(why)s yarım gündür, iş günü sayılır")
        % {"n": step.counted, "why": _why(step)},
        StepKind.LAST_DAY: _("Süre saat %(at)s itibarıyla dolar") % at if by_the_hour else _("Son gün"),
        StepKind.ACT_BY: _("En geç bu gün cevap verin"),
        StepKind.STOPPED: _("Başvurana soruldu; süre durdu")
        if by_the_hour
        else _("Ücret bildirildi; süre kesildi (4982 m. 11)"),
        StepKind.RESUMED: _("Cevap geldi ya da bekleme bitti; kalan %(left)s buradan sayılır") % left
        if by_the_hour
        else _("Ücret ödendi; %(left)s buradan sayılır") % left,
        StepKind.EXTENDED: _("Süre uzatıldı: toplam %(left)s") % left,
    }
    return said[step.what]


def _time(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    parts = [_("%(n)s saat") % {"n": hours}] if hours or not rest else []
    return " ".join(parts + ([_("%(n)s dakika") % {"n": rest}] if rest else []))


def _why(step: Step) -> str:
    return step.why_en if _language() == "en" and step.why_en else step.why_tr


def _language() -> str:
    return "en" if (get_language() or "tr").startswith("en") else "tr"


def counted_in_of(clock_kind: str) -> str:
    """What a service target of this kind is counted in."""
    return law.Unit.ELAPSED_HOURS if clock_kind == "elapsed" else law.Unit.BUSINESS_HOURS
