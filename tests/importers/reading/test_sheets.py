"""Spreadsheets give their values; formulas, macros and bombs stay where they are."""

import io
import zipfile
from datetime import UTC, date, datetime, time, timedelta

import pytest
import xlsxwriter

from coalface.importers.reading import (
    Bomb,
    Damaged,
    Empty,
    How,
    NotATable,
    Row,
    guessed,
    opened,
    sheets_of,
    with_header,
)
from coalface.importers.reading.archives import Protected, TooLarge
from coalface.importers.reading.sheets import NoSuchSheet, as_text
from tests.importers.reading.files import fields, read, written

HEADER = ["Id", "When", "Happy", "Sum"]


@pytest.fixture
def workbook(tmp_path):
    """Write a workbook: `workbook(fill)` calls `fill(book)` and gives the path."""

    def make(fill, name="file.xlsx"):
        path = tmp_path / name
        with xlsxwriter.Workbook(path, {"remove_timezone": True}) as book:
            fill(book)
        return path

    return make


def plain(book, *rows, name=None):
    sheet = book.add_worksheet(name)
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    return sheet


def noticed(path):
    with opened(path, guessed(path, name=path.name), name=path.name) as table:
        return table.noticed


def test_values_are_text_that_reads_the_same_everywhere(workbook):
    def fill(book):
        sheet = plain(book, HEADER, [1, None, True, 2.5], [1234567890123, None, False, 0.1])
        day, moment = (book.add_format({"num_format": form}) for form in ("dd.mm.yyyy", "d.m.yy hh:mm"))
        sheet.write_datetime("B2", date(2026, 3, 1), day)
        sheet.write_datetime("B3", datetime(2026, 3, 1, 12, 30, tzinfo=UTC), moment)

    how, header, rows = read(workbook(fill))
    assert how == How("xlsx", sheet="Sheet1")
    assert header == tuple(HEADER)
    assert rows == [
        Row(2, 2, ("1", "2026-03-01", "true", "2.5")),
        Row(3, 3, ("1234567890123", "2026-03-01 12:30:00", "false", "0.1")),
    ]


def test_every_type_of_cell_has_a_text():
    cells = [time(9, 5), timedelta(hours=25, minutes=3), date(2026, 1, 2), 1e300, -3.0, None, 7]
    assert [as_text(cell) for cell in cells] == [
        "09:05:00",
        "25:03:00",
        "2026-01-02",
        "1e+300",
        "-3",
        "",
        "7",
    ]


def test_the_first_sheet_with_rows_that_is_shown_is_taken_and_another_can_be(workbook):
    def fill(book):
        plain(book, name="Cover")
        plain(book, ["secret"], ["x"], name="Hidden").hide()
        plain(book, ["Name"], ["Anna"], name="People")
        plain(book, ["Town"], ["Bern"], name="Towns")
        book.worksheets()[2].activate()

    path = workbook(fill)
    how = guessed(path, name=path.name)
    assert (how.sheet, sheets_of(path, how, name=path.name)) == ("People", ("People", "Towns"))
    assert fields(path, How("xlsx", sheet="Towns")) == [("Bern",)]
    with pytest.raises(NoSuchSheet, match="no sheet “Nowhere”"):
        read(path, How("xlsx", sheet="Nowhere"))


def test_a_merged_title_is_passed_over_and_merged_cells_below_are_told(workbook):
    def fill(book):
        sheet = plain(book, [], [], ["Region", "Name"], ["", "Anna"], ["", "Tom"])
        sheet.merge_range("A1:B1", "Customers 2026")
        sheet.merge_range("A4:A5", "North")

    path = workbook(fill)
    how, header, rows = read(path)
    assert (how.header_line, header) == (3, ("Region", "Name"))
    assert rows == [Row(4, 4, ("North", "Anna")), Row(5, 5, ("", "Tom"))]
    assert noticed(path) == (
        "A cell is merged over several (row 4): its value counts for the first of them only.",
    )


def test_a_formula_gives_its_value_and_an_error_nothing(workbook):
    def fill(book):
        sheet = plain(book, ["Id", "Sum"], [1], [2], [3])
        sheet.write_formula("B2", "=1+1", None, 2)
        sheet.write_formula("B3", "=NA()", None, "#N/A")
        sheet.write_string("B4", "=1+1")

    path = workbook(fill)
    assert fields(path) == [("1", "2"), ("2", ""), ("3", "=1+1")]
    assert noticed(path) == ("A cell holds an error such as #N/A; it is read as empty.",)


def test_a_day_without_a_format_is_the_number_that_it_is(workbook):
    path = workbook(lambda book: plain(book, ["Id", "Day"], [1, 46082], [2, 46083]))
    assert fields(path) == [("1", "46082"), ("2", "46083")]


def test_macros_are_never_run_and_told(workbook, tmp_path):
    def fill(book):
        (tmp_path / "vba.bin").write_bytes(b"Sub Auto_Open()")
        book.add_vba_project(tmp_path / "vba.bin")
        plain(book, ["Name"], ["Anna"])

    path = workbook(fill, "file.xlsm")
    assert fields(path) == [("Anna",)]
    assert noticed(path) == ("The file holds macros. They were not run, and nothing of them was read.",)


