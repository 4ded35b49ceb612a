"""Importing history: every row is taken, unchanged or rejected with a reason; a cut loses nothing and repeats nothing."""

import csv
import gzip
import json
from collections.abc import Iterable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from mimer.cases.integrity import find_faults
from mimer.cases.models import Case, Event
from mimer.cases.search import search_cases
from mimer.intake.importing import importer
from mimer.intake.importing.mapping import load_mapping
from mimer.intake.importing.tables import open_table
from mimer.intake.models import ImportRun
from mimer.municipality.models import Municipality, Subject, Unit
from mimer.municipality.seed import load_bare

pytestmark = pytest.mark.django_db
COLUMNS = ["no", "acilis", "kapanis", "durum", "konu", "birim", "metin", "enlem", "boylam", "adres"]
MAPPING = """
title = "Eski sistem"
time_zone = "Europe/Istanbul"
prefix = "eski-"
dates = ["%d.%m.%Y %H:%M", "%d.%m.%Y"]
empty = ["yok", "boş", "Bilinmiyor"]
make = ["units", "subjects"]

[fields]
source_id = "no"
received_at = "acilis"
resolved_at = "kapanis"
state = "durum"
subject = "konu"
unit = "birim"
text = ["{konu}", "{metin}"]
lat = "enlem"
lon = "boylam"
address = "adres"

[join]
text = ": "

[values.state]
"Kapalı" = "closed"
"Açık" = "assigned"

[otherwise]
outcome = "positive"

[place]
fake_points = [[38.0, 35.0]]
"""


@pytest.fixture(autouse=True)
def _bare_house() -> None:
    load_bare("Örnek Belediyesi")
    Municipality.objects.update(south=38.5, north=39.0, west=35.2, east=36.0)


@pytest.fixture
def mapping(tmp_path: Path) -> str:
    file = tmp_path / "eski.toml"
    file.write_text(MAPPING, encoding="utf-8")
    return str(file)


def line(number: object, **changes: str) -> list[str]:
    cells = {
        "no": str(number), "acilis": "01.03.2024 09:30", "kapanis": "05.03.2024 17:00", "durum": "Kapalı",
        "konu": "Çukur", "birim": "Fen İşleri", "metin": f"Kaldırımda ığdır çukuru {number}", "enlem": "38,72",
        "boylam": "35,50", "adres": "Çay Sokak 5",
    } | changes  # fmt: skip
    return list(cells.values())


def write(file: Path, rows: Iterable[list[str]], encoding: str = "utf-8", delimiter: str = ",") -> Path:
    out = StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    content = out.getvalue().encode(encoding)
    file.write_bytes(gzip.compress(content) if file.suffix == ".gz" else content)
    return file


def bring(file: Path, mapping: str, *arguments: str) -> dict[str, Any]:
    report = file.with_suffix(".report.json")
    call_command(
        "import",
        str(file),
        "--mapping",
        mapping,
        "--report",
        str(report),
        *arguments,
        stdout=StringIO(),
        stderr=StringIO(),
    )
    told: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    assert told["read"] == told["taken"] + told["unchanged"] + len(told["rejected"])
    return told


def counts(report: dict[str, Any]) -> tuple[int, int, int, int]:
    return report["read"], report["taken"], report["unchanged"], len(report["rejected"])


def test_rows_become_cases_with_their_moments_place_unit_and_words(tmp_path: Path, mapping: str) -> None:
    report = bring(write(tmp_path / "a.csv", [line(1), line(2, durum="Açık", kapanis="")]), mapping)

    assert counts(report) == (2, 2, 0, 0)
    closed, open_case = Case.objects.order_by("pk")
    assert (closed.state, closed.outcome, closed.source_id) == ("closed", "positive", "eski-1")
    assert closed.received_at.isoformat() == "2024-03-01T06:30:00+00:00"  # Istanbul is three hours ahead
    assert closed.closed_at is not None and closed.closed_at.isoformat() == "2024-03-05T14:00:00+00:00"
    assert (closed.lat, closed.lon, closed.address) == (38.72, 35.5, "Çay Sokak 5")
    assert (closed.unit.name_tr, closed.subject.name_tr) == ("Fen İşleri", "Çukur")  # type: ignore[union-attr]
    assert (open_case.state, open_case.outcome, open_case.resolved_at) == ("assigned", "", None)
    assert search_cases(Case.objects.all(), "IĞDIR çukurları") == [open_case, closed]
    assert list(find_faults()) == []


