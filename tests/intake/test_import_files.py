"""What an import reads: encodings found out with evidence, packed and broken files, NDJSON, XLSX, and mappings that say no."""

import gzip
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from mimer.cases.models import Case
from mimer.cases.states import State
from mimer.intake.importing.encoding import contradiction, weigh
from mimer.intake.importing.mapping import BadMapping, available, load_mapping
from mimer.intake.importing.tables import Unreadable, open_table
from mimer.intake.models import Rejection
from mimer.municipality.seed import load_bare
from tests.intake.test_import import COLUMNS, MAPPING, bring, counts, line, write
from tests.shared_data import SHARED, needs_shared

REAL = SHARED / "311"


@pytest.fixture
def mapping(tmp_path: Path, db: None) -> str:
    load_bare("Örnek Belediyesi")
    file = tmp_path / "eski.toml"
    file.write_text(MAPPING, encoding="utf-8")
    return str(file)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1254", "utf-16"])
def test_the_encoding_is_found_out(tmp_path: Path, mapping: str, encoding: str) -> None:
    bring(write(tmp_path / "a.csv", [line(1, metin="Işığı sönük köşe, İğdeli şöför")], encoding), mapping)
    assert "Işığı sönük köşe, İğdeli şöför" in Case.objects.get().text


def test_western_letters_without_turkish_ones_are_latin(tmp_path: Path) -> None:
    evidence = weigh([b"caf\xe9 M\xfcller\nna\xefve\n"])
    assert evidence.encoding == "latin-1" and evidence.first_line_not_utf8 == 1


def test_turkish_bytes_are_the_evidence_for_windows_1254() -> None:
    evidence = weigh(["başlık\nışık ağaç\n".encode("cp1254")])
    assert evidence.encoding == "cp1254" and evidence.turkish >= 4
    assert "Windows-1254" in evidence.sentence() and "Türkçe harf" in evidence.sentence()


def test_a_letter_cut_between_two_blocks_is_still_utf8() -> None:
    content = "ağaç".encode()
    assert weigh([content[:2], content[2:]]).encoding == "utf-8"
    assert not weigh([content[:2]]).is_utf8


@pytest.mark.parametrize(("chosen", "encoding"), [("utf-8", "cp1254"), ("latin-1", "utf-8"), ("klingon", "utf-8")])
def test_a_wrong_encoding_is_said_instead_of_spoiling_letters(
    tmp_path: Path, mapping: str, chosen: str, encoding: str
) -> None:
    file = write(tmp_path / "a.csv", [line(1)], encoding)
    with pytest.raises(CommandError, match=r"UTF-8|klingon") as caught:
        bring(file, mapping, "--encoding", chosen)
    assert caught.value.returncode == 1 and not Case.objects.exists()


def test_a_byte_the_chosen_encoding_does_not_have_is_named(tmp_path: Path, mapping: str) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(write(file, [line(1)], "cp1254").read_bytes() + b"\x81")
    with pytest.raises(CommandError, match="0x81"):
        bring(file, mapping, "--encoding", "cp1254")


def test_the_right_encoding_is_no_contradiction() -> None:
    evidence = weigh(["ışık".encode("cp1254")])
    assert contradiction("cp1254", evidence) == "" and "--encoding cp1254" in contradiction("utf-8", evidence)