def test_reading_goes_on_after_a_row_and_counts_like_the_sheet(workbook):
    path = workbook(lambda book: plain(book, ["N"], [1], [], [3], [4]))
    how = guessed(path, name=path.name)
    assert [row.first_line for row in read(path, how)[2]] == [2, 4, 5]
    assert read(path, how, after=2)[2] == [Row(4, 4, ("3",)), Row(5, 5, ("4",))]
    assert fields(path, How("xlsx", sheet="Sheet1", last_line=4)) == [("1",), ("3",)]


def test_an_empty_workbook_says_so(workbook):
    path = workbook(lambda book: book.add_worksheet())
    with pytest.raises(Empty, match="none of its sheets holds a row"):
        guessed(path, name=path.name)


def rewritten(path, change):
    """The workbook with each of its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, change(entry.filename, old.read(entry)))
    path.write_bytes(out.getvalue())
    return path


def test_a_bomb_is_not_opened(workbook):
    path = workbook(lambda book: plain(book, ["Name"], ["Anna"]))
    rewritten(path, lambda name, text: text + b" " * (300_000_000 * name.endswith("sheet1.xml")))
    with pytest.raises(Bomb, match="200 times its size"):
        guessed(path, name=path.name)


def test_a_bomb_that_lies_about_its_size_is_not_opened_either(workbook):
    path = workbook(lambda book: plain(book, ["Name"], ["Anna"]))
    rewritten(path, lambda name, text: text + b" " * (300_000_000 * name.endswith("sheet1.xml")))
    whole, true = bytearray(path.read_bytes()), 0
    with zipfile.ZipFile(path) as archive:
        true = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    lie = bytes(whole).replace(true.to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    path.write_bytes(lie)
    with pytest.raises(Bomb):
        guessed(path, name=path.name)


def test_a_cell_at_the_far_end_does_not_take_all_memory(workbook):
    path = workbook(lambda book: plain(book, ["Name"], ["Anna"]).write("XFD1048576", "far"))
    with pytest.raises(TooLarge, match="Save it as CSV"):
        guessed(path, name=path.name)


@pytest.mark.parametrize(
    "cells",
    [
        "<row r='1048576'><c r='XFD1048576'/></row>",
        '<row r="1048576">' + "<c><v>1</v></c>" * 10 + "</row>",
        "<x:row r='1048576'>" + "<x:c><x:v>1</x:v></x:c>" * 10 + "</x:row>",
    ],
    ids=["quotes", "no-places", "prefix"],
)
def test_nor_do_cells_that_hide_where_they_are(workbook, cells):
    path = workbook(lambda book: plain(book, ["Name"], ["Anna"]))
    rewritten(path, lambda _name, text: text.replace(b"</sheetData>", cells.encode() + b"</sheetData>"))
    with pytest.raises(TooLarge):
        guessed(path, name=path.name)


def ods(folder, rows):
    """A sheet as LibreOffice writes it, with the rows given as XML."""
    body = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="S">{rows}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    path = folder / "file.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", body)
        archive.writestr("META-INF/manifest.xml", manifest)
    return path


def cell(word, times=1):
    """One cell of it, standing for several."""
    return (
        f'<table:table-cell office:value-type="string" table:number-columns-repeated="{times}">'
        f"<text:p>{word}</text:p></table:table-cell>"
    )


def test_the_sheets_of_libreoffice_are_read_and_their_empty_ends_are_not(tmp_path):
    empty = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell/></table:table-row>'
    rows = "".join(f"<table:table-row>{cell(word)}{cell('x')}</table:table-row>" for word in ("Name", "Anna"))
    assert fields(ods(tmp_path, rows + empty)) == [("Anna", "x")]
    many = f'<table:table-row table:number-rows-repeated="100000">{cell("x", 50)}</table:table-row>'
    with pytest.raises(TooLarge):
        guessed(ods(tmp_path, rows + many), name="file.ods")


def test_a_password_is_asked_away(tmp_path):
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(Protected, match="locked by a password"):
        guessed(written(tmp_path, locked, "file.xlsx"), name="file.xlsx")


@pytest.mark.parametrize("cut", [0.1, 0.5, 0.95])
def test_half_a_workbook_is_damaged(workbook, cut):
    path = workbook(lambda book: plain(book, ["Name"], *[[f"Anna {n}"] for n in range(500)]))
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * cut)])
    with pytest.raises(Damaged, match="damaged or incomplete"):
        guessed(path, name=path.name)


def test_other_archives_say_what_they_are(tmp_path):
    def packed(*names):
        whole = io.BytesIO()
        with zipfile.ZipFile(whole, "w") as archive:
            for name in names:
                archive.writestr(name, "x")
        return written(tmp_path, whole.getvalue(), "file.xlsx")

    for names, said in (
        (["word/document.xml"], "research report"),
        (["list.csv"], "unpack it first"),
        (["xl/workbook.bin"], r"\.xlsb"),
    ):
        with pytest.raises(NotATable, match=said):
            guessed(packed(*names), name="file.xlsx")
    with pytest.raises(Damaged):
        guessed(packed("xl/workbook.xml"), name="file.xlsx")


def test_another_sheet_has_its_header_on_a_line_of_its_own(workbook):
    def fill(book):
        plain(book, ["Name", "Town"], ["Anna", "Bern"], name="People")
        plain(book, ["Sales 2026"], [], ["Day", "Sum"], ["2026-01-02", 3], name="Sales")

    path = workbook(fill)
    how = with_header(path, How("xlsx", sheet="Sales"), name=path.name)
    assert (how.header_line, fields(path, how)) == (3, [("2026-01-02", "3")])
