"""The duty roster and the calls of the night as people see them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from mimer.municipality.kinds import Priority
from mimer.municipality.models import DutyShift, Staff
from mimer.notify.alarms import ring
from mimer.notify.models import Alarm, AlarmEnd
from mimer.notify.reading import read_events
from tests.cast import House

pytestmark = pytest.mark.django_db
HERE = ZoneInfo("Europe/Istanbul")
TUESDAY = datetime(2026, 11, 3, 10, 0, tzinfo=HERE)
NIGHT = datetime(2026, 11, 3, 22, 0, tzinfo=HERE)
SignIn = Callable[[Staff], Client]


@pytest.fixture
def sign_in() -> SignIn:
    def into(staff: Staff) -> Client:
        browser = Client()
        browser.force_login(staff, backend="allauth.account.auth_backends.AuthenticationBackend")
        return browser

    return into


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(TUESDAY, tick=False) as clock:
        yield clock


def shift_of(house: House, **changes: Any) -> dict[str, Any]:
    """What the form of a new shift sends."""
    sent = {"unit": house.transport.pk, "staff": house.officer.pk, "starts_at": "2026-11-03T17:00",
            "ends_at": "2026-11-04T08:00", "order": "1"}  # fmt: skip
    return sent | changes


def make(house: House, staff: Staff, start: datetime, unit: Any = None, order: int = 1) -> DutyShift:
    return DutyShift.objects.create(
        staff=staff, unit=unit, starts_at=start, ends_at=start + timedelta(hours=15), order=order
    )


def test_a_head_writes_a_shift_of_her_unit_and_sees_it_in_the_week(house: House, sign_in: SignIn) -> None:
    browser = sign_in(house.head)
    page = browser.post("/is/nobet/", shift_of(house), follow=True)
    assert "Mehmet Deneme nöbete yazıldı." in page.text
    assert "03.11.2026 17.00" in page.text and "04.11.2026 08.00" in page.text
    assert DutyShift.objects.get().unit == house.transport


def test_shifts_may_overlap_their_order_decides(house: House, sign_in: SignIn) -> None:
    browser = sign_in(house.head)
    browser.post("/is/nobet/", shift_of(house))
    browser.post("/is/nobet/", shift_of(house, staff=house.representative.pk, order="2"))
    now = [shift.staff.given_name for shift in DutyShift.objects.at(NIGHT)]
    assert now == ["Mehmet", "Zeynep"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"ends_at": "2026-11-03T16:00"}, "Nöbet başladıktan sonra bitmeli"),
        ({"starts_at": "2026-11-02T17:00"}, "Geçmişe nöbet yazılamaz"),
        ({"starts_at": "2026-11-03T07:00", "ends_at": "2026-11-03T09:00"}, "Bu nöbet bitmiş bile"),
        ({"ends_at": "2026-11-23T08:00"}, "en çok bir hafta"),
        ({"starts_at": "akşam"}, "24.11.2026 17.00 gibi yazın"),
        ({"staff": ""}, "Nöbetçiyi seçin"),
        ({"order": "0"}, "1 ile 9 arasında"),
    ],
)
def test_a_wrong_shift_is_refused_with_its_sentence_and_keeps_what_was_typed(
    changes: dict[str, str], sentence: str, house: House, sign_in: SignIn
) -> None:
    page = sign_in(house.head).post("/is/nobet/", shift_of(house, **changes))
    assert page.text.count(sentence) >= 2 and not DutyShift.objects.exists()
    typed = shift_of(house, **changes)
    assert all(f'value="{typed[name]}"' in page.text for name in ("starts_at", "ends_at", "order") if typed[name])


def test_the_same_shift_twice_is_refused_also_for_the_whole_house(house: House, sign_in: SignIn) -> None:
    browser = sign_in(house.manager)
    browser.post("/is/nobet/", shift_of(house, unit=""))
    assert "zaten yazılı" in browser.post("/is/nobet/", shift_of(house, unit="")).text
    assert DutyShift.objects.count() == 1


def test_a_head_writes_nobody_of_another_unit_and_nothing_for_the_whole_house(house: House, sign_in: SignIn) -> None:
    browser = sign_in(house.head)
    assert "listeden seçin" in browser.post("/is/nobet/", shift_of(house, staff=house.outsider.pk)).text
    assert "Birimi seçin" in browser.post("/is/nobet/", shift_of(house, unit="")).text
    assert "listeden seçin" in browser.post("/is/nobet/", shift_of(house, unit=house.zoning.pk)).text
    assert not DutyShift.objects.exists()


def test_a_head_sees_and_removes_only_the_shifts_of_her_unit(house: House, sign_in: SignIn) -> None:
    other = make(house, house.officer, NIGHT, house.transport)
    browser = sign_in(house.zoning_head)
    assert "Mehmet" not in browser.get("/is/nobet/").text
    assert browser.post(f"/is/nobet/{other.pk}/sil/").status_code == 404


def test_the_last_week_is_copied_in_one_step_and_only_once(house: House, sign_in: SignIn) -> None:
    make(house, house.officer, NIGHT - timedelta(days=7), house.transport)
    make(house, house.representative, NIGHT - timedelta(days=5), house.transport)
    make(house, house.outsider, NIGHT - timedelta(days=6), house.zoning)
    browser = sign_in(house.head)
    page = browser.post("/is/nobet/kopyala/", {"hafta": "2026-11-02"}, follow=True)
    assert "2 nöbet kopyalandı." in page.text
    assert "hepsi yazılı" in browser.post("/is/nobet/kopyala/", {"hafta": "2026-11-02"}, follow=True).text
    starts = DutyShift.objects.filter(unit=house.transport, starts_at__gte=TUESDAY).values_list("starts_at", flat=True)
    assert list(starts) == [NIGHT, NIGHT + timedelta(days=2)]


def test_a_shift_that_was_removed_can_be_put_back(house: House, sign_in: SignIn) -> None:
    shift = make(house, house.officer, NIGHT, house.transport, order=3)
    browser = sign_in(house.head)
    page = browser.post(f"/is/nobet/{shift.pk}/sil/", follow=True)
    assert not DutyShift.objects.exists()
    back = page.text.split('action="/is/nobet/geri-al/')[1].split('"')[0]
    assert browser.post(f"/is/nobet/geri-al/{back}").status_code == 302
    again = DutyShift.objects.get()
    assert (again.staff, again.unit, again.starts_at, again.order) == (house.officer, house.transport, NIGHT, 3)
    again.delete()
    assert sign_in(house.zoning_head).post(f"/is/nobet/geri-al/{back}").status_code == 404


def test_whoever_is_on_duty_reads_it_on_her_first_page(house: House, sign_in: SignIn) -> None:
    make(house, house.field_worker, TUESDAY - timedelta(hours=1))
    assert "şimdi nöbettesiniz" in sign_in(house.field_worker).get("/is/").text
    assert "Nöbetleriniz" not in sign_in(house.officer).get("/is/").text


@pytest.fixture
def alarm(house: House, clock: Any) -> Alarm:
    """An urgent case in the night that has called the officer on duty."""
    clock.move_to(NIGHT)
    make(house, house.officer, NIGHT - timedelta(hours=1), house.transport)
    house.assigned(priority=Priority.URGENT)
    read_events()
    ring()
    return Alarm.objects.get()


def test_who_is_called_sees_it_on_every_page_and_nobody_else_does(house: House, alarm: Alarm, sign_in: SignIn) -> None:
    for page in ("/is/", "/is/gelen/", "/is/izinler/", "/hesap/"):
        assert "Acil başvuru sizi bekliyor" in sign_in(house.officer).get(page).text, page
    for other in (house.outsider, house.representative, house.agent):
        assert "Acil başvuru sizi bekliyor" not in sign_in(other).get("/is/").text


def test_her_button_ends_the_calling_and_leads_to_the_case(house: House, alarm: Alarm, sign_in: SignIn) -> None:
    browser = sign_in(house.officer)
    page = browser.post(f"/is/nobet/cagri/{alarm.pk}/", follow=True)
    assert "başka kimse aranmayacak" in page.text and alarm.case.number in page.text
    assert "Nöbet çağrısı: Mehmet Deneme, nöbetçi" in page.text and "Görüldü, ilgileniliyor" in page.text
    assert "Acil başvuru sizi bekliyor" not in browser.get("/is/").text
    assert sign_in(house.outsider).post(f"/is/nobet/cagri/{alarm.pk}/").status_code == 404


def test_the_page_asks_again_and_hears_nothing_while_nothing_changes(
    house: House, alarm: Alarm, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    browser = sign_in(house.officer)
    first = browser.get("/is/nobet/cagri/")
    mark = first.text.split("?goren=")[1].split('"')[0]
    assert browser.get("/is/nobet/cagri/", headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert browser.get(f"/is/nobet/cagri/?goren={mark}").status_code == 204
    browser.post(f"/is/nobet/cagri/{alarm.pk}/")
    gone = browser.get(f"/is/nobet/cagri/?goren={mark}")
    assert gone.status_code == 200 and "Acil başvuru" not in gone.text
    mark = gone.text.split("?goren=")[1].split('"')[0]
    with django_assert_max_num_queries(4):  # session, reader, her roles, what rings
        assert browser.get(f"/is/nobet/cagri/?goren={mark}").status_code == 204


def test_the_desk_telephones_whoever_is_on_duty(house: House, alarm: Alarm, sign_in: SignIn) -> None:
    Staff.objects.filter(pk=house.officer.pk).update(phone="0532 111 22 33")
    browser = sign_in(house.agent)
    page = browser.get("/is/arama-listesi/").text
    assert "Mehmet Deneme" in page and "tel:+905321112233" in page
    browser.post(f"/is/nobet/cagri/{alarm.pk}/arama/", {"act": "reached"})
    alarm.refresh_from_db()
    assert (alarm.ending, alarm.ended_by) == (AlarmEnd.REACHED, house.agent)


def test_the_desk_may_have_the_next_one_called(house: House, alarm: Alarm, sign_in: SignIn) -> None:
    house.transport.representative = house.representative
    house.transport.save()
    sign_in(house.agent).post(f"/is/nobet/cagri/{alarm.pk}/arama/", {"act": "next"})
    ring()
    assert "Acil başvuru sizi bekliyor" in sign_in(house.representative).get("/is/").text


def test_that_nobody_was_reached_is_told_to_the_desk_and_to_the_manager_alone(
    house: House, clock: Any, sign_in: SignIn
) -> None:
    clock.move_to(NIGHT)
    house.assigned(priority=Priority.URGENT)
    read_events()
    ring(timezone.now())
    for staff in (house.agent, house.manager):
        assert "Kimseye ulaşılamadı" in sign_in(staff).get("/is/").text
    for staff in (house.outsider, house.officer):
        assert "Kimseye ulaşılamadı" not in sign_in(staff).get("/is/").text
