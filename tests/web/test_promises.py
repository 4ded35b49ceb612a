"""The ledger of promises: counted once, the same in the table and behind each number, and told to the citizen."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client

from mimer.cases import actions
from mimer.cases.models import Case, Promise
from mimer.insight.promises import Tally, ledger, seen_by
from mimer.municipality.models import Staff
from mimer.web.receipt import date_before, promise_of
from tests.cast import House

pytestmark = pytest.mark.django_db
HERE = ZoneInfo("Europe/Istanbul")
MONDAY = datetime(2026, 11, 2, 9, 0, tzinfo=HERE)
SignIn = Callable[[Staff], Client]


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def sign_in() -> SignIn:
    def into(staff: Staff) -> Client:
        browser = Client()
        browser.force_login(staff, backend="allauth.account.auth_backends.AuthenticationBackend")
        return browser

    return into


def planned(house: House, day: date) -> Case:
    """In work, with this day told; the day of the target is thereby moved in time."""
    return actions.plan(actions.accept(house.assigned(), by=house.officer), day, by=house.officer)


@pytest.fixture
def kept_and_broken(house: House, clock: Any) -> dict[str, Case]:
    """One promise of each fate for days of November, seen from the 10th."""
    cases = {name: planned(house, date(2026, 11, day)) for name, day in
             (("kept", 5), ("broken", 4), ("moved", 6), ("open", 20))}  # fmt: skip
    Promise.objects.filter(kind="target").delete()
    clock.move_to(MONDAY + timedelta(days=2))
    actions.resolve(cases["kept"], actions.Draft(outcome="informed", text="Yapıldı"), by=house.officer)
    actions.plan(cases["moved"], date(2026, 12, 3), "Malzeme bekleniyor", by=house.officer)
    clock.move_to(MONDAY + timedelta(days=8))
    return cases


def test_each_promise_counts_once_by_how_it_ended(house: House, kept_and_broken: Any) -> None:
    today = date(2026, 11, 10)
    counted = ledger(seen_by(house.manager), today)
    assert counted.total == Tally(kept=1, moved=1, broken=1, open=2)
    assert [unit for unit, _tally in counted.by_unit] == [house.transport]
    assert [month for month, _tally in counted.by_month] == [date(2026, 11, 1), date(2026, 12, 1)]


def test_shares_are_of_what_has_come_due() -> None:
    tally = Tally(kept=6, moved=2, broken=2, open=90)
    assert (tally.settled, tally.share("kept"), tally.share("broken"), tally.share("open")) == (10, 60, 20, None)
    assert Tally(open=3).share("kept") is None


@pytest.mark.parametrize(("ending", "name"), [("broken", "broken"), ("moved", "moved"), ("open", "open")])
def test_from_a_number_it_is_one_step_to_its_cases(
    ending: str, name: str, house: House, kept_and_broken: dict[str, Case], sign_in: SignIn
) -> None:
    browser = sign_in(house.head)
    page = browser.get("/is/sozler/?ay=2026-11").text
    address = f"/is/sozler/basvurular/?ne={ending}&amp;ay=2026-11&amp;birim=ULS"
    assert address in page
    behind = browser.get(address.replace("&amp;", "&")).text
    assert kept_and_broken[name].number in behind and f"/is/basvuru/{kept_and_broken[name].number}/" in behind
    others = [case.number for other, case in kept_and_broken.items() if other != name]
    assert not any(number in behind for number in others)


def test_the_year_is_drawn_month_by_month_with_numerator_and_denominator(
    house: House, kept_and_broken: Any, sign_in: SignIn
) -> None:
    page = sign_in(house.mayor).get("/is/sozler/").text
    assert "Kasım 2026" in page and "?ay=2026-11" in page
    settled = ledger(seen_by(house.mayor), date(2026, 11, 10)).total.settled
    assert f"/ {settled})" in page


def test_a_head_counts_her_own_unit_and_the_outsider_nothing(
    house: House, kept_and_broken: dict[str, Case], sign_in: SignIn
) -> None:
    assert ledger(seen_by(house.zoning_head), date(2026, 11, 10)).total == Tally()
    page = sign_in(house.zoning_head).get("/is/sozler/basvurular/?ne=broken").text
    assert kept_and_broken["broken"].number not in page
    assert sign_in(house.outsider).get("/is/sozler/").status_code == 403


def test_sensitive_cases_are_counted_only_for_those_named(house: House, clock: Any) -> None:
    house.assigned(house.staff_complaint)
    assert ledger(seen_by(house.manager), MONDAY.date()).total.open == 1
    assert ledger(seen_by(house.mayor), MONDAY.date()).total.open == 0


def test_the_page_costs_the_same_for_many_promises_as_for_few(
    house: House, clock: Any, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    browser = sign_in(house.manager)
    planned(house, date(2026, 11, 4))
    browser.get("/is/sozler/")
    with django_assert_max_num_queries(30) as few:
        browser.get("/is/sozler/")
    for day in range(4, 12):
        planned(house, date(2026, 11, day))
    house.assigned(house.parcel)
    with django_assert_max_num_queries(len(few)):
        browser.get("/is/sozler/")


def test_a_promise_about_to_break_lies_in_a_heap_of_its_own_and_leads_the_case_page(
    house: House, clock: Any, sign_in: SignIn
) -> None:
    soon, later = planned(house, date(2026, 11, 4)), planned(house, date(2026, 11, 20))
    clock.move_to(MONDAY + timedelta(days=1))
    browser = sign_in(house.officer)
    heap = browser.get("/is/gelen/?tab=promise").text
    assert soon.number in heap and later.number not in heap
    assert "Söz yarın doluyor: yetişmeyecekse yeni tarih söyleyin." in browser.get(f"/is/basvuru/{soon.number}/").text
    assert "doluyor" not in browser.get(f"/is/basvuru/{later.number}/").text
    clock.move_to(MONDAY + timedelta(days=4))
    assert "Söz verilen gün geçti" in sign_in(house.officer).get(f"/is/basvuru/{soon.number}/").text
    assert soon.number not in sign_in(house.outsider).get("/is/gelen/?tab=promise").text


def test_over_a_weekend_the_promise_of_monday_is_asked_for_on_friday(house: House, clock: Any, sign_in: SignIn) -> None:
    case = planned(house, date(2026, 11, 9))
    clock.move_to(datetime(2026, 11, 6, 9, 0, tzinfo=HERE))
    page = sign_in(house.officer).get(f"/is/basvuru/{case.number}/").text
    assert "Söz 9 Kasım 2026 Pazartesi günü doluyor" in page


def test_the_citizen_reads_the_last_date_told_the_one_before_and_why(house: House, clock: Any) -> None:
    case = actions.accept(house.assigned(), by=house.officer)
    before = case.promised_on
    actions.postpone(case, date(2026, 11, 25), "Asfalt plenti bakımda", by=house.officer)
    page = Client().get(f"/takip/{case.number}/{case.tracking_code}/").text
    assert "25 Kasım 2026 Çarşamba" in page and "Asfalt plenti bakımda" in page
    assert f"Daha önce {before.day} Kasım 2026" in page
    clock.move_to(datetime(2026, 11, 26, 9, 0, tzinfo=HERE))
    late = Client().get(f"/takip/{case.number}/{case.tracking_code}/").text
    assert "25 Kasım 2026 Çarşamba günü için söz vermiştik, geciktik" in late


def test_a_date_that_never_moved_has_none_before_it(house: House, clock: Any) -> None:
    case = planned(house, date(2026, 11, 6))
    assert "Daha önce" not in Client().get(f"/takip/{case.number}/{case.tracking_code}/").text


def test_the_receipt_says_the_last_date_told_and_the_one_before(house: House, clock: Any) -> None:
    case = actions.accept(house.assigned(), by=house.officer)
    assert date_before(case) == ""
    actions.postpone(case, date(2026, 11, 25), "Asfalt plenti bakımda", by=house.officer)
    assert promise_of(case) == "25 Kasım 2026 Çarşamba gününe kadar"
    assert "Asfalt plenti bakımda" in date_before(case)
    page = Client().get(f"/takip/{case.number}/{case.tracking_code}/makbuz.pdf")
    assert page.status_code == 200 and page["Content-Type"] == "application/pdf"
