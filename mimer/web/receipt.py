"""The receipt of a case: what the citizen takes home, in her language, with number, secret code, promise and next steps."""

from datetime import date, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from mimer.cases.models import Case, Event, Note, NoteKind
from mimer.cases.models.words import SEEN_BY_CITIZEN
from mimer.municipality.models import Municipality, Staff
from mimer.municipality.named import in_language, known_language
from mimer.notify.told import tracking_link
from mimer.paper import Identity, Receipt, ReceiptSize, receipt_pdf

from .templatetags.look import grouped_code, long_date, moment, until

# Who took it down may read out its number on that day, even if she may not see what becomes of it.
OWN_RECORD = timedelta(hours=12)


def may_hand_out(case: Case, staff: Staff) -> bool:
    """Whether she gives number and secret code to the applicant: the desk, and whoever took the case down today."""
    return staff.scope.at_desk or recorded_today(case, staff)


def recorded_today(case: Case, staff: Staff) -> bool:
    """Whether this is a record of hers that is some hours old at most."""
    fresh = case.recorded_at > timezone.now() - OWN_RECORD
    return fresh and Event.objects.filter(case=case, seq=1, verb="open_case", staff=staff).exists()


def receipt_for(case: Case, house: Municipality, size: ReceiptSize = ReceiptSize.A5) -> bytes:
    """The receipt as PDF in the language the applicant chose."""
    language = known_language(case.language)
    with override(language):
        identity = Identity(house.name, house.centre_name, footer=footer_of(house), colour=house.colour)
        return receipt_pdf(_receipt(case, house, language), identity, size)


def promise_of(case: Case) -> str:
    """The promised last day as a sentence, "" when none was promised or nothing is owed any more."""
    if not case.is_open:
        return ""
    if case.promised_on:
        return long_date(case.promised_on) if case.promised_on == case.planned_for else until(case.promised_on)
    if case.planned_for:
        return long_date(case.planned_for)
    due = case.due_at or case.legal_due_on
    return until(due) if due else ""


def promise_label(case: Case) -> str:
    """What that day is: a promise only where the work was planned for it; before, what the house aims at."""
    if not promise_of(case):
        return _("Durumu")
    return _("Söz verdiğimiz gün") if case.planned_for else _("Hedeflediğimiz gün")


def _receipt(case: Case, house: Municipality, language: str) -> Receipt:
    facts = [(_("Konu"), case.subject.name), (_("Kayıt zamanı"), moment(case.recorded_at))]
    if case.unit:
        facts.append((_("İlgilenen birim"), case.unit.name))
    if case.place_line:
        facts.append((_("Yer"), case.place_line))
    if before := date_before(case):
        facts.append((_("Önceki tarih"), before))
    follow = _("İnternetten izlemek için kodu telefonunuzla okutun ya da adresi yazın: numara ve takip kodu yeter.")
    if house.phone:
        follow += " " + _("Telefonla: %(phone)s.") % {"phone": unbroken(house.phone)}
    return Receipt(
        language=language, title=_("Başvuru alındı belgesi"), number_label=_("Başvuru numarası"), number=case.number,
        secret_label=_("Takip kodu (gizli tutun)"), secret=grouped_code(case.tracking_code),
        promise_label=promise_label(case),
        promise=promise_of(case) or str(case.citizen_tag.label), facts=tuple(facts),
        steps_label=_("Bundan sonra"), steps=tuple(next_steps(case)), follow_label=_("Başvurunuzu izleyin"), follow=follow,
        link=tracking_link(case), link_shown=settings.PUBLIC_URL.split("://")[-1].rstrip("/") + reverse("track"),
        privacy=in_language(house, "privacy_short", language),
        printed=_("Basıldığı zaman: %(when)s") % {"when": moment(timezone.now())},
    )  # fmt: skip


def date_before(case: Case) -> str:
    """The day told before the one that stands now, and why it moved; "" if it never did."""
    if case.promised_on is None:
        return ""
    told = Event.objects.filter(case=case, verb__in=("postpone", "plan")).order_by("-seq").first()
    before = told.facts.get("from_day") if told else None
    if told is None or before in (None, told.facts["day"]) or told.facts["day"] != case.promised_on.isoformat():
        return ""
    note = Note.objects.filter(
        case=case, pk=told.facts.get("note") or 0, kind__in=[*SEEN_BY_CITIZEN, NoteKind.REASON]
    ).first()
    day = long_date(date.fromisoformat(before))
    return f"{day} ({note.text})" if note else day


def next_steps(case: Case) -> list[str]:
    """What happens now, in the order in which it happens."""
    where = (
        _("Başvurunuz şu birimde: %(unit)s.") % {"unit": case.unit.name}
        if case.unit
        else _("Başvurunuz görevli birime iletilecek.")
    )
    told = (
        _("Sonucu size bildireceğiz.")
        if case.applicant
        else _("Adınızı vermediğiniz için sonucu yalnız buradan öğrenebilirsiniz.")
    )
    return [
        where,
        _("Görevliler inceler; bilgi gerekirse size sorar."),
        told,
        _("Sonuç sizi tatmin etmezse “Sorunum çözülmedi” diyebilirsiniz."),
    ]


def footer_of(house: Municipality) -> str:
    """What stands at the foot of every paper: who, where, and the telephone in one piece."""
    return " · ".join(filter(None, [house.name, house.address, unbroken(house.phone)]))


def unbroken(number: str) -> str:
    """A telephone number that no line breaks in two."""
    return number.replace(" ", "\N{NO-BREAK SPACE}")
