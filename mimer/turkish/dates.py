"""Dates and spans of time as people read them, in Turkish and in English; times must come in local already."""

from datetime import date, datetime, time, timedelta

_MONTHS = {
    "tr": [
        "Ocak",
        "Şubat",
        "Mart",
        "Nisan",
        "Mayıs",
        "Haziran",
        "Temmuz",
        "Ağustos",
        "Eylül",
        "Ekim",
        "Kasım",
        "Aralık",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
_DAYS = {
    "tr": ["Pazartesi", "Salı", "Çarşamba", "Perşembe", "Cuma", "Cumartesi", "Pazar"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}
_UNITS = {
    "tr": {"day": "gün", "hour": "saat", "minute": "dakika"},
    "en": {"day": "day", "hour": "hour", "minute": "minute"},
}


def long_date(day: date, *, language: str = "tr") -> str:
    """Write a date in full: `15 Ocak 2026 Perşembe`."""
    month, weekday = _MONTHS[language][day.month - 1], _DAYS[language][day.weekday()]
    if language == "en":
        return f"{weekday} {day.day} {month} {day.year}"
    return f"{day.day} {month} {day.year} {weekday}"


def short_date(day: date, *, language: str = "tr") -> str:
    """Write a date for a table: `15.01.2026`, in English with the month's name so that nobody swaps the two."""
    if language == "en":
        return f"{day.day} {_MONTHS['en'][day.month - 1][:3]} {day.year}"
    return f"{day:%d.%m.%Y}"


def day_span(first: date, last: date, *, language: str = "tr") -> str:
    """Write days that follow each other as one: `2–6 Mart 2026`, `30 Mart – 3 Nisan 2026`; a single day in full."""
    if first == last:
        return long_date(first, language=language)
    from_month, to_month = (_MONTHS[language][day.month - 1] for day in (first, last))
    if first.year != last.year:
        return f"{first.day} {from_month} {first.year} – {last.day} {to_month} {last.year}"
    if first.month != last.month:
        return f"{first.day} {from_month} – {last.day} {to_month} {last.year}"
    return f"{first.day}–{last.day} {to_month} {last.year}"


def month_and_year(day: date, *, language: str = "tr") -> str:
    """Write a month: `Ocak 2026`."""
    return f"{_MONTHS[language][day.month - 1]} {day.year}"


def until(day: date, *, language: str = "tr") -> str:
    """Write a last day as a promise: `15 Ocak 2026 Perşembe gününe kadar`."""
    written = long_date(day, language=language)
    return f"by {written}" if language == "en" else f"{written} gününe kadar"


def clock(at: time | datetime, *, language: str = "tr") -> str:
    """Write a time of day: `08.30` in Turkish, `08:30` in English."""
    return f"{at:%H:%M}" if language == "en" else f"{at:%H.%M}"


def moment(at: datetime, *, language: str = "tr") -> str:
    """Write a date with its time: `15 Ocak 2026 Perşembe, 14.30`."""
    return f"{long_date(at, language=language)}, {clock(at, language=language)}"


def duration(span: timedelta, *, language: str = "tr") -> str:
    """Write how long something took, by its largest unit: `3 gün`, `2 saat`, `5 dakika`."""
    minutes = int(abs(span).total_seconds() // 60)
    if minutes >= 24 * 60:
        return _counted(minutes // (24 * 60), "day", language)
    if minutes >= 60:
        return _counted(minutes // 60, "hour", language)
    return _counted(minutes, "minute", language)


def time_left(due: datetime, now: datetime, *, language: str = "tr") -> str:
    """Say how a moment stands to now: `3 gün kaldı` or `2 saat gecikti`."""
    late = now > due
    span = duration(due - now, language=language)
    if language == "en":
        return f"{span} late" if late else f"{span} left"
    return f"{span} gecikti" if late else f"{span} kaldı"


def day_left(due: date, today: date, *, language: str = "tr") -> str:
    """Say how a last day stands to today: `3 gün kaldı`, `bugün son gün`, `2 gün gecikti`."""
    days = (due - today).days
    if days == 0:
        return "due today" if language == "en" else "bugün son gün"
    if days == 1:
        return "due tomorrow" if language == "en" else "yarın son gün"
    span = _counted(abs(days), "day", language)
    if language == "en":
        return f"{span} left" if days > 0 else f"{span} late"
    return f"{span} kaldı" if days > 0 else f"{span} gecikti"


def ago(then: datetime, now: datetime, *, language: str = "tr") -> str:
    """Say how long ago something was: `az önce`, `5 dakika önce`, `3 gün önce`."""
    if now - then < timedelta(minutes=1):
        return "just now" if language == "en" else "az önce"
    span = duration(now - then, language=language)
    return f"{span} ago" if language == "en" else f"{span} önce"


def _counted(count: int, unit: str, language: str) -> str:
    plural = "s" if language == "en" and count != 1 else ""
    return f"{count} {_UNITS[language][unit]}{plural}"
