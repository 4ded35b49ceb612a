"""Every date on the case page opens into its own account; what changed since, and what silence means, is said."""

import re
from datetime import date, datetime, time, timedelta
from html import unescape
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mimer.cases import actions
from mimer.cases.accounts import lines_of, steps_of
from mimer.cases.actors import Citizen
from mimer.cases.legal import go_on, implied_refusal, stop_clock
from mimer.cases.models import Case, LegalClock
from mimer.cases.service_account import count_again
from mimer.municipality.models import Holiday, Staff
from mimer.turkish import long_date
from mimer.web.unit.case_dates import dates_of
from tests.cast import House

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def at(year: int, month: int, day: int, hour: int = 9) -> datetime:
    return timezone.make_aware(datetime.combine(date(year, month, day), time(hour)))


def days_ago(days: int) -> datetime:
    return timezone.now() - timedelta(days=days)


@pytest.fixture
def dates(client: Client) -> Any:
    """The part of the page with the dates, in one line of words."""

    def read(case: Case, by: Staff, language: str = "tr") -> str:
        client.force_login(by, backend=BACKEND)
        client.cookies["dil"] = language
        page = unescape(client.get(reverse("case", args=[case.number])).content.decode())
        heading = "Süreler ve sözler" if language == "tr" else "Times and promises"
        part = page[page.index(heading) :]
        return " ".join(re.sub(r"<[^>]+>", " ", part).split())

    return read


def test_a_petition_opens_into_the_count_of_its_thirty_days(house: House, dates: Any) -> None:
    case = house.assigned(channel="petition", received_at=at(2024, 4, 1))
    page = dates(case, house.officer)
    for words in (
        "Dilekçe (3071): en geç 30 Nisan 2024 Salı", "3071 m. 7: 30 gün", "2 Nisan – 1 Mayıs 2024",
        "Emek ve Dayanışma Günü, resmî tatil", "En geç bu gün cevap verin", "Yasal son gün 1 Mayıs 2024 Çarşamba.",
        "Son gün iş günü değil.", "Yasal süre geçti.",
    ):  # fmt: skip
        assert words in page


def test_the_target_tells_hours_weekends_and_where_a_question_stopped_it(house: House, dates: Any) -> None:
    case = house.assigned(received_at=at(2026, 3, 5))  # a Thursday; 40 hours, nine a day
    actions.ask_applicant(case, "Hangi taraf?", by=house.agent, at=at(2026, 3, 6, 10))
    actions.applicant_replies(case, "Sol", by=Citizen(), at=at(2026, 3, 10, 10))
    page = dates(case, house.officer)
    for words in (
        "Hedef: 13 Mart 2026 Cuma, 13.00", "Konunun hedefi: 40 mesai saati", "Süre başlar: saat 09.00",
        "Başvurana soruldu; süre durdu", "kalan 30 saat buradan sayılır", "Süre saat 13.00 itibarıyla dolar",
    ):  # fmt: skip
        assert words in page
    assert "bugünkü takvimle" not in page


@pytest.mark.parametrize("clock", ["business", "elapsed"])
def test_counting_again_gives_the_stored_date_whatever_happened(house: House, clock: str) -> None:
    house.pothole.clock = clock
    house.pothole.save()
    case = house.assigned(received_at=at(2026, 10, 26, 15))
    for day in (27, 30):
        actions.ask_applicant(case, "?", by=house.agent, at=at(2026, 10, day, 11))
        actions.applicant_replies(case, "!", by=Citizen(), at=at(2026, 10, day + 1, 18))
    again = count_again(case, case.events.order_by("seq"))
    assert again is not None
    assert again[0] == case.due_at
    actions.reclassify(case, house.water, reason="Boru patlamış", by=house.agent, at=at(2026, 11, 2))
    again = count_again(case, case.events.order_by("seq"))
    assert again is not None and again[0] == case.due_at


def test_a_calendar_that_changed_since_is_said_and_the_date_stands(house: House, dates: Any) -> None:
    case = house.assigned(received_at=at(2026, 3, 5))
    stored = case.due_at
    Holiday.objects.create(date=date(2026, 3, 6), name_tr="Kar tatili", kind="local")
    cache.clear()
    page = dates(case, house.officer)
    assert "bugünkü takvimle 12 Mart 2026 Perşembe, 13.00" in page and "Kayıttaki tarih geçerlidir." in page
    case.refresh_from_db()
    assert case.due_at == stored


def test_several_clocks_stand_beside_each_other_and_the_leading_one_is_marked(house: House, dates: Any) -> None:
    case = house.assigned(channel="cimer", type="foi", received_at=days_ago(2))
    page = dates(case, house.officer)
    assert page.count("Bu süre önde.") == 1
    assert page.index("Bilgi edinme (4982): en geç") < page.index("Bu süre önde.") < page.index("CİMER: en geç")


