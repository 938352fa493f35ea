"""Rows become tables in which no text is a formula and every type is what it is."""

import csv
import io
import zipfile
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from pyarrow import parquet
from python_calamine import CalamineWorkbook

from coalface.records.models import Verbatim
from coalface.records.tables import (
    CHUNK,
    LONGEST_CELL,
    Column,
    Of,
    Table,
    as_it_was,
    cells,
    csv_pieces,
    cut,
    harmless,
    in_chunks,
    words,
    write_parquet,
    write_xlsx,
)

ZURICH = ZoneInfo("Europe/Zurich")
THINGS = Table(
    "things",
    (
        Column("words"),
        Column("count", Of.WHOLE),
        Column("share", Of.NUMBER),
        Column("value", Of.MONEY),
        Column("since_on", Of.DAY),
        Column("at", Of.MOMENT),
        Column("kept", Of.YES_NO),
    ),
)
HEADER = ["Words", "Count", "Share", "Value", "Since", "At", "Kept"]


@dataclass
class Thing:
    """A row with one of everything."""

    words: str = ""
    count: int | None = None
    share: float | None = None
    value: Decimal | None = None
    since_on: date | None = None
    at: datetime | None = None
    kept: bool | None = None


FULL = Thing(
    "Zürich – “so” sagt sie,\nund geht.",
    -5,
    0.25,
    Decimal("1234.50"),
    date(2026, 3, 1),
    datetime(2026, 3, 2, 9, tzinfo=UTC),
    False,
)


def of(*things: Thing):
    return cells(THINGS, in_chunks(things))


def as_csv(*things: Thing) -> str:
    return b"".join(csv_pieces(THINGS, HEADER, of(*things), ZURICH)).decode()


def as_xlsx(*things: Thing, **more: int) -> io.BytesIO:
    file = io.BytesIO()
    write_xlsx(file, THINGS, [*HEADER, "Time zone"], of(*things), ZURICH, **more)
    file.seek(0)
    return file


def sheets(file: io.BytesIO) -> list[list[list[object]]]:
    book = CalamineWorkbook.from_filelike(file)
    return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


def as_parquet(*things: Thing):
    file = io.BytesIO()
    write_parquet(file, THINGS, of(*things))
    file.seek(0)
    return parquet.read_table(file)


def test_a_csv_file_opens_in_a_spreadsheet_with_its_umlauts():
    assert as_csv(FULL, Thing()) == (
        "\ufeffWords,Count,Share,Value,Since,At,Kept\r\n"
        '"Zürich – “so” sagt sie,\nund geht.",-5,0.25,1234.50,2026-03-01,2026-03-02T10:00:00+01:00,no\r\n'
        ",,,,,,\r\n"
    )


def test_an_excel_file_has_days_and_numbers_and_says_whose_clock():
    moment = datetime(2026, 3, 2, 10)  # noqa: DTZ001 – Excel knows no zone, so the last column names it
    assert sheets(as_xlsx(FULL)) == [
        [
            [*HEADER, "Time zone"],
            [FULL.words, -5.0, 0.25, 1234.5, date(2026, 3, 1), moment, False, "Europe/Zurich"],
        ]
    ]


def test_a_parquet_file_has_lasting_names_and_true_types():
    table = as_parquet(FULL, Thing())
    assert [f"{field.name} {field.type}" for field in table.schema] == [
        "words string",
        "count int64",
        "share double",
        "value decimal128(20, 3)",
        "since_on date32[day]",
        "at timestamp[us, tz=UTC]",
        "kept bool",
    ]
    assert table.to_pylist() == [vars(FULL), vars(Thing())]


FORMULAS = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =cmd|' /C calc'!A0",
    "＝1+1",
    "-2+3+cmd|' /C calc'!A0",
    '=HYPERLINK("https://elsewhere.example")',
]


