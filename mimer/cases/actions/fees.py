"""Verbs about the fee of an information request (4982 art. 11): told, paid, or never paid."""

from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from mimer import law
from mimer.municipality.models import FeeTariff
from mimer.municipality.statutes import period_on, tariff_on

from ..actors import RULE, Actor
from ..clocks import house_calendar, stop_service_clock
from ..legal import go_on, stop_clock
from ..models import Case, FeeNotice, NoteKind, PromiseEnd
from ..rules import NotAllowed
from ..states import LegalRegime, Outcome
from .act import Act, acting, require
from .ending import end_unworked
from .work import go_back

PAY_PERIOD = "FOI_FEE_4982"


def fee_notice(
    case: Case, words: str, pages: int, colour_pages: int = 0, amount: Decimal | None = None, *, by: Actor,
    at: datetime | None = None,
) -> Case:  # fmt: skip
    """Tells what the pages cost and how to pay; until then the answer period stands still.

    The amount (TL) follows from the tariff of the day; it is typed only where the house keeps none.
    """
    with acting(case, "fee_notice", by, at) as act:
        today = timezone.localtime(act.at).date()
        clock = stop_clock(act.case, LegalRegime.FOI_4982, today)
        if clock is None:
            raise NotAllowed(_("Ücret yalnızca süresi işleyen bir bilgi edinme başvurusunda istenir."))
        notice = FeeNotice.objects.create(
            case=act.case, pages=pages, colour_pages=colour_pages, amount=_amount(pages, colour_pages, amount, today),
            told_on=today, pay_by=pay_by(today), by=act.staff,
        )  # fmt: skip
        act.say(NoteKind.OUTSIDE, require(words, _("Ücretin nereye ve nasıl ödeneceğini yazın."), "words"))
        act.facts["fee"] = notice.pk
        act.case.resume_state = act.case.state
        stop_service_clock(act.case, act.at)
        act.settle_promises(PromiseEnd.MOVED)  # she is told that it rests until she pays
        act.move()
    return case


def fee_paid(case: Case, paid_on: date, *, by: Actor, at: datetime | None = None) -> Case:
    """The payment was shown: the work goes on where it was, and the answer period as the house reads the law."""
    with acting(case, "fee_paid", by, at) as act:
        notice, today = _open_notice(act), timezone.localtime(act.at).date()
        if not notice.told_on <= paid_on <= today:
            raise NotAllowed(_("Ödeme günü, ücretin bildirildiği gün ile bugün arasında olmalı."), "paid_on")
        if paid_on > notice.pay_by:
            late = _("Son ödeme günü geçmiş; başvuran vazgeçmiş sayılır (4982 m. 11). İsterse yeniden başvurabilir.")
            raise NotAllowed(late, "paid_on")
        notice.paid_on = paid_on
        notice.save(update_fields=["paid_on"])
        clock = go_on(act.case, LegalRegime.FOI_4982, paid_on)
        act.facts |= {"fee": notice.pk, "until": clock.due_on.isoformat() if clock and clock.due_on else None}
        go_back(act)
    return case


def fee_unpaid(case: Case, *, by: Actor = RULE, at: datetime | None = None) -> Case:
    """Nobody paid in time: the request counts as withdrawn (4982 art. 11)."""
    with acting(case, "fee_unpaid", by, at) as act:
        notice = _open_notice(act)
        if timezone.localtime(act.at).date() <= notice.pay_by:
            raise NotAllowed(_("Ödeme süresi daha dolmadı."))
        act.facts["fee"] = notice.pk
        end_unworked(act, Outcome.WITHDRAWN)
    return case


def pay_by(told_on: date) -> date:
    """The last day on which the applicant may show that she paid."""
    row = period_on(PAY_PERIOD, told_on)
    if row is None:
        raise NotAllowed(_("Ücretin ödenme süresi mevzuat satırlarında yok; yönetici eklemeli."))
    return law.legal_due(row, told_on, house_calendar()).last_day


def cost_of(tariff: FeeTariff, pages: int, colour_pages: int) -> Decimal:
    """What so many pages cost (TL); the free ones are taken from the dearer colour pages first, in the applicant's favour."""
    free_colour = min(tariff.free_pages, colour_pages)
    free_plain = min(tariff.free_pages - free_colour, pages)
    return tariff.colour_page * (colour_pages - free_colour) + tariff.page * (pages - free_plain)


def _amount(pages: int, colour_pages: int, typed: Decimal | None, today: date) -> Decimal:
    tariff = tariff_on(today)
    if tariff is None:
        if typed is None or typed <= 0:
            raise NotAllowed(_("Bugün için ücret tarifesi kayıtlı değil; tutarı yazın."), "amount")
        return typed
    cost = cost_of(tariff, pages, colour_pages)
    if not cost:
        free = _("İlk %(free)d sayfa ücretsiz; bu kadar sayfa için ücret istenmez.") % {"free": tariff.free_pages}
        raise NotAllowed(free, "pages")
    return cost


def _open_notice(act: Act) -> FeeNotice:
    notice: FeeNotice | None = act.case.fee_notices.filter(paid_on=None).last()
    if notice is None:
        raise NotAllowed(_("Bu başvuruda ödenmesi beklenen bir ücret yok."))
    return notice