def test_a_second_and_a_third_run_find_everything_unchanged(tmp_path: Path, mapping: str) -> None:
    file = write(tmp_path / "a.csv.gz", [line(n) for n in range(5)])
    assert counts(bring(file, mapping)) == (5, 5, 0, 0)
    assert counts(bring(file, mapping)) == counts(bring(file, mapping)) == (5, 0, 5, 0)
    assert Case.objects.count() == Event.objects.count() == 5
    assert Unit.objects.count() == Subject.objects.count() == 2


BAD_ROWS = [
    ({"acilis": ""}, "Açılış tarihi boş"),
    ({"acilis": "31.02.2024"}, "“31.02.2024” bir tarih olarak okunamadı (acilis)"),
    ({"acilis": "01.03.2424"}, "Tarih gelecekte"),
    ({"kapanis": "29.02.2024 08:00"}, "Kapanış tarihi (29.02.2024 08:00) açılış tarihinden (01.03.2024 09:30) önce"),
    ({"kapanis": ""}, "kapanış tarihi boş"),
    ({"no": " "}, "Kayıt numarası boş"),
    ({"no": "9" * 200}, "Kayıt numarası çok uzun"),
    ({"konu": "", "metin": "yok"}, "Metin boş"),
    ({"konu": "BİLİNMİYOR", "metin": "BOŞ"}, "Metin boş"),
    ({"konu": "boş", "metin": "bilinmiyor"}, "Metin boş"),
    ({"durum": "Belirsiz"}, "“Belirsiz” değeri eşlemede yok (durum)"),
    ({"enlem": "kuzey"}, "Koordinat okunamadı"),
    ({"enlem": "", "boylam": "35.5"}, "Koordinat okunamadı"),
    ({"enlem": "41.0", "boylam": "29.0"}, "sınırların dışında"),
]


@pytest.mark.parametrize(("changes", "reason"), BAD_ROWS)
def test_a_bad_row_is_rejected_with_its_number_and_a_sentence(
    tmp_path: Path, mapping: str, changes: dict[str, str], reason: str
) -> None:
    report = bring(write(tmp_path / "a.csv", [line(1), line(2, **changes), line(3)]), mapping)
    assert counts(report) == (3, 2, 0, 1)
    assert report["rejected"][0]["row"] == 3  # as a spreadsheet counts: the header is row 1
    assert reason in report["rejected"][0]["reason"]


def test_outside_the_municipality_says_who_is_responsible_there(tmp_path: Path, mapping: str) -> None:
    from mimer.municipality.models import ExternalBody

    body = ExternalBody.objects.create(code="KBB", name_tr="Kayseri Büyükşehir Belediyesi")
    Municipality.objects.update(outside_body=body)
    report = bring(write(tmp_path / "a.csv", [line(1, enlem="41.0", boylam="29.0")]), mapping)
    assert "orada Kayseri Büyükşehir Belediyesi sorumlu" in report["rejected"][0]["reason"]


def test_a_made_up_default_point_is_no_place(tmp_path: Path, mapping: str) -> None:
    bring(write(tmp_path / "a.csv", [line(1, enlem="38.0", boylam="35.0"), line(2, enlem="0", boylam="0")]), mapping)
    assert not Case.objects.exclude(lat=None).exists()


def test_a_repeated_number_is_unchanged_when_it_says_the_same_and_rejected_when_not(
    tmp_path: Path, mapping: str
) -> None:
    rows = [line(1), line(1), line(1, metin="Başka bir şey")]
    report = bring(write(tmp_path / "a.csv", rows), mapping)
    assert counts(report) == (3, 1, 1, 1)
    assert "içeriği farklı" in report["rejected"][0]["reason"]


def test_a_record_that_changed_since_the_last_export_is_named_with_its_number(tmp_path: Path, mapping: str) -> None:
    bring(write(tmp_path / "a.csv", [line(1)]), mapping)
    report = bring(write(tmp_path / "b.csv", [line(1, metin="Değişti")]), mapping)
    assert counts(report) == (1, 0, 0, 1)
    assert Case.objects.get().number in report["rejected"][0]["reason"]
    assert "Değişti" not in Case.objects.get().text


