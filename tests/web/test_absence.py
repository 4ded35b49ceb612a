"""While somebody is away her deputy sees and does her work, and no more than that."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from mimer.cases import actions
from mimer.cases.models import Case
from mimer.cases.rules import may
from mimer.municipality.deputies import deputies_today
from mimer.municipality.models import Absence, SensitiveAccess, Staff
from tests.cast import House

pytestmark = pytest.mark.django_db
SignIn = Callable[[Staff], Client]


@pytest.fixture
def sign_in() -> SignIn:
    def into(staff: Staff) -> Client:
        browser = Client()
        browser.force_login(staff, backend="allauth.account.auth_backends.AuthenticationBackend")
        return browser

    return into


def away(staff: Staff, deputy: Staff | None = None, first: int = 0, last: int = 0) -> Absence:
    """An absence from so many days after today to so many days after today."""
    today = timezone.localdate()
    return Absence.objects.create(
        staff=staff, deputy=deputy, starts_on=today + timedelta(days=first), ends_on=today + timedelta(days=last)
    )


def again(staff: Staff) -> Staff:
    """As she signs in anew."""
    return Staff.objects.get(pk=staff.pk)


def leave(house: House, **changes: Any) -> dict[str, Any]:
    today = timezone.localdate()
    sent = {"staff": house.officer.pk, "starts_on": today.isoformat(), "ends_on": (today + timedelta(days=2)).isoformat(),
            "deputy": house.representative.pk}  # fmt: skip
    return sent | changes


def test_the_deputy_of_a_head_may_approve_today_and_not_when_she_is_back(house: House) -> None:
    case = actions.accept(house.assigned(), by=house.officer)
    Case.objects.filter(pk=case.pk).update(state="in_approval")
    case.refresh_from_db()
    assert not may("approve", case, again(house.officer))
    absence = away(house.head, house.officer)
    assert may("approve", case, again(house.officer))
    absence.delete()
    away(house.head, house.officer, first=1, last=3)
    assert not may("approve", case, again(house.officer))


def test_the_stood_in_roles_are_read_in_one_query(house: House, django_assert_num_queries: Any) -> None:
    away(house.head, house.officer)
    deputy = again(house.officer)
    deputies_today()  # shared by all requests of a process
    with django_assert_num_queries(1):
        assert {role for role, _unit in deputy.scope.roles} == {"officer", "unit_head"}
        assert deputy.scope.standing_in_for == {house.head.pk}


def test_only_the_work_of_units_passes_to_a_deputy(house: House) -> None:
    away(house.manager, house.agent)
    away(house.administrator, house.agent)
    assert {role for role, _unit in again(house.agent).scope.roles} == {"agent"}


def test_sensitive_cases_stay_with_who_is_named(house: House) -> None:
    SensitiveAccess.objects.create(subject=house.staff_complaint, staff=house.head)
    house.staff_complaint.unit = house.transport
    house.staff_complaint.save()
    case = house.assigned(house.staff_complaint)
    away(house.head, house.officer)
    assert Case.objects.visible_to(again(house.head)).filter(pk=case.pk).exists()
    assert not Case.objects.visible_to(again(house.officer)).filter(pk=case.pk).exists()


def test_the_deputy_finds_the_cases_of_her_colleague_among_her_own(house: House, sign_in: SignIn) -> None:
    case = actions.accept(house.assigned(), by=house.officer)
    assert case.number not in sign_in(house.representative).get("/is/gelen/?tab=mine").text
    away(house.officer, house.representative)
    page = sign_in(house.representative).get("/is/gelen/?tab=mine").text
    assert case.number in page and "Mehmet Deneme adına" in page
    assert case.number not in sign_in(house.outsider).get("/is/gelen/?tab=mine").text


def test_anybody_writes_her_own_leave_with_a_deputy_of_her_unit(house: House, sign_in: SignIn) -> None:
    page = sign_in(house.officer).post("/is/izinler/", leave(house), follow=True)
    assert "Mehmet Deneme için izin yazıldı" in page.text and "Zeynep Deneme" in page.text
    assert Absence.objects.get().made_by == house.officer


def test_nobody_but_her_head_and_the_administrator_writes_the_leave_of_another(house: House, sign_in: SignIn) -> None:
    for stranger in (house.representative, house.outsider, house.zoning_head, house.manager):
        sign_in(stranger).post("/is/izinler/", leave(house, deputy=""))
        assert not Absence.objects.exists()
    sign_in(house.head).post("/is/izinler/", leave(house))
    assert Absence.objects.count() == 1
    Absence.objects.all().delete()
    sign_in(house.administrator).post("/is/izinler/", leave(house))
    assert Absence.objects.count() == 1


def test_a_deputy_who_is_away_herself_is_refused(house: House, sign_in: SignIn) -> None:
    away(house.representative, first=1, last=1)
    page = sign_in(house.officer).post("/is/izinler/", leave(house))
    assert "Zeynep Deneme o günlerde izinli" in page.text
    assert Absence.objects.count() == 1


def test_a_deputy_of_another_unit_is_refused(house: House, sign_in: SignIn) -> None:
    assert "listeden seçin" in sign_in(house.officer).post("/is/izinler/", leave(house, deputy=house.outsider.pk)).text
    page = sign_in(house.administrator).post("/is/izinler/", leave(house, deputy=house.outsider.pk))
    assert "aynı birimde çalışmıyor" in page.text and not Absence.objects.exists()


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [(3, 1, "Son gün ilk günden önce olamaz"), (-5, -1, "Bu izin geçmişte kalmış")],
)
def test_wrong_days_are_refused_with_a_sentence(
    first: int, last: int, sentence: str, house: House, sign_in: SignIn
) -> None:
    today = timezone.localdate()
    days = {"starts_on": str(today + timedelta(days=first)), "ends_on": str(today + timedelta(days=last))}
    page = sign_in(house.officer).post("/is/izinler/", leave(house, **days))
    assert sentence in page.text and days["starts_on"] in page.text and not Absence.objects.exists()


def test_two_leaves_at_once_are_refused(house: House, sign_in: SignIn) -> None:
    away(house.officer, last=1)
    assert "Bu günlerde izin zaten yazılı" in sign_in(house.officer).post("/is/izinler/", leave(house)).text


def test_who_counted_on_her_as_deputy_is_named(house: House, sign_in: SignIn) -> None:
    away(house.head, house.officer, last=4)
    page = sign_in(house.officer).post("/is/izinler/", leave(house), follow=True)
    assert "Kemal Deneme için vekil" in page.text


def test_back_early_she_is_at_work_from_today(house: House, sign_in: SignIn) -> None:
    absence = away(house.officer, house.representative, first=-3, last=3)
    sign_in(house.officer).post(f"/is/izinler/{absence.pk}/bitir/")
    absence.refresh_from_db()
    assert absence.ends_on == timezone.localdate() - timedelta(days=1)
    assert again(house.representative).scope.standing_in_for == frozenset()
    assert sign_in(house.outsider).post(f"/is/izinler/{absence.pk}/bitir/").status_code == 404


def test_giving_work_to_somebody_on_leave_is_said_in_the_form(house: House, sign_in: SignIn) -> None:
    case = actions.accept(house.assigned(), by=house.officer)
    away(house.representative, house.head)
    page = sign_in(house.officer).get(f"/is/basvuru/{case.number}/assign/").text
    assert "Zeynep Deneme (bugün izinli, vekili Kemal Deneme)" in page


def test_a_head_sees_her_people_with_what_they_have_in_hand(house: House, sign_in: SignIn) -> None:
    actions.accept(house.assigned(), by=house.officer)
    away(house.officer, house.representative)
    page = sign_in(house.head).get("/is/izinler/").text
    assert "izinli, vekili Zeynep Deneme" in page and f"/is/devir/{house.officer.pk}/" in page
    assert "Ilgaz" not in page


def test_an_administrator_who_closes_an_account_is_led_to_hand_its_work_over(house: House, sign_in: SignIn) -> None:
    case = actions.accept(house.assigned(), by=house.officer)
    browser = sign_in(house.administrator)
    page = browser.post(f"/is/yonetim/personel/{house.officer.pk}/kaldir/", follow=True)
    assert page.redirect_chain[-1][0] == f"/is/devir/{house.officer.pk}/"
    assert "Üzerinde 1 açık başvuru var" in page.text
    field = f"successor_{house.transport.pk}"
    page = browser.post(f"/is/devir/{house.officer.pk}/", {field: house.representative.pk})
    assert "1 başvuru devredildi" in page.text
    case.refresh_from_db()
    assert case.officer == house.representative


def test_a_head_hands_over_the_work_and_post_of_her_people_and_of_nobody_else(house: House, sign_in: SignIn) -> None:
    house.transport.representative = house.representative
    house.transport.save()
    case = actions.accept(house.assigned(), by=house.representative)
    address, unit = f"/is/devir/{house.representative.pk}/", house.transport.pk
    assert sign_in(house.zoning_head).get(address).status_code == 404
    browser = sign_in(house.head)
    page = browser.post(address, {f"posts_{unit}": "on"})
    assert "Görev yerini kimin alacağını seçin" in page.text
    browser.post(address, {f"posts_{unit}": "on", f"successor_{unit}": house.officer.pk})
    case.refresh_from_db()
    house.transport.refresh_from_db()
    assert (case.officer, house.transport.representative) == (house.officer, house.officer)


def test_a_post_that_stays_is_named_to_be_filled(house: House, sign_in: SignIn) -> None:
    house.transport.head = house.head
    house.transport.save()
    page = sign_in(house.administrator).post(f"/is/devir/{house.head.pk}/", {})
    assert "Doldurulacak görev yerleri" in page.text and "Ulaşım Hizmetleri" in page.text
