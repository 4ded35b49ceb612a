"""What the law owes shows in lists, tabs and numbers, even while the target stands still."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mimer.cases import actions
from mimer.cases.actors import Citizen
from mimer.cases.models import Case
from mimer.cases.paging import most_urgent_page
from mimer.insight.measures import load_by_unit, today
from mimer.web.unit.rows import due_of, for_rows, leads_by_law, rows_of
from tests.cast import House

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def petition_waiting(house: House, days: int = 45) -> Case:
    """A petition so many days old that waits for its applicant."""
    received = timezone.now() - timedelta(days=days)
    case = house.assigned(channel="petition", received_at=received)
    return actions.ask_applicant(case, "Hangi sokak?", by=house.agent, at=received + timedelta(hours=2))


@pytest.fixture
def read(client: Client) -> Any:
    def get(path: str, by: Any) -> str:
        client.force_login(by, backend=BACKEND)
        return str(client.get(path).content.decode())

    return get


def test_a_waiting_petition_is_late_by_law_though_its_target_stands_still(house: House, read: Any) -> None:
    case = petition_waiting(house)
    assert case.due_at is None and case.is_legally_late()
    assert list(Case.objects.overdue(timezone.now())) == [case]
    page = read(reverse("inbox") + "?tab=late", house.officer)
    assert case.number in page
    assert '<span class="due-word">yasal</span>' in page and "gecikti" in page
    assert case.number not in read(reverse("inbox") + "?tab=late", house.outsider)
    assert case.number in read(reverse("case_list") + "?late=1", house.agent)


def test_a_waiting_petition_in_time_is_not_late(house: House) -> None:
    case = petition_waiting(house, days=5)
    assert not Case.objects.overdue(timezone.now()).exists()
    row = rows_of(list(for_rows(Case.objects.filter(pk=case.pk))))[0]
    assert row.by_law and row.due == case.legal_act_by


def test_an_answer_ends_lateness_by_law_and_the_end_of_the_day_begins_it(house: House) -> None:
    case = actions.accept(house.assigned(channel="petition"), by=house.officer)
    assert case.legal_due_on is not None
    day_after = timezone.make_aware(
        timezone.datetime.combine(case.legal_due_on + timedelta(days=1), timezone.datetime.min.time())
    )
    actions.ask_applicant(case, "?", by=house.officer)
    assert case.first_due_at == day_after
    assert not Case.objects.overdue(day_after).exists()
    assert Case.objects.overdue(day_after + timedelta(seconds=1)).exists()
    actions.applicant_replies(case, "!", by=Citizen())
    actions.resolve(case, actions.Draft("informed", "Bilgi verildi"), by=house.officer)
    assert not Case.objects.overdue(day_after + timedelta(days=9)).exists()


def test_an_interim_answer_takes_the_lateness_of_the_petition_away(house: House) -> None:
    case = actions.accept(
        house.assigned(channel="petition", received_at=timezone.now() - timedelta(days=29)), by=house.officer
    )
    before = case.legal_due_on
    actions.interim_answer(case, "Keşif yapılacak", by=house.head)
    actions.ask_applicant(case, "?", by=house.officer)
    assert before is not None and case.legal_due_on is not None and case.legal_due_on > before
    assert case.first_due_at is not None and timezone.localtime(
        case.first_due_at
    ).date() == case.legal_due_on + timedelta(days=1)


def test_whichever_comes_first_is_shown(house: House) -> None:
    case = house.assigned(channel="petition")
    assert not leads_by_law(case) and due_of(case) == case.due_at
    house.parcel.target_hours = 2000
    house.parcel.save()
    slow = house.assigned(house.parcel, channel="petition")
    assert leads_by_law(slow) and due_of(slow) == slow.legal_act_by
    assert slow.due_at is not None and slow.first_due_at is not None and slow.first_due_at < slow.due_at


def test_the_most_urgent_page_puts_the_law_among_the_targets(house: House) -> None:
    late, fresh, still = petition_waiting(house), house.assigned(), house.assigned(channel="phone")
    actions.ask_applicant(still, "?", by=house.agent)
    page = most_urgent_page(Case.objects.open())
    assert [case.pk for case in page.cases] == [late.pk, fresh.pk, still.pk]


def test_the_numbers_of_the_day_count_it_and_say_how_many_by_law(house: House, read: Any) -> None:
    petition_waiting(house)
    house.assigned()
    numbers = today(Case.objects.visible_to(house.agent))
    assert (numbers.open, numbers.late, numbers.legally_late) == (2, 1, 1)
    assert [load.late for load in load_by_unit(Case.objects.visible_to(house.agent))] == [1]
    assert "1 tanesinde yasal süre" in read(reverse("home"), house.agent)
    assert today(Case.objects.visible_to(house.outsider)).legally_late == 0


def test_the_head_of_the_case_page_shows_the_day_to_act_by(house: House, read: Any) -> None:
    from mimer.turkish import long_date

    case = petition_waiting(house)
    page = read(reverse("case", args=[case.number]), house.officer)
    assert f"yasal süre: {long_date(case.legal_act_by)}" in page and "süre durdu" in page


@pytest.mark.parametrize("days", [date(2026, 1, 1)])
def test_late_cases_are_found_over_an_index(house: House, days: date) -> None:
    cases = Case.objects.all()
    plans = [cases.overdue(timezone.now()).order_by("first_due_at", "pk")[:100], cases.legally_late(days)]
    if connection.vendor == "sqlite":
        assert "case_open_first" in plans[0].explain()
        assert "case_open_legal" in plans[1].explain()
