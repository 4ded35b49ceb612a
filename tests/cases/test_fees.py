"""The fee of an information request (4982 art. 11): what it costs, what stands still, and what ends it."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from mimer.cases import actions
from mimer.cases.actions.fees import cost_of
from mimer.cases.actors import Citizen
from mimer.cases.models import Case
from mimer.cases.passing_time import end_silences, end_unpaid
from mimer.cases.rules import NotAllowed, verbs_for
from mimer.cases.states import Outcome, State
from mimer.municipality.kinds import CaseType
from mimer.municipality.models import FeeTariff, Municipality
from mimer.municipality.statutes import load_law
from tests.cast import House

pytestmark = pytest.mark.django_db

RECEIVED = datetime(2026, 11, 2, 9, tzinfo=UTC)  # a Monday; the fifteenth working day is 23 November


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)


def requested(house: House) -> Case:
    """An information request received on 2 November and accepted that day."""
    load_law()
    with time_machine.travel(RECEIVED):
        return actions.accept(house.assigned(type=CaseType.FOI), by=house.officer)


def told(house: House, day: date = date(2026, 11, 6)) -> Case:
    case = requested(house)
    with time_machine.travel(at(day)):
        return actions.fee_notice(case, "Vezneye ödeyin", 30, amount=Decimal("40.50"), by=house.officer)


@pytest.mark.parametrize(
    ("pages", "colour", "cost"),
    [
        (10, 0, "0"),  # the first ten are free
        (11, 0, "9.56"),
        (30, 0, "191.20"),
        (0, 12, "38.86"),
        (8, 4, "19.12"),  # the free ones are taken from the dearer colour pages first
        (0, 0, "0"),
    ],
)
def test_pages_after_the_free_ones_cost_what_the_tariff_says(pages: int, colour: int, cost: str) -> None:
    tariff = FeeTariff(free_pages=10, page=Decimal("9.56"), colour_page=Decimal("19.43"))
    assert cost_of(tariff, pages, colour) == Decimal(cost)


def test_the_notice_stops_both_clocks_and_counts_fifteen_working_days_to_pay(house: House) -> None:
    case = told(house)
    notice = case.fee_notices.get()
    assert case.state == State.WAITING_APPLICANT and case.resume_state == State.IN_PROGRESS
    assert case.legal_due_on is None and case.legal_act_by is None and case.due_at is None
    assert notice.pay_by == date(2026, 11, 27)
    assert case.events.last().facts["fee"] == notice.pk
    assert not case.promises.open().exists()


def test_a_paid_fee_lets_the_period_run_on_with_what_was_left(house: House) -> None:
    case = told(house)  # four working days had run
    with time_machine.travel(at(date(2026, 11, 16))):
        actions.fee_paid(case, date(2026, 11, 13), by=house.agent)
    assert case.state == State.IN_PROGRESS and case.due_at is not None
    assert case.legal_due_on == date(2026, 11, 30)  # eleven working days after the payment
    assert case.promises.open().exists()


def test_the_period_begins_anew_where_the_house_reads_the_law_so(house: House) -> None:
    Municipality.objects.update(fee_restarts=True)
    case = told(house)
    with time_machine.travel(at(date(2026, 11, 16))):
        actions.fee_paid(case, date(2026, 11, 13), by=house.agent)
    assert case.legal_due_on == date(2026, 12, 4)


def test_who_does_not_pay_in_time_counts_as_having_withdrawn(house: House) -> None:
    case = told(house)
    with time_machine.travel(at(date(2026, 11, 27))):
        assert end_unpaid() == 0
    with time_machine.travel(at(date(2026, 11, 28))):
        assert end_unpaid() == 1
        assert end_unpaid() == 0
    case.refresh_from_db()
    assert case.state == State.CLOSED and case.outcome == Outcome.WITHDRAWN
    assert case.events.last().verb == "fee_unpaid" and case.events.last().party == "house"


def test_silence_and_words_do_not_wake_a_case_that_waits_for_its_fee(house: House) -> None:
    case = told(house)
    assert "applicant_replies" not in verbs_for(case, Citizen())
    with pytest.raises(NotAllowed):
        actions.applicant_replies(case, "Ödeyeceğim", by=Citizen())
    with time_machine.travel(at(date(2026, 11, 25))):
        assert end_silences() == 0
    case.refresh_from_db()
    assert case.state == State.WAITING_APPLICANT


def test_a_case_that_waits_for_words_takes_no_payment_and_does_not_end_for_want_of_one(house: House) -> None:
    case = requested(house)
    with time_machine.travel(RECEIVED):
        actions.ask_applicant(case, "Hangi yıl?", by=house.officer)
    assert "fee_paid" not in verbs_for(case, house.agent)
    with time_machine.travel(at(date(2027, 1, 4))):
        assert end_unpaid() == 0
        assert end_silences() == 1


def test_no_fee_is_asked_where_nobody_asked_for_information(house: House) -> None:
    case = actions.accept(house.assigned(), by=house.officer)
    assert "fee_notice" not in verbs_for(case, house.officer)
    with pytest.raises(NotAllowed):
        actions.fee_notice(case, "Vezneye", 30, amount=Decimal(40), by=house.officer)


def test_an_extension_has_nothing_to_extend_while_the_period_stands_still(house: House) -> None:
    case = told(house)
    with time_machine.travel(at(date(2026, 11, 9))), pytest.raises(NotAllowed):
        actions.extend(case, "Başka birimden bilgi gerekiyor", by=house.head)


def test_the_amount_follows_from_the_tariff_of_the_day(house: House) -> None:
    case = requested(house)
    FeeTariff.objects.create(article="Tebliğ", page=Decimal(2), colour_page=Decimal(5), valid_from=date(2026, 1, 1))
    with time_machine.travel(RECEIVED):
        actions.fee_notice(case, "Vezneye", 20, amount=Decimal(999), by=house.officer)
    assert case.fee_notices.get().amount == Decimal(20)


def test_free_pages_alone_cost_nothing(house: House) -> None:
    case = requested(house)
    FeeTariff.objects.create(article="Tebliğ", page=Decimal(2), colour_page=Decimal(5), valid_from=date(2026, 1, 1))
    with time_machine.travel(RECEIVED), pytest.raises(NotAllowed, match="ücretsiz"):
        actions.fee_notice(case, "Vezneye", 10, by=house.officer)
    case.refresh_from_db()
    assert case.state == State.IN_PROGRESS and case.legal_due_on is not None


def test_without_a_tariff_the_amount_is_typed(house: House) -> None:
    case = requested(house)
    with time_machine.travel(RECEIVED), pytest.raises(NotAllowed, match="tarifesi") as refused:
        actions.fee_notice(case, "Vezneye", 30, by=house.officer)
    assert refused.value.about == "amount"


@pytest.mark.parametrize("day", [date(2026, 11, 5), date(2026, 11, 17)])
def test_a_payment_lies_between_the_notice_and_today(house: House, day: date) -> None:
    case = told(house)
    with time_machine.travel(at(date(2026, 11, 16))), pytest.raises(NotAllowed):
        actions.fee_paid(case, day, by=house.agent)


def test_a_payment_after_the_last_day_comes_too_late(house: House) -> None:
    case = told(house)
    with time_machine.travel(at(date(2026, 12, 1))), pytest.raises(NotAllowed, match="vazgeçmiş"):
        actions.fee_paid(case, date(2026, 11, 30), by=house.agent)


def test_an_appeal_comes_after_the_answer_and_is_written_once_a_place(house: House) -> None:
    case = requested(house)
    with time_machine.travel(RECEIVED + timedelta(days=2)):
        actions.resolve(case, actions.Draft("informed", "Ektedir"), by=house.officer)
        today = timezone.localdate()
        with pytest.raises(NotAllowed, match="önce"):
            actions.record_appeal(case, "board", today - timedelta(days=1), by=house.agent)
        with pytest.raises(NotAllowed, match="gelecekte"):
            actions.record_appeal(case, "board", today + timedelta(days=1), by=house.agent)
        actions.record_appeal(case, "board", today, "2026/7", by=house.agent)
        actions.record_appeal(case, "court", today, by=house.officer)
        with pytest.raises(NotAllowed, match="ikinci"):
            actions.record_appeal(case, "board", today, by=house.agent)
    assert [appeal.to for appeal in case.appeals.all()] == ["board", "court"]
    assert "2026/7" not in str(case.events.filter(verb="record_appeal").first().facts)
