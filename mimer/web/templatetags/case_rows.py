"""The lines of a list of cases, written in Python: fifty of them as template components took 14 ms, so written 2.

Everything that comes from a row goes through `escape`; only this module's own words and drawings do not.
"""

from collections.abc import Iterable
from datetime import date, datetime
from html import escape
from typing import Protocol

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from .look import channel_icon, due_level, icon, long_date, tag_code, time_left

register = template.Library()

DUE_SHAPES = {"late": "status-late", "soon": "due-soon", "calm": "due-calm"}


class CaseRow(Protocol):
    """What a line needs to know of its case."""

    @property
    def pk(self) -> int: ...
    @property
    def href(self) -> str: ...
    @property
    def number(self) -> str: ...
    @property
    def channel(self) -> str: ...
    @property
    def what(self) -> str: ...
    @property
    def words(self) -> str: ...
    @property
    def where(self) -> str: ...
    @property
    def who(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def state_label(self) -> str: ...
    @property
    def due(self) -> datetime | date | None: ...
    @property
    def by_law(self) -> bool: ...
    @property
    def paused(self) -> bool: ...
    @property
    def supporters(self) -> int: ...
    @property
    def locked(self) -> bool: ...


@register.simple_tag
def case_rows(rows: Iterable[CaseRow], select: bool | str = False) -> SafeString:
    """One `<tr>` a case: what, where, who, state and how long is left."""
    return mark_safe("\n".join(_line(row, bool(select)) for row in rows))  # noqa: S308


def _line(row: CaseRow, select: bool) -> str:
    code = tag_code(row.state)
    who = escape(row.who) or f'<span class="quiet">{_("sahipsiz")}</span>'
    return (
        f"<tr>{_pick(row) if select else ''}"
        f'<td class="cell-number">{icon(channel_icon(row.channel))} {escape(row.number)}</td>'
        f'<td class="cell-what"><a class="row-link" href="{escape(row.href)}">{escape(row.what)}</a>'
        f"{_lock() if row.locked else ''}{_supporters(row.supporters) if row.supporters else ''}"
        f' <span class="words">{escape(row.words)}</span></td>'
        f'<td class="cell-where">{escape(row.where)}</td><td class="cell-who">{who}</td>'
        f'<td class="cell-state"><span class="status status-{code}">{icon(f"status-{code}", "")}'
        f"{escape(row.state_label)}</span></td>"
        f'<td class="cell-due">{_due(row)}</td></tr>'
    )


def _pick(row: CaseRow) -> str:
    label = escape(_("%(number)s seç") % {"number": row.number})
    return (
        '<td class="cell-pick"><input class="pick" type="checkbox" name="case"'
        f' value="{int(row.pk)}" aria-label="{label}"></td>'
    )


def _lock() -> str:
    return f' {icon("lock")}<span class="visually-hidden">{_("gizli konu")}</span>'


def _supporters(count: int) -> str:
    word = _("destekleyen")
    return f'<span class="supporters" title="{word}">+{int(count)}<span class="visually-hidden"> {word}</span></span>'


def _due(row: CaseRow) -> str:
    if row.paused and not row.by_law:
        return f'<span class="due due-paused">{icon("due-paused", "")}{_("süre durdu")}</span>'
    if row.due is None:
        return ""
    level = due_level(row.due)
    word = _("yasal")
    law = f' <span class="due-word">{word}</span>' if row.by_law else ""
    title = _("Yasal süre: en geç %(day)s") if row.by_law else _("Hedef: %(day)s")
    return (
        f'<time class="due due-{level}" datetime="{row.due.isoformat()}"'
        f' title="{title % {"day": long_date(row.due)}}">'
        f"{icon(DUE_SHAPES[level], '')}{time_left(row.due)}{law}</time>"
    )
