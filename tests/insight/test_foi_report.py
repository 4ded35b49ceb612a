"""The yearly report on information requests: every row, their sum, their cases, and the files that are sent."""

import zipfile
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mimer.cases import actions
from mimer.cases.actions import Draft
from mimer.cases.models import Case
from mimer.insight.information_requests import ROWS, in_row, report_of
from mimer.insight.reminders import remind_of_report
from mimer.municipality.kinds import CaseType
from mimer.municipality.statutes import load_law
from mimer.notify.models import Message
from tests.cast import House

pytestmark = pytest.mark.django_db

MARCH = datetime(2025, 3, 3, 9, tzinfo=UTC)
LAST_MOMENT = datetime(2024, 12, 31, 20, 59, tzinfo=UTC)  # 23.59 in Türkiye
FIRST_MOMENT = datetime(2024, 12, 31, 21, tzinfo=UTC)  # midnight: already 2025


def ask(house: House, at: datetime = MARCH) -> Case:
    with time_machine.travel(at, tick=False):
        return actions.accept(house.assigned(type=CaseType.FOI), by=house.officer)


def answer(house: House, outcome: str, **more: Any) -> Case:
    case = ask(house)
    with time_machine.travel(MARCH + timedelta(days=3), tick=False):
        return actions.resolve(case, Draft(outcome, "Cevap", "Gerekçe", **more), by=house.officer)


@pytest.fixture
def year(house: House) -> dict[str, Case]:
    """One request for each row of 2025, and others that are no business of it."""
    load_law()
    secret = {"grounds": ["trade_secret"]}
    cases = {
        "positive": answer(house, "informed"),
        "partial": answer(house, "partial", **secret),
        "refused": answer(house, "negative", **secret),
        "parts_removed": answer(house, "partial", parts_removed=True, **secret),
        "open": ask(house, FIRST_MOMENT),
    }
    later = MARCH + timedelta(days=40)
    cases["forwarded"], cases["withdrawn"], cases["other"] = ask(house), ask(house), ask(house)
    with time_machine.travel(MARCH, tick=False):
        actions.refer(cases["forwarded"], house.waterworks, "İlettik", by=house.officer)
        actions.fee_notice(cases["withdrawn"], "Vezneye", 30, amount=Decimal(40), by=house.officer)
        actions.not_examine(cases["other"], "no_subject", "Belirsiz", by=house.officer)
        actions.invalidate(ask(house), "Deneme", by=house.agent)
        house.assigned()  # no request for information
    with time_machine.travel(later, tick=False):
        actions.fee_unpaid(cases["withdrawn"])
        actions.record_appeal(cases["refused"], "court", later.date(), by=house.agent)
        actions.record_appeal(cases["partial"], "board", later.date(), by=house.agent)
        actions.record_appeal(cases["positive"], "court", later.date(), by=house.agent)  # nothing was refused
    ask(house, LAST_MOMENT)
    cases["court"], cases["board"] = cases["refused"], cases["partial"]
    return cases


def test_each_row_counts_the_requests_it_says(year: dict[str, Case]) -> None:
    report = report_of(2025)
    assert report.counts == {row.code: 1 for row in ROWS}
    assert report.total == 8


def test_the_rows_add_up_to_the_total_and_say_what_is_still_open(year: dict[str, Case]) -> None:
    report = report_of(2025)
    assert report.shares == report.total
    assert report.counts["open"] == 1


@pytest.mark.parametrize("code", [row.code for row in ROWS])
def test_each_number_leads_to_its_cases(year: dict[str, Case], house: House, client: Client, code: str) -> None:
    assert in_row(2025, code).get() == year[code]
    client.force_login(house.auditor)
    page = client.get(reverse("foi_report_row", args=[2025, code])).content.decode()
    others = {case.number for case in year.values()} - {year[code].number}
    assert year[code].number in page and not [number for number in others if number in page]


def test_the_last_answer_says_whether_parts_were_removed(house: House) -> None:
    load_law()
    case = answer(house, "partial", parts_removed=True, grounds=["trade_secret"])
    with time_machine.travel(MARCH + timedelta(days=4), tick=False):
        actions.not_solved(case, "Eksik", by=house.agent)
        actions.accept(case, by=house.officer)
        actions.resolve(case, Draft("partial", "Cevap", "Gerekçe", grounds=["trade_secret"]), by=house.officer)
    assert report_of(2025).counts["partial"] == 1 and report_of(2025).counts["parts_removed"] == 0


def test_a_sensitive_request_counts_but_is_not_shown_to_who_is_not_named(house: House, client: Client) -> None:
    with time_machine.travel(MARCH, tick=False):
        case = house.assigned(house.staff_complaint, type=CaseType.FOI)
    assert report_of(2025).total == 1
    client.force_login(house.auditor)
    page = client.get(reverse("foi_report_row", args=[2025, "total"])).content.decode()
    assert case.number not in page and "gizli bir konuda" in page


def test_the_command_writes_a_tagged_pdf_and_a_sheet(year: dict[str, Case], tmp_path: Path) -> None:
    call_command("foi-report", 2025, out=tmp_path / "rapor.pdf")
    call_command("foi-report", 2025, out=tmp_path / "rapor.xlsx")
    pdf = (tmp_path / "rapor.pdf").read_bytes()
    assert pdf.startswith(b"%PDF") and b"StructTreeRoot" in pdf
    with zipfile.ZipFile(tmp_path / "rapor.xlsx") as book:
        assert "Kısmen olumlu cevaplanıp kısmen reddedilen" in book.read("xl/worksheets/sheet1.xml").decode()


@pytest.mark.parametrize(("asked", "name"), [(1999, "r.pdf"), (2100, "r.pdf"), (2025, "r.docx"), (2025, "yok/r.pdf")])
def test_the_command_says_what_is_wrong(house: House, tmp_path: Path, asked: int, name: str) -> None:
    with pytest.raises(CommandError):
        call_command("foi-report", asked, out=tmp_path / name)


@pytest.mark.parametrize("asked", [1999, 2003, 9999, 10**12])
def test_a_year_that_has_no_report_has_no_page(house: House, client: Client, asked: int) -> None:
    client.force_login(house.manager)
    assert client.get(f"/is/raporlar/bilgi-edinme/{asked}/").status_code == 404


def test_units_and_the_administrator_have_no_such_page(house: House, client: Client) -> None:
    for name in ("officer", "outsider", "administrator", "agent"):
        client.force_login(house.staff[name])
        assert client.get(reverse("foi_report", args=[timezone.localdate().year])).status_code == 403


def test_the_yearly_report_is_called_to_mind_in_february_once(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mimer.notify.managers.mail_ready", lambda: None)
    days = [
        datetime(2027, 1, 31, 9, tzinfo=UTC),
        datetime(2027, 2, 1, 9, tzinfo=UTC),
        datetime(2027, 2, 2, 9, tzinfo=UTC),
    ]
    assert [remind_of_report(day) for day in days] == [0, 1, 0]
    message = Message.objects.get(letter="foi_report")
    assert message.staff == house.manager and "/is/raporlar/bilgi-edinme/2026/" in message.body
