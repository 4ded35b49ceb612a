"""`bin/mimer deadline`: the date, its account, and a sentence for what cannot be counted."""

import csv
import json
import re
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import OperationalError

from mimer.cases.manual import with_fresh_tables
from mimer.doorway import PROJECT
from mimer.municipality.models import Holiday, LegalPeriod, OpeningHours
from mimer.municipality.statutes import load_law
from tests.cast import House

VECTORS = Path(__file__).parent.parent / "law" / "deadline_vectors.csv"


def ask(*words: str) -> str:
    out = StringIO()
    call_command("deadline", *words, stdout=out)
    return out.getvalue()


def as_json(*words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(ask(*words, "--json"))
    return found


def refused(*words: str) -> str:
    err = StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("deadline", *words, stderr=err)
    assert end.value.code == 2
    return err.getvalue().strip()


@pytest.mark.django_db
@pytest.mark.parametrize("row", list(csv.DictReader(VECTORS.open(encoding="utf-8"))), ids=lambda row: row["received"])
def test_every_known_date_comes_out_of_the_command_without_any_data(row: dict[str, str]) -> None:
    foi, petition = as_json("FOI_4982", row["received"]), as_json("PETITION_3071", row["received"])
    assert foi["due"] == row["foi_4982_15_working_days"]
    assert foi["extended_due"] == row["foi_4982_30_working_days"]
    assert petition["due"] == row["petition_3071_30_calendar_days_raw"]
    assert petition["act_by"] == row["petition_last_working_day_on_or_before"]
    assert petition["extended_due"] is None


@pytest.mark.django_db
def test_the_json_has_exactly_its_four_keys_and_steps_of_four() -> None:
    found = as_json("FOI_4982", "2026-10-27")
    assert list(found) == ["due", "extended_due", "act_by", "steps"]
    assert found["steps"][:3] == [
        {"day": "2026-10-27", "what": "received", "why": "", "count": None},
        {"day": "2026-10-28", "what": "half_day", "why": "Cumhuriyet Bayramı arifesi", "count": 1},
        {"day": "2026-10-29", "what": "holiday", "why": "Cumhuriyet Bayramı", "count": None},
    ]


@pytest.mark.django_db
def test_the_account_is_told_line_by_line() -> None:
    told = ask("PETITION_3071", "2024-04-01", "--explain")
    for words in (
        "30 gün, 3071 m. 7", "1 Mayıs 2024 Çarşamba", "30 Nisan 2024 Salı", "2 Nisan – 1 Mayıs 2024",
        "Emek ve Dayanışma Günü, resmî tatil", "En geç bu gün cevap verin",
    ):  # fmt: skip
        assert words in told
    assert "2–6 Kasım 2026" in ask("FOI_4982", "2026-10-27", "--explain")
    assert "5 iş günü (3–7)" in ask("FOI_4982", "2026-10-27", "--explain")


@pytest.mark.django_db
def test_an_information_request_by_cimer_counts_as_one() -> None:
    assert as_json("CIMER", "2026-10-27", "--kind", "foi") == as_json("FOI_4982", "2026-10-27")
    assert as_json("CIMER", "2026-10-27", "--kind", "complaint")["due"] == "2026-11-26"


@pytest.mark.django_db
def test_a_breach_runs_by_the_clock_on_the_wall() -> None:
    found = as_json("DATA_BREACH_6698", "2026-10-28", "--at", "23:00")
    assert found["due"] == "2026-10-31T23:00:00+03:00"
    assert found["act_by"] == "2026-10-30"


def test_a_service_target_counts_by_the_hours_of_its_subject(house: House) -> None:
    for hours in ((8, 12), (13, 17)):
        OpeningHours.objects.create(
            unit=house.transport, weekday=0, opens=f"{hours[0]:02}:00", closes=f"{hours[1]:02}:00"
        )
    found = as_json("SERVICE", "2026-01-12", "--subject", "uls-01", "--at", "08:00")
    # 40 hours in a unit that is open on Mondays only: five Mondays of eight hours.
    assert found["due"] == "2026-02-09T17:00:00+03:00"
    assert as_json("SERVICE", "2026-01-12", "--subject", "IMR-01")["due"] == "2026-01-16T13:00:00+03:00"


def test_the_rows_and_holidays_of_the_house_are_used(house: House) -> None:
    load_law()
    LegalPeriod.objects.filter(code="PETITION_3071").update(period=20)
    Holiday.objects.create(date=date(2026, 1, 30), name_tr="Kar tatili", kind="public", edited=True)
    found = as_json("PETITION_3071", "2026-01-10")
    assert (found["due"], found["act_by"]) == ("2026-01-30", "2026-01-29")
    assert "Kar tatili" in ask("PETITION_3071", "2026-01-10", "--explain")


@pytest.mark.django_db
def test_without_tables_the_shipped_law_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_table() -> None:
        raise OperationalError("no such table")

    monkeypatch.setattr("mimer.cases.deadline.periods", no_table)
    assert as_json("FOI_4982", "2026-10-27")["due"] == "2026-11-18"


@pytest.mark.django_db
def test_an_unverified_source_is_said_to_be_one() -> None:
    assert "doğrulanmadı" in ask("OMBUDSMAN_6328", "2026-05-15")
    assert "doğrulanmadı" not in ask("PETITION_3071", "2026-05-15")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["NOPE", "2026-01-01"], "“NOPE” adında bir süre yok"),
        (["PETITION_3071", "2026-02-30"], "“2026-02-30” bir gün değil"),
        (["PETITION_3071", "01.02.2026"], "“01.02.2026” bir gün değil"),
        (["PETITION_3071"], "Süreyi ve geliş gününü verin"),
        (["SERVICE", "2026-01-01"], "konunun kodunu verin"),
        (["SERVICE", "2026-01-01", "--subject", "YOK"], "“YOK” kodlu bir konu yok"),
        (["DATA_BREACH_6698", "2026-01-01", "--at", "25:00"], "“25:00” bir saat değil"),
        (["CIMER", "2026-01-01", "--kind", "rica"], "“rica” adında bir başvuru türü yok"),
        (["PETITION_3071", "1999-01-01"], "yılları için yazılı"),
        (["FOI_4982", "2999-01-01"], "yılları için yazılı"),
        (["ADMIN_WAIT_2577", "2020-01-01"], "1 Ocak 2020 Çarşamba günü yürürlükte değildi"),
    ],
)
def test_bad_input_gets_one_sentence(words: list[str], sentence: str) -> None:
    said = refused(*words)
    assert sentence in said and "\n" not in said


def test_the_tables_of_the_manual_are_fresh() -> None:
    text = (PROJECT / "docs" / "sureler.md").read_text(encoding="utf-8")
    assert len(re.findall(r"<!-- tablo: \w+ -->", text)) == 4
    assert with_fresh_tables(text) == text, "bin/mimer deadline --manual writes them anew"