@pytest.mark.parametrize("text", FORMULAS)
def test_what_a_spreadsheet_would_calculate_is_only_shown(text: str):
    assert harmless(text) == f"'{text}"
    assert as_it_was(harmless(text)) == text
    _, [written, *_] = csv.reader(io.StringIO(as_csv(Thing(text)), newline=""))
    assert written == f"'{text}"
    file = as_xlsx(Thing(text))
    with zipfile.ZipFile(file) as parts:
        drawn = parts.read("xl/worksheets/sheet1.xml").decode()
        styles = parts.read("xl/styles.xml").decode()
    assert ("<f>" in drawn, "hyperlink" in drawn, 'quotePrefix="1"' in styles) == (False, False, True)
    assert as_parquet(Thing(text)).to_pylist()[0]["words"] == text


@pytest.mark.parametrize(
    "text", ["-5", "+41 79 123 45 67", "-1.234,50", "5 = 4 + 1", "a@b.example", "'tis", ""]
)
def test_numbers_and_plain_words_stay_as_they_are(text: str):
    assert harmless(text) == as_it_was(text) == text


def test_addresses_in_words_are_no_links():
    with zipfile.ZipFile(as_xlsx(Thing("https://elsewhere.example/x"))) as parts:
        assert "hyperlink" not in parts.read("xl/worksheets/sheet1.xml").decode()


def test_a_list_without_rows_has_its_columns():
    assert as_csv() == "\ufeffWords,Count,Share,Value,Since,At,Kept\r\n"
    assert sheets(as_xlsx()) == [[[*HEADER, "Time zone"]]]
    assert (as_parquet().num_rows, as_parquet().num_columns) == (0, 7)


def test_what_does_not_fit_into_a_cell_is_cut_and_says_so():
    assert cut("x" * LONGEST_CELL) == "x" * LONGEST_CELL
    assert (len(cut("x" * 40_000)), cut("x" * 40_000)[-1]) == (LONGEST_CELL, "…")
    [[_, [text, *_rest]]] = sheets(as_xlsx(Thing("x" * 40_000)))
    assert text == cut("x" * 40_000)


def test_a_full_sheet_is_followed_by_another():
    found = sheets(as_xlsx(*(Thing(str(number)) for number in range(5)), rows_of_a_sheet=2))
    assert [[row[0] for row in sheet] for sheet in found] == [
        ["Words", "0", "1"],
        ["Words", "2", "3"],
        ["Words", "4"],
    ]


def test_numbers_and_days_that_excel_has_not_are_text_there():
    row = sheets(as_xlsx(Thing(share=float("inf"), since_on=date(1848, 9, 12))))[0][1]
    assert (row[2], row[4]) == ("inf", "1848-09-12")


@pytest.mark.django_db
def test_an_open_transaction_is_seen_and_more_than_a_chunk_is_read():
    with transaction.atomic():
        Verbatim.objects.bulk_create(Verbatim(text=str(number)) for number in range(CHUNK + 1))
        chunks = list(cells(Table("all", (Column("text"),)), in_chunks(Verbatim.objects.all())))
    assert [len(chunk) for chunk in chunks] == [CHUNK, 1]
    assert chunks[1] == [(str(CHUNK),)]


@dataclass
class Said:
    """Something with words, or with what somebody made of them."""

    verbatim: Verbatim | None
    reading: Verbatim | None


def test_erased_words_are_empty():
    at = datetime(2026, 3, 2, tzinfo=UTC)
    read = words("verbatim")
    said, erased = Verbatim(text="Said"), Verbatim(text="Still there", erased_at=at)
    assert [read(Said(one, None)) for one in (said, None, erased)] == ["Said", "", ""]


def test_a_list_shows_words_as_its_reader_may_see_them():
    columns = (Column("words", read=words("verbatim", by="reading.pk")), Column("text", read="verbatim.text"))
    shown = Table("said", columns).shown(lambda one, row: f"{one.verbatim(row).text}, {one.brought_by(row)}")
    row = Said(Verbatim(text="Said"), Verbatim(pk=7))
    assert list(cells(shown, [[row]])) == [[("Said, 7", "Said")]]
