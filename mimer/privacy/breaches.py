"""The register of data breaches: 72 hours by the clock on the wall to tell the Board, and what changed in the record since."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from mimer import law
from mimer.municipality.models import Municipality, Staff
from mimer.municipality.statutes import period_on
from mimer.notify.managers import tell_managers
from mimer.paper import Identity, Section, Statement, statement_pdf
from mimer.turkish import moment

from .models import Breach, BreachChange

REGIME = "DATA_BREACH_6698"
# The last warning comes while there is still a working day's time.
LAST_CALL = timedelta(hours=12)
TOLD = (
    "learned_at", "what", "data_categories", "person_categories", "persons", "measures", "notified_at", "reference",
    "late_reasons", "persons_informed_at",
)  # fmt: skip


class BadBreach(Exception):
    """The record cannot be so; the sentence is for the reader, `about` names the field."""

    def __init__(self, sentence: str, about: str) -> None:
        super().__init__(sentence)
        self.about = about


def record_breach(told: Mapping[str, Any], *, by: Staff) -> Breach:
    """A new breach; its clock runs from the moment it was learned of."""
    breach = Breach(by=by)
    _put_on(breach, told)
    breach.save()
    return breach


def change_breach(breach: Breach, told: Mapping[str, Any], *, by: Staff) -> Breach:
    """The record as it is known now; what it said before stays readable. Nothing changed leaves no trace."""
    with transaction.atomic():
        locked = Breach.objects.select_for_update().get(pk=breach.pk)
        before = {name: getattr(locked, name) for name in TOLD}
        _put_on(locked, told)
        details = [
            [name, _written(before[name]), _written(getattr(locked, name))]
            for name in TOLD
            if before[name] != getattr(locked, name)
        ]
        if details:
            locked.save()
            BreachChange.objects.create(breach=locked, by=by, details=details)
    return locked


def time_left(breach: Breach, now: datetime | None = None) -> str:
    """How much of the clock is left, in words; when it was notified, whether that was in time."""
    if breach.notified_at:
        return _("Süresinde bildirildi") if breach.notified_at <= breach.due_at else _("Süresinden sonra bildirildi")
    left = breach.due_at - (now or timezone.now())
    minutes = abs(int(left.total_seconds())) // 60
    amount = _("%(n)d saat") % {"n": minutes // 60} if minutes >= 60 else _("%(n)d dakika") % {"n": minutes}
    return (_("%(amount)s kaldı") if left >= timedelta() else _("%(amount)s geçti")) % {"amount": amount}


def remind_of_breaches(now: datetime | None = None) -> int:
    """Mails the centre managers at half of the time and twelve hours before its end, each once; returns how many now."""
    present, told = now or timezone.now(), 0
    for breach in Breach.objects.filter(notified_at=None):
        half = breach.learned_at + (breach.due_at - breach.learned_at) / 2
        if present >= breach.due_at - LAST_CALL:
            step = "last"
        elif present >= half:
            step = "half"
        else:
            continue
        told += tell_managers(f"breach:{breach.pk}:{step}", "breach", _words(breach, present))
    return told


def notice_pdf(breach: Breach) -> bytes:
    """The notice to the Board in Turkish; marked as a draft until it was sent."""
    with translation.override("tr"):
        house = Municipality.get()
        footer = " · ".join(filter(None, [house.name, house.address, house.phone]))
        return statement_pdf(
            _notice(breach, house), Identity(house.name, house.centre_name, footer=footer, colour=house.colour)
        )


def _put_on(breach: Breach, told: Mapping[str, Any]) -> None:
    for name in TOLD:
        value = told[name]
        setattr(breach, name, value.strip() if isinstance(value, str) else value)
    now = timezone.now()
    if breach.learned_at > now:
        raise BadBreach(_("İhlalin öğrenildiği an gelecekte olamaz"), "learned_at")
    row = period_on(REGIME, timezone.localtime(breach.learned_at).date())
    if row is None or row.period is None:
        raise BadBreach(_("O gün için bildirim süresi mevzuat satırlarında yok; yönetici eklemeli"), "learned_at")
    breach.due_at, breach.article = law.add_elapsed_hours(breach.learned_at, row.period), row.article
    for name, sentence in (
        ("notified_at", _("Kurula bildirim, öğrenme anı ile şu an arasında olmalı")),
        ("persons_informed_at", _("Kişilere bildirim, öğrenme anı ile şu an arasında olmalı")),
    ):
        at = getattr(breach, name)
        if at and not breach.learned_at <= at <= now:
            raise BadBreach(sentence, name)
    if breach.notified_at and breach.notified_at > breach.due_at and not breach.late_reasons:
        raise BadBreach(_("Bildirim süresinden sonra yapılmış; gecikmenin nedenini yazın"), "late_reasons")


def _words(breach: Breach, now: datetime) -> dict[str, dict[str, str]]:
    found = {}
    for language in ("tr", "en"):
        with translation.override(language):
            found[language] = {
                "number": str(breach), "left": time_left(breach, now), "learned": _moment(breach.learned_at),
                "due": _moment(breach.due_at), "article": breach.article,
                "link": f"{settings.PUBLIC_URL.rstrip('/')}/is/ihlaller/{breach.pk}/",
            }  # fmt: skip
    return found


def _notice(breach: Breach, house: Municipality) -> Statement:
    clock = [
        ("İhlal kaydı", str(breach)),
        ("Öğrenildiği an", _moment(breach.learned_at)),
        ("Bildirim için son an", f"{_moment(breach.due_at)} ({breach.article})"),
        ("Kurula bildirildiği an", _moment(breach.notified_at) or "henüz bildirilmedi"),
        ("Başvuru ya da evrak no", breach.reference),
    ]
    return Statement(
        language="tr", title="Kişisel veri ihlali bildirimi", subtitle=f"Veri sorumlusu: {house.name}",
        draft="" if breach.notified_at else "TASLAK",
        sections=(
            Section("Süre", facts=_filled(clock)),
            Section("Ne oldu?", paragraphs=_lines(breach.what)),
            Section("Etkilenenler", facts=_filled([
                ("Veri kategorileri", breach.data_categories), ("Kişi grupları", breach.person_categories),
                ("Etkilenen kişi sayısı", "daha bilinmiyor" if breach.persons is None else str(breach.persons)),
                ("Kişilere bildirildiği an", _moment(breach.persons_informed_at) or "henüz bildirilmedi"),
            ])),
            Section("Alınan önlemler", paragraphs=_lines(breach.measures) or ("Daha yazılmadı.",)),
            *((Section("Gecikmenin nedeni", paragraphs=_lines(breach.late_reasons)),) if breach.late_reasons else ()),
        ),
    )  # fmt: skip


def _filled(facts: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in facts if value)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.split("\n") if line.strip())


def _moment(at: datetime | None) -> str:
    if at is None:
        return ""
    language = "en" if (translation.get_language() or "tr").startswith("en") else "tr"
    return moment(timezone.localtime(at), language=language)


def _written(value: Any) -> str:
    if value is None:
        return ""
    return f"{timezone.localtime(value):%d.%m.%Y %H.%M}" if isinstance(value, datetime) else str(value)