def test_a_trial_says_the_same_and_writes_nothing(tmp_path: Path, mapping: str) -> None:
    rows = [line(1), line(1), line(1, metin="Başka"), line(2, acilis=""), line(3)]
    file = write(tmp_path / "a.csv", rows)
    trial = bring(file, mapping, "--dry-run")
    assert not Case.objects.exists() and not ImportRun.objects.exists() and Unit.objects.count() == 1
    real = bring(file, mapping)
    assert counts(trial) == counts(real)
    assert [row["row"] for row in trial["rejected"]] == [row["row"] for row in real["rejected"]] == [4, 5]


def test_after_a_cut_the_next_run_goes_on_where_it_stopped(
    tmp_path: Path, mapping: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importer, "BATCH", 10)
    rows = [line(n, acilis="" if n % 7 == 0 else "01.03.2024 09:30") for n in range(1, 58)]
    file = write(tmp_path / "a.csv", rows)
    told: list[int] = []

    def cut(progress: importer.Progress) -> None:
        told.append(progress.read)
        if len(told) == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        importer.bring_in(open_table(file), load_mapping(mapping), cut)
    assert ImportRun.objects.get().rows_done == 31 and Case.objects.count() == 26

    report = bring(file, mapping)
    assert counts(report) == (57, 49, 0, 8)
    assert Case.objects.count() == 49 and ImportRun.objects.get().finished_at is not None
    assert list(find_faults()) == []


def test_a_batch_that_breaks_leaves_nothing_behind(
    tmp_path: Path, mapping: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importer, "BATCH", 10)
    file = write(tmp_path / "a.csv", [line(n) for n in range(25)])
    real, calls = importer.adopt_many, []

    def breaks(histories: Any) -> Any:
        adopted = real(histories)
        calls.append(len(histories))
        if len(calls) == 2:
            raise OSError("disk full")
        return adopted

    monkeypatch.setattr(importer, "adopt_many", breaks)
    with pytest.raises(OSError, match="disk full"):
        importer.bring_in(open_table(file), load_mapping(mapping))
    assert Case.objects.count() == 10 and ImportRun.objects.get().taken == 10
    monkeypatch.undo()
    assert counts(bring(file, mapping)) == (25, 25, 0, 0)


def test_columns_of_another_file_are_named_missing_and_present(tmp_path: Path, mapping: str) -> None:
    file = tmp_path / "a.csv"
    file.write_text("id;tarih\n1;2\n", encoding="utf-8")
    with pytest.raises(CommandError, match=r"no, acilis, kapanis, durum.*id, tarih") as caught:
        bring(file, mapping)
    assert caught.value.returncode == 1


def test_semicolons_and_other_orders_of_columns_are_understood(tmp_path: Path, mapping: str) -> None:
    assert counts(bring(write(tmp_path / "a.csv", [line(1)], delimiter=";"), mapping)) == (1, 1, 0, 0)


def test_a_row_of_another_width_is_rejected(tmp_path: Path, mapping: str) -> None:
    report = bring(write(tmp_path / "a.csv", [line(1), line(2)[:4]]), mapping)
    assert report["rejected"] == [{"row": 3, "reason": "Bu satırda 4 hücre var, başlıkta 10 sütun."}]


def test_a_long_address_is_kept_whole_with_the_words(tmp_path: Path, mapping: str) -> None:
    address = "Uzun Sokak " * 60
    bring(write(tmp_path / "a.csv", [line(1, adres=address)]), mapping)
    case = Case.objects.get()
    assert len(case.address) == 400 and address.strip() in case.text


def test_signs_no_database_takes_are_dropped(tmp_path: Path, mapping: str) -> None:
    assert counts(bring(write(tmp_path / "a.csv", [line(1, metin="kı\x00rık")]), mapping)) == (1, 1, 0, 0)
    assert "kırık" in Case.objects.get().text


def test_without_a_municipality_nothing_is_imported(tmp_path: Path, mapping: str) -> None:
    Municipality.objects.all().delete()
    with pytest.raises(CommandError, match="seed --empty") as caught:
        bring(write(tmp_path / "a.csv", [line(1)]), mapping)
    assert caught.value.returncode == 2


def test_units_are_not_made_unless_the_mapping_says_so(tmp_path: Path) -> None:
    file = tmp_path / "m.toml"
    file.write_text(MAPPING.replace('make = ["units", "subjects"]', 'make = ["subjects"]'), encoding="utf-8")
    report = bring(write(tmp_path / "a.csv", [line(1)]), str(file))
    assert report["rejected"][0]["reason"] == "“Fen İşleri” adında bir birim yok."