def test_an_extension_stands_in_the_account_on_its_day(house: House) -> None:
    case = actions.accept(house.assigned(type="foi", received_at=at(2026, 10, 27)), by=house.officer)
    actions.extend(case, "Başka birimden bilgi bekleniyor", by=house.head, at=at(2026, 11, 10))
    clock = case.legal_clocks.get()
    lines = [(line.when, line.words) for line in lines_of(steps_of(clock), clock.counted_in)]
    place = lines.index(("10 Kasım 2026 Salı", "Süre uzatıldı: toplam 30 iş günü"))
    assert lines[place - 1] == ("9–10 Kasım 2026", "2 iş günü (8–9)")
    assert lines[place + 1] == ("11–13 Kasım 2026", "3 iş günü (10–12)")
    assert lines[-1] == ("9 Aralık 2026 Çarşamba", "Son gün")


def test_a_fee_notice_stops_the_clock_and_payment_lets_it_run_on(house: House, dates: Any) -> None:
    case = house.assigned(type="foi", received_at=at(2026, 11, 2))
    stop_clock(case, "FOI_4982", date(2026, 11, 5))
    case.save()
    page = dates(case, house.officer)
    assert "Bilgi edinme (4982): süre durdu" in page and "gününden beri duruyor; ücret bekleniyor." in page
    go_on(case, "FOI_4982", date(2026, 11, 12))
    case.save()
    page = dates(case, house.officer)
    for words in ("Ücret bildirildi; süre kesildi", "Ücret ödendi; 12 iş günü buradan sayılır", "en geç 30 Kasım 2026"):
        assert words in page


def test_an_answer_meets_the_clock_and_other_law_ends_it(house: House, dates: Any) -> None:
    case = actions.accept(house.assigned(channel="petition", received_at=days_ago(3)), by=house.officer)
    actions.change_regime(case, ["DATA_SUBJECT_6698"], "Kişisel verisini soruyor", by=house.agent)
    assert "gününden beri uygulanmıyor." in dates(case, house.officer)
    actions.resolve(case, actions.Draft("informed", "Bilgi verildi"), by=house.officer)
    today = long_date(timezone.localdate())
    assert f"{today} günü verilen cevapla karşılandı." in dates(case, house.officer)


def test_silence_is_refusal_and_after_an_interim_answer_four_months_are_waited(house: House, dates: Any) -> None:
    case = actions.accept(house.assigned(channel="petition", received_at=days_ago(10)), by=house.officer)
    refused = implied_refusal(case)
    assert refused is not None
    page = dates(case, house.officer)
    assert f"Cevap verilmezse: {long_date(refused)}" in page
    assert "Bu tarihte cevap verilmemişse reddedilmiş sayılır (2577 m. 10)." in page
    actions.interim_answer(case, "Keşif yapılacak", by=house.head)
    page, later = dates(case, house.officer), implied_refusal(case)
    assert later is not None and later > refused
    assert f"Cevap verilmezse: {long_date(later)}" in page
    assert "en çok bu güne kadar bekler (2577 m. 10)" in page
    assert f"{long_date(timezone.localdate())} günü ara bilgiyle karşılandı; kesin cevap borç kaldı." in page


def test_a_call_has_no_clock_of_the_law(house: House, dates: Any) -> None:
    page = dates(house.assigned(channel="phone"), house.officer)
    assert "en geç" not in page and "Cevap verilmezse" not in page and "Hedef:" in page


def test_promises_stand_with_what_became_of_them(house: House, dates: Any) -> None:
    case = actions.accept(house.assigned(), by=house.officer)
    actions.plan(case, timezone.localdate() + timedelta(days=3), "", house.crew, by=house.officer)
    page = dates(case, house.officer)
    assert f"Söz: {long_date(timezone.localdate() + timedelta(days=3))}" in page
    assert "(Hedef süre): yeni tarih söylendi" in page and "(Programa alınan gün): bekliyor" in page


def test_the_dates_cost_two_queries_at_most_however_many_there_are(
    house: House, django_assert_max_num_queries: Any
) -> None:
    simple = Case.objects.select_related("subject").get(pk=house.assigned(channel="phone").pk)
    rich = house.assigned(channel="cimer", type="foi", received_at=days_ago(4))
    for n in range(3):
        actions.postpone(rich, timezone.localdate() + timedelta(days=5 + n), "Yağmur", by=house.officer)
    rich = Case.objects.select_related("subject").get(pk=rich.pk)
    events = {case.pk: list(case.events.all()) for case in (simple, rich)}
    dates_of(simple, events[simple.pk])
    for case in (simple, rich):
        with django_assert_max_num_queries(2):
            dates_of(case, events[case.pk])


def test_history_from_elsewhere_does_not_pretend_to_know(house: House) -> None:
    case = house.assigned()
    Case.objects.filter(pk=case.pk).update(clock_from=None)
    case.refresh_from_db()
    assert "nasıl sayıldığı bilinmiyor" in dates_of(case, [])[0].said


def test_english_readers_read_the_account_in_english(house: House, dates: Any) -> None:
    case = house.assigned(channel="petition", received_at=at(2024, 4, 1))
    page = dates(case, house.officer, "en")
    for words in ("Tuesday 30 April 2024", "2 April – 1 May 2024", "Solidarity Day"):
        assert words in page
    assert "En geç bu gün" not in page


def test_clocks_of_another_unit_are_not_shown_to_an_outsider(house: House, client: Client) -> None:
    case = house.assigned(channel="petition")
    client.force_login(house.outsider, backend=BACKEND)
    assert client.get(reverse("case", args=[case.number])).status_code == 404
    assert LegalClock.objects.filter(case=case).exists()
