"""QR codes that stand under a strict content policy, and spreadsheets that keep text as text."""

from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image

from mimer.paper import Column, qr_png, qr_svg, write_xlsx

LINK = "https://mimer.example/takip?no=2026-000123&kod=K7RT"


def test_a_qr_code_carries_no_style_and_no_script() -> None:
    drawn = qr_svg(LINK, label='Takip "sayfası" & kodu')
    root = ElementTree.fromstring(drawn)
    names = {attribute for element in root.iter() for attribute in element.attrib}
    assert "style" not in names
    assert not any(name.startswith("on") for name in names)
    assert root.get("role") == "img"
    assert root.get("aria-label") == 'Takip "sayfası" & kodu'
    assert root.get("viewBox")


def test_a_qr_code_without_a_label_is_passed_over_by_screen_readers() -> None:
    assert ElementTree.fromstring(qr_svg(LINK)).get("aria-hidden") == "true"


def test_a_qr_code_for_mail_is_a_square_picture_with_a_quiet_edge() -> None:
    picture = Image.open(BytesIO(qr_png(LINK, pixels=4))).convert("L")
    assert picture.width == picture.height
    assert picture.crop((0, 0, picture.width, 16)).getextrema() == (255, 255)


def written(columns: list[Column], rows: Iterator[tuple[object, ...]] | list[tuple[object, ...]]) -> Worksheet:
    target = BytesIO()
    write_xlsx(target, columns, rows, sheet="Başvurular: 2026/01 [hepsi] ve çok uzun bir ad")
    return load_workbook(target).active


def test_a_list_comes_back_as_it_was_written() -> None:
    moment = datetime(2026, 1, 15, 14, 30, tzinfo=ZoneInfo("Europe/Istanbul"))
    midnight = datetime.combine(date(2026, 1, 15), time())
    columns = [Column("Konu"), Column("Adet", "number"), Column("Gün", "date"), Column("An", "moment"), Column("Not")]
    sheet = written(
        columns, [("Çöp", Decimal("12.5"), date(2026, 1, 15), moment, None), ("Işık", 3, None, None, "ğüşöçıİ")]
    )
    assert [cell.value for cell in sheet[1]] == ["Konu", "Adet", "Gün", "An", "Not"]
    assert [cell.value for cell in sheet[2]] == [
        "Çöp",
        12.5,
        midnight,
        moment.replace(tzinfo=None),
        None,
    ]
    assert sheet["E3"].value == "ğüşöçıİ"
    assert sheet.freeze_panes == "A2"


def test_text_never_becomes_a_formula_a_link_or_a_number() -> None:
    texts = ["=1+1", "=HYPERLINK('http://x')", "https://mimer.example", "000123", "+90 532", "a" * 40_000]
    sheet = written([Column("Metin")], [(text,) for text in texts])
    cells = [sheet.cell(row, 1) for row in range(2, 8)]
    assert [cell.value for cell in cells] == [text[:32_767] for text in texts]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink for cell in cells)


def test_an_empty_list_still_has_its_headings_and_rows_may_come_one_by_one() -> None:
    assert [cell.value for cell in written([Column("Konu")], [])[1]] == ["Konu"]
    target = BytesIO()
    assert write_xlsx(target, [Column("No", "number")], ((row,) for row in range(1000)), sheet="") == 1000