@pytest.mark.parametrize("content", [b"", gzip.compress(b"no,acilis\n" * 9999)[:-40], b"PK\x03\x04 no zip"])
def test_an_empty_or_broken_file_is_said_plainly(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "a.csv.gz"
    file.write_bytes(content)
    with pytest.raises(Unreadable):
        open_table(file)


def test_a_file_that_is_not_there_is_said_plainly(tmp_path: Path, mapping: str) -> None:
    with pytest.raises(CommandError, match="açılamadı") as caught:
        bring(tmp_path / "none.csv", mapping)
    assert caught.value.returncode == 1


def test_a_decompression_bomb_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "bomb.csv.gz"
    with gzip.open(file, "wb", compresslevel=1) as out:
        for _block in range(130):
            out.write(bytes(1 << 20))
    with pytest.raises(Unreadable, match="güvenlik"):
        open_table(file)


def test_an_unclosed_quote_stops_with_the_row_and_keeps_what_came_before(tmp_path: Path, mapping: str) -> None:
    file = write(tmp_path / "a.csv", [line(1)])
    with file.open("a", encoding="utf-8") as out:
        out.write('2,"kapanmayan ' + "uzun metin " * 20_000)
    with pytest.raises(CommandError, match="kapanmamış tırnak"):
        bring(file, mapping)


def test_ndjson_nested_without_end_is_a_rejected_row(tmp_path: Path, mapping: str) -> None:
    deep = tmp_path / "derin.ndjson"
    good = json.dumps(dict(zip(COLUMNS, line(1), strict=True)))
    deep.write_text(f'{good}\n{{"no": {"[" * 200_000}{"]" * 200_000}}}\n', encoding="utf-8")
    bring(deep, mapping)
    rejected = Rejection.objects.get()
    assert (rejected.row, rejected.reason) == (2, "Satır bir JSON nesnesi değil.")
    assert Case.objects.count() == 1


def test_ndjson_is_read_and_a_broken_line_rejected(tmp_path: Path, mapping: str) -> None:
    file = tmp_path / "a.ndjson"
    records = [json.dumps(dict(zip(COLUMNS, line(n), strict=True)), ensure_ascii=False) for n in (1, 2)]
    file.write_text("\n".join([records[0], "{kırık", "[1]", records[1]]), encoding="utf-8")
    report = bring(file, mapping)
    assert counts(report) == (4, 2, 0, 2) and [row["row"] for row in report["rejected"]] == [2, 3]


def test_ndjson_may_bring_a_column_at_its_very_end(tmp_path: Path, mapping: str) -> None:
    file, late = tmp_path / "a.ndjson", {"kapanis", "durum"}
    records = [dict(zip(COLUMNS, line(n), strict=True)) for n in range(1, 152)]
    early = [{name: cell for name, cell in record.items() if name not in late} for record in records[:-1]]
    file.write_text("\n".join(map(json.dumps, [*early, records[-1]])), encoding="utf-8")
    assert counts(bring(file, mapping)) == (151, 151, 0, 0)
    assert Case.objects.get(source_id="eski-151").state == State.CLOSED


def test_a_sheet_is_read_with_its_dates_and_numbers(tmp_path: Path, mapping: str) -> None:
    from datetime import datetime

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(COLUMNS)
    sheet.append([17.0, datetime(2024, 3, 1, 9, 30), datetime(2024, 3, 5, 17), *line(17)[3:7], 38.72, 35.5, None])  # noqa: DTZ001
    book.save(tmp_path / "a.xlsx")
    assert counts(bring(tmp_path / "a.xlsx", mapping)) == (1, 1, 0, 0)
    case = Case.objects.get()
    assert (case.source_id, case.lat) == ("eski-17", 38.72)
    assert case.received_at.isoformat() == "2024-03-01T06:30:00+00:00"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("[fields]", "[felder]"), "felder"),
        (('text = ["{konu}", "{metin}"]', ""), "text"),
        (("Europe/Istanbul", "Mars/Olympus"), "Mars/Olympus"),
        (('= "closed"', '= "fertig"'), "fertig"),
        (('= "assigned"', '= "in_approval"'), "in_approval"),
        (('= "assigned"', '= "waiting_applicant"'), "waiting_applicant"),
        (('make = ["units"', 'make = ["houses"'), "houses"),
        (("[otherwise]\noutcome", "[otherwise]\nchannel = 'pigeon'\noutcome"), "pigeon"),
        (("title =", "title"), "okunamadı"),
    ],
)
def test_a_wrong_mapping_is_said_before_anything_is_read(
    tmp_path: Path, change: tuple[str, str], sentence: str
) -> None:
    file = tmp_path / "m.toml"
    file.write_text(MAPPING.replace(*change), encoding="utf-8")
    with pytest.raises(BadMapping, match=sentence):
        load_mapping(str(file))


def test_an_unknown_mapping_is_answered_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="boston_311_2015") as caught:
        call_command("import", "x.csv", "--mapping", "nothing")
    assert caught.value.returncode == 2


def test_every_committed_mapping_can_be_loaded() -> None:
    assert {"boston_311_2015", "boston_open311", "la311", "nyc_311", "nyc_council", "publicstuff"} <= set(available())
    for name in available():
        assert load_mapping(name).title


def head(source: Path, target: Path, lines: int) -> Path:
    with (
        gzip.open(source, "rt", encoding="utf-8", newline="") as file,
        target.open("w", encoding="utf-8", newline="") as out,
    ):
        for _number, text in zip(range(lines), file, strict=False):
            out.write(text)
    return target


@needs_shared("311")
@pytest.mark.parametrize(
    ("name", "file", "rejected"),
    [
        ("boston_311_2015", "boston_311_2015.csv.gz", 0),
        ("nyc_council", "nyc_council_constituent_cases.csv.gz", 0),
        ("boston_open311", "boston_open311_201602_201706.ndjson.gz", None),
        ("nyc_311", "nyc_311_20240527_1000rows.csv.gz", 0),
        ("la311", "la311_2017_subset_oldschema.csv.gz", None),
        ("la311", "la311_2020_shortdates.csv.gz", None),
    ],
)
def test_the_first_rows_of_real_files_are_all_accounted_for(
    tmp_path: Path, mapping: str, name: str, file: str, rejected: int | None
) -> None:
    report = bring(head(REAL / file, tmp_path / file.removesuffix(".gz"), 2001), name)
    assert report["read"] in (1000, 2000, 2001) and report["taken"] > 0.98 * report["read"]
    assert rejected is None or len(report["rejected"]) == rejected
    assert Case.objects.count() == report["taken"]


@needs_shared("311")
def test_the_twin_of_a_csv_as_xlsx_holds_the_same(mapping: str, tmp_path: Path) -> None:
    def read(file: str) -> StringIO:
        out = StringIO()
        call_command("import", str(REAL / file), "--mapping", "publicstuff", stdout=out, stderr=StringIO())
        return out

    assert "alınan 46, değişmemiş 45, alınmayan 0" in read("publicstuff_hoboken_91.csv").getvalue()
    assert "alınan 0, değişmemiş 91, alınmayan 0" in read("publicstuff_hoboken_91.xlsx").getvalue()
