"""The administrator keeps the law's rows: corrects one, adds a dated one, and never has two at once for one day."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from mimer.cases.clocks import house_calendar
from mimer.municipality.models import (
    FeeTariff,
    Holiday,
    LegalGround,
    LegalPeriod,
    Municipality,
    OpeningHours,
    TableChange,
)
from mimer.municipality.statutes import load_law, period_on, tariff_on
from tests.cast import House

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
HERE = "/is/yonetim"


@pytest.fixture
def selin(client: Client, house: House) -> Client:
    """The administrator, signed in, with the shipped law."""
    load_law()
    client.force_login(house.administrator, backend=BACKEND)
    return client


def text(response: Any) -> str:
    return str(response.content.decode())


def period(**changes: Any) -> dict[str, Any]:
    fields = {
        "code": "PETITION_3071", "name_tr": "Dilekçe", "bound": "municipality", "period": 20, "unit": "calendar_days",
        "remedy_certainty": "unverified", "article": "3071 m. 7 (değişik)", "certainty": "published",
        "valid_from": "2027-01-01",
    }  # fmt: skip
    return {name: value for name, value in (fields | changes).items() if value is not None}


def test_a_corrected_row_counts_at_once_and_is_written_down(selin: Client) -> None:
    row = LegalPeriod.objects.get(code="PETITION_3071")
    assert period_on("PETITION_3071", date(2026, 1, 1)).period == 30  # type: ignore[union-attr]
    selin.post(f"{HERE}/sureler/{row.pk}/", period(valid_from=None, period=25))
    assert period_on("PETITION_3071", date(2026, 1, 1)).period == 25  # type: ignore[union-attr]
    assert ["period", "30", "25"] in TableChange.objects.get().details


def test_new_law_is_a_new_row_and_old_cases_keep_the_law_of_their_day(selin: Client) -> None:
    old = LegalPeriod.objects.get(code="PETITION_3071")
    refused = text(selin.post(f"{HERE}/sureler/yeni/", period()))
    assert "başka bir satır bu günlerde yürürlükte (…–…); önce onun son gününü yazın" in refused
    assert 'value="2027-01-01"' in refused  # nothing typed is lost
    selin.post(
        f"{HERE}/sureler/{old.pk}/", period(valid_from=None, valid_to="2026-12-31", period=30, article="3071 m. 7")
    )
    assert selin.post(f"{HERE}/sureler/yeni/", period()).status_code == 302
    assert [period_on("PETITION_3071", day).period for day in (date(2026, 12, 31), date(2027, 1, 1))] == [30, 20]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"valid_from": "2027-02-01", "valid_to": "2027-01-01"}, "Yürürlük sonu başından önce olamaz"),
        ({"extended_period": 10}, "Uzatılmış süre ilk süreden uzun olmalı"),
        ({"article": None}, "Dayanak (kanun ve madde) boş kalmış; yazın"),
        ({"code": "UYDURMA"}, "Süre için listeden bir seçenek seçin"),
    ],
)
def test_a_row_that_makes_no_sense_gets_its_sentence(selin: Client, changes: dict[str, Any], sentence: str) -> None:
    assert sentence in text(selin.post(f"{HERE}/sureler/yeni/", period(**changes)))


def test_two_tariffs_never_hold_on_one_day(selin: Client) -> None:
    tariff = {"free_pages": 10, "page": "12,50", "colour_page": "25", "article": "Tebliğ 2025", "certainty": "official"}
    clash = text(selin.post(f"{HERE}/tarifeler/yeni/", tariff | {"valid_from": "2024-06-01"}))
    assert "01.01.2024–31.12.2024" in clash
    assert selin.post(f"{HERE}/tarifeler/yeni/", tariff | {"valid_from": "2025-01-01"}).status_code == 302
    assert tariff_on(date(2026, 1, 1)).page == FeeTariff.objects.get(valid_from="2025-01-01").page  # type: ignore[union-attr]
    assert "12,50" in text(selin.get(f"{HERE}/tarifeler/"))


def test_a_ground_is_worded_anew_from_a_day_on_and_never_deleted(selin: Client) -> None:
    row = LegalGround.objects.get(code="trade_secret")
    assert selin.post(f"{HERE}/gerekceler/{row.pk}/sil/").status_code == 404
    again = {
        "kind": "foi_refusal",
        "code": "trade_secret",
        "name_tr": "Ticari sır",
        "article": "4982 m. 23",
        "certainty": "official",
    }
    assert "yürürlükte" in text(selin.post(f"{HERE}/gerekceler/yeni/", again))
    assert selin.post(f"{HERE}/gerekceler/yeni/", again | {"code": "new_ground"}).status_code == 302


def test_missing_rows_are_filled_up_and_edited_ones_stay(selin: Client) -> None:
    LegalPeriod.objects.filter(code="CIMER").delete()
    LegalPeriod.objects.filter(code="PETITION_3071").update(period=25)
    assert "1 mevzuat satırı eklendi." in text(selin.post(f"{HERE}/sureler/yenile/", follow=True))
    assert LegalPeriod.objects.get(code="PETITION_3071").period == 25
    assert "zaten yazılı" in text(selin.post(f"{HERE}/sureler/yenile/", follow=True))


def test_the_unsettled_choices_stand_on_the_page_of_the_municipality_and_count(selin: Client) -> None:
    page = text(selin.get(f"{HERE}/belediye/"))
    for words in ("Yasanın açık bıraktığı yerler", "Danıştay daireleri", "temkinli olan budur"):
        assert words in page
    eve = date(2026, 10, 28)
    assert house_calendar().is_working_day(eve)
    context = selin.get(f"{HERE}/belediye/").context["form"]
    data = {field.html_name: field.value() for field in context if field.value() not in (None, "", False)}
    data.pop("half_days_count"), data.pop("logo", None)
    assert selin.post(f"{HERE}/belediye/", data | {"duty_minutes": 5}).status_code == 302
    house = Municipality.objects.get()
    assert not house.half_days_count and house.leave_days_count and house.duty_minutes == 5
    assert not house_calendar().is_working_day(eve)


def test_leave_is_entered_once_for_a_span_of_days(selin: Client) -> None:
    leave = {"date": "2026-05-25", "until": "2026-05-26", "name_tr": "İdari izin", "kind": "administrative_leave"}
    assert selin.post(f"{HERE}/tatiller/yeni/", leave).status_code == 302
    rows = Holiday.objects.filter(kind="administrative_leave")
    assert [(row.date.day, row.name_tr, row.edited) for row in rows] == [
        (25, "İdari izin", True),
        (26, "İdari izin", True),
    ]
    assert TableChange.objects.filter(table="holiday").count() == 2
    assert house_calendar().open_spans(date(2026, 5, 25), None) == []
    twice = leave | {"date": "2026-05-24", "until": "2026-05-27"}
    assert "25 Mayıs 2026 Pazartesi aynı türle zaten yazılı" in text(selin.post(f"{HERE}/tatiller/yeni/", twice))
    assert "Son gün ilk günden önce olamaz" in text(
        selin.post(f"{HERE}/tatiller/yeni/", leave | {"until": "2026-05-01"})
    )
    assert "En çok 60 gün" in text(
        selin.post(f"{HERE}/tatiller/yeni/", leave | {"date": "2026-06-01", "until": "2026-12-01"})
    )
    assert Holiday.objects.filter(kind="administrative_leave").count() == 2


def test_a_unit_has_hours_of_its_own_with_several_spans_a_day(selin: Client, house: House) -> None:
    path = f"{HERE}/saatler/yeni/"
    for opens, closes in (("07:00", "11:00"), ("12:00", "16:00")):
        row = {"unit": house.transport.pk, "weekday": 5, "opens": opens, "closes": closes}
        assert selin.post(path, row).status_code == 302
    clash = {"unit": house.transport.pk, "weekday": 5, "opens": "10:00", "closes": "13:00"}
    assert "ile çakışıyor; birini değiştirin" in text(selin.post(path, clash))
    saturday = date(2026, 11, 28)
    assert len(house_calendar(house.transport.pk).open_spans(saturday, None)) == 2
    assert house_calendar(house.zoning.pk).open_spans(saturday, None) == []
    assert OpeningHours.objects.filter(unit=house.transport).count() == 2


def test_nobody_else_keeps_the_law(client: Client, house: House) -> None:
    client.force_login(house.manager, backend=BACKEND)
    for code in ("sureler", "gerekceler", "tarifeler"):
        assert client.get(f"{HERE}/{code}/").status_code == 403
