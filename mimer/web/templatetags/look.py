"""What templates need to show dates, time left, numbers and icons the way the house writes them."""

from datetime import date, datetime
from decimal import Decimal
from functools import cache

from django import template
from django.template.defaultfilters import stringfilter
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from mimer import turkish
from mimer.cases.states import State, citizen_tag
from mimer.municipality.named import known_language

register = template.Library()

SOON_DAYS = 1
CHANNEL_ICONS = {
    "phone": "phone", "desk": "desk", "petition": "paper", "web": "web", "email": "mail", "whatsapp": "chat",
    "social": "chat", "sms": "chat", "field": "truck", "mayor": "star",
    "cimer": "flag", "kep": "mail", "e_devlet": "building", "muhtar": "home", "unit": "unit",
    "open311": "globe", "import": "archive",
}  # fmt: skip


def _local(at: date | datetime) -> date | datetime:
    return timezone.localtime(at) if isinstance(at, datetime) and timezone.is_aware(at) else at


def _day(at: date | datetime) -> date:
    local = _local(at)
    return local.date() if isinstance(local, datetime) else local


@register.filter
def long_date(at: date | datetime | None) -> str:
    """`15 Ocak 2026 Perşembe`."""
    return turkish.long_date(_day(at), language=known_language()) if at else ""


@register.filter
def short_date(at: date | datetime | None) -> str:
    """`15.01.2026`, for tables."""
    return turkish.short_date(_day(at), language=known_language()) if at else ""


@register.filter
def month_and_year(at: date | None) -> str:
    """`Ocak 2026`."""
    return turkish.month_and_year(at, language=known_language()) if at else ""


@register.filter
def until(at: date | datetime | None) -> str:
    """`15 Ocak 2026 Perşembe gününe kadar`."""
    return turkish.until(_day(at), language=known_language()) if at else ""


@register.filter
def moment(at: datetime | None) -> str:
    """`15 Ocak 2026 Perşembe, 14.30`."""
    local = _local(at) if at else None
    return turkish.moment(local, language=known_language()) if isinstance(local, datetime) else ""


@register.filter
def clock(at: datetime | None) -> str:
    """`14.30`."""
    local = _local(at) if at else None
    return turkish.clock(local, language=known_language()) if isinstance(local, datetime) else ""


@register.filter
def ago(at: datetime | None) -> str:
    """`5 dakika önce`."""
    return turkish.ago(at, timezone.now(), language=known_language()) if at else ""


@register.filter
def time_left(at: date | datetime | None) -> str:
    """`3 gün kaldı`, `2 saat gecikti`; a date without an hour counts in days."""
    if at is None:
        return ""
    if isinstance(at, datetime):
        return turkish.time_left(at, timezone.now(), language=known_language())
    return turkish.day_left(at, timezone.localdate(), language=known_language())


@register.filter
def too(name: str) -> str:
    """`Tuğba Ovalı da`; in English the sentence itself says it."""
    return turkish.too(name) if known_language() == "tr" else name


@register.filter
def due_level(at: date | datetime | None) -> str:
    """`calm`, `soon` (today or tomorrow) or `late`."""
    if at is None:
        return "calm"
    late = at < timezone.now() if isinstance(at, datetime) else at < timezone.localdate()
    if late:
        return "late"
    return "soon" if (_day(at) - timezone.localdate()).days <= SOON_DAYS else "calm"


@register.filter
def written_number(value: int | float | None) -> str:
    """`1.234` in Turkish, `1,234` in English."""
    return "" if value is None else turkish.number(value, language=known_language())


@register.filter
def lira(amount: Decimal | None) -> str:
    """An amount of money as official letters write it: 1.234,50 TL."""
    return turkish.money(amount, language=known_language()) if amount is not None else ""


@register.filter
def grouped_code(code: str) -> str:
    """A secret code in groups of five, easier to copy by hand: `K7M2P 9XQ4R`."""
    return " ".join(code[start : start + 5] for start in range(0, len(code), 5))


@register.filter
def tag_code(state: str) -> str:
    """The code of the citizen's word for a state; also names its shape."""
    return str(citizen_tag(state).value)


@register.filter
def tag_word(state: str) -> str:
    """The citizen's word for a state."""
    return str(citizen_tag(State(state)).label)


@register.filter
def channel_icon(channel: str) -> str:
    """The icon of the way a case came in."""
    return CHANNEL_ICONS.get(channel, "web")


@register.filter(is_safe=True)
@stringfilter
def trimmed(words: str) -> str:
    """The same words without the white space around them; what was safe stays safe."""
    return words.strip()


@cache
def _icon(name: str, classes: str) -> SafeString:
    address = static("mimer/img/icons.svg")
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>', classes, address, name
    )


@register.simple_tag
def icon(name: str, classes: str = "icon") -> SafeString:
    """A line drawing, decorative: a word always stands beside it."""
    return _icon(str(name), str(classes))
