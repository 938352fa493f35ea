"""Text in any usual dialect and encoding becomes rows; what is broken says so."""

import csv
import gzip
import io
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coalface.importers.reading import (
    Damaged,
    Empty,
    HeaderOnly,
    How,
    Row,
    TooManyColumns,
    WrongEncoding,
    encodings_of,
    guessed,
    noticed,
    opened,
    pasted,
    with_header,
)
from coalface.importers.reading.encodings import encoding_of
from tests.importers.reading.files import fields, read, written

GERMAN = "Nr;Name;Ort\n1;Müller, Jörg;Köln\n2;Groß, Änne;Düsseldorf\n"
POLISH = "Nr;Nazwa;Miasto\n1;Łukasz Żółć;Gdańsk\n2;Małgorzata Ścibor;Łódź\n3;Zażółć gęślą jaźń;Kraków\n"
FRENCH = "N°;Nom;Ville\n1;Éloïse Lefèvre;Besançon\n2;Zoé Façade;Nîmes\n3;Hélène Çelik;Orléans\n"


def test_a_german_list_is_read_as_it_is(tmp_path):
    text = "Kd-Nr;Name;Umsatz/Jahr\r\n1;Müller, Anna;1.234,50\r\n2;Groß, Jörg;99,00\r\n"
    how, header, rows = read(written(tmp_path, text.encode("cp1252")))
    assert how == How("csv", encoding="cp1252", delimiter=";")
    assert header == ("Kd-Nr", "Name", "Umsatz/Jahr")
    assert rows == [Row(2, 2, ("1", "Müller, Anna", "1.234,50")), Row(3, 3, ("2", "Groß, Jörg", "99,00"))]


def test_how_a_file_is_read_survives_json():
    how = How("csv", encoding="cp1252", delimiter=";", header_line=3, columns=("a", "b"))
    assert How.from_json(how.as_json() | {"from": "a later version"}) == how


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_any_usual_mark_and_end_of_line(tmp_path, delimiter, end):
    lines = ["Id", "Text"], ["1", '"two\nlines"'], ["2", '"quoted "" once"']
    text = end.join(delimiter.join(line) for line in lines) + end
    how, header, rows = read(written(tmp_path, text))
    assert (how.delimiter, header) == (delimiter, ("Id", "Text"))
    assert [row.fields for row in rows] == [("1", "two\nlines"), ("2", 'quoted " once')]


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        (GERMAN, "utf-8", "utf-8-sig"),
        (GERMAN, "utf-8-sig", "utf-8-sig"),
        (GERMAN, "utf-16", "utf-16"),
        (GERMAN, "utf-16-le", "utf-16-le"),
        (GERMAN, "utf-16-be", "utf-16-be"),
        (GERMAN, "cp1252", "cp1252"),
        (GERMAN, "cp850", "cp850"),
        (GERMAN, "mac-roman", "mac-roman"),
        (FRENCH, "cp1252", "cp1252"),
        (FRENCH, "mac-roman", "mac-roman"),
        (FRENCH, "cp850", "cp850"),
        (POLISH, "cp1250", "cp1250"),
        (POLISH, "iso8859-2", "iso8859-2"),
    ],
)
def test_the_encoding_is_found_by_the_sense_it_makes(tmp_path, text, encoding, name):
    path = written(tmp_path, text.encode(encoding))
    how, header, rows = read(path)
    assert how.encoding == name
    assert [header, *[row.fields for row in rows]] == [tuple(line.split(";")) for line in text.splitlines()]


def test_other_scripts_are_asked_for_elsewhere(tmp_path):
    text = "Имя;Город\n" + "Анна Петрова;Москва\nИван Сидоров;Новосибирск\nОльга Иванова;Казань\n" * 20
    assert fields(written(tmp_path, text.encode("cp1251")))[0] == ("Анна Петрова", "Москва")


def test_a_guess_shows_what_speaks_for_it(tmp_path):
    found = encodings_of(written(tmp_path, GERMAN.encode("cp1252")), name="file.csv")
    assert (found.name, found.words[0]) == (
        "cp1252", ("cp1252", ("Müller", "Jörg", "Köln", "Groß", "Änne")),
    )  # fmt: skip
    unsure = encoding_of("x;y\n1;\u00a4\n".encode("cp1252"))
    assert not unsure.sure and len(unsure.words) > 1


def test_letters_far_below_the_beginning_count_too(tmp_path):
    plain = "id,text\n" + "1,nothing but plain letters\n" * 20_000
    how, _header, rows = read(written(tmp_path, (plain + "2,Grüße aus Köln\n").encode("cp1252")))
    assert (how.encoding, rows[-1].fields) == ("cp1252", ("2", "Grüße aus Köln"))


def test_the_separator_that_excel_writes_is_believed(tmp_path):
    how, header, rows = read(written(tmp_path, "sep=;\r\na;b,c\r\n1;2,3\r\n"))
    assert (how.delimiter, how.header_line, header) == (";", 2, ("a", "b,c"))
    assert rows == [Row(3, 3, ("1", "2,3"))]


def test_titles_above_the_header_are_passed_over(tmp_path):
    text = "Customers 2026;;;\n;;;\nNo;Name;Town;\n1;Anna;Bern;\n2;Tom;Basel;\n"
    how, header, rows = read(written(tmp_path, text))
    assert (how.header_line, header) == (3, ("No", "Name", "Town"))
    assert rows == [Row(4, 4, ("1", "Anna", "Bern")), Row(5, 5, ("2", "Tom", "Basel"))]


def test_a_file_without_a_header_gets_names_for_its_columns(tmp_path):
    text = "anna@x.de,1.2.2026,Anna\ntom@x.de,2.2.2026,Tom\n"
    how, header, rows = read(written(tmp_path, text))
    assert (how.header_line, header, len(rows)) == (0, ("Column 1", "Column 2", "Column 3"), 2)
    assert guessed(written(tmp_path, "Region,2024,2025\nNorth,3,4\n"), name="x.csv").header_line == 1


def test_columns_aligned_by_blanks(tmp_path):
    text = "  id  date      n\n" + "".join(f"  {n:05} 1997010{n}  {n * 7:3}\n" for n in range(1, 8))
    assert fields(written(tmp_path, text))[0] == ("00001", "19970101", "7")


def test_quotes_escaped_by_a_backslash_and_apostrophes_as_quotes(tmp_path):
    escaped = 'id,text\n1,"she said \\"no, never\\" twice"\n2,"so, \\"well\\""\n3,"a, b"\n'
    assert fields(written(tmp_path, escaped))[0] == ("1", 'she said "no, never" twice')
    apostrophes = "id,text\n'1','so, it is'\n'2','as, it was'\n"
    assert fields(written(tmp_path, apostrophes)) == [("1", "so, it is"), ("2", "as, it was")]
    words = "id\ttext\n1\t'tis what 'twas\n2\tthe 'new' one\n"
    assert fields(written(tmp_path, words)) == [("1", "'tis what 'twas"), ("2", "the 'new' one")]


def test_a_stray_quote_does_not_swallow_the_rows_after_it(tmp_path):
    text = "id\ttext\n" + '1\t"Hello, she said\n' + "".join(f"{n}\tfine\n" for n in range(2, 40))
    assert len(fields(written(tmp_path, text))) == 39


def test_names_of_columns_are_there_and_differ(tmp_path):
    _how, header, _rows = read(written(tmp_path, "Date,Date,,Name\n1,2,3,4\n"))
    assert header == ("Date", "Date (2)", "Column 3", "Name")


def test_empty_columns_at_the_end_fall_away_and_full_ones_stay(tmp_path):
    assert read(written(tmp_path, "a,b,,\n1,2,,\n"))[1] == ("a", "b")
    assert read(written(tmp_path, "a,b,,\n1,2,,x\n"))[1] == ("a", "b", "Column 3", "Column 4")


def test_a_row_with_too_few_or_too_many_fields_is_refused_alone(tmp_path):
    _how, _header, rows = read(written(tmp_path, "a,b\n1\n1,2,3\n1,2,,\n3,4\n"))
    assert [(row.first_line, row.refused) for row in rows] == [
        (2, "wrong_number_of_columns"), (3, "wrong_number_of_columns"), (4, ""), (5, ""),
    ]  # fmt: skip


def test_reading_goes_on_after_a_line(tmp_path):
    path = written(tmp_path, 'id,text\n1,"two\nlines"\n2,x\n\n3,y\n')
    how = guessed(path, name=path.name)
    every = read(path, how)[2]
    assert every == [Row(2, 3, ("1", "two\nlines")), Row(4, 4, ("2", "x")), Row(6, 6, ("3", "y"))]
    for at, row in enumerate(every):
        assert read(path, how, after=row.last_line)[2] == every[at + 1 :]


def test_lines_below_the_header_can_be_passed_over_and_the_end_chosen(tmp_path):
    path = written(tmp_path, "id,text\nNumber,Words\n1,x\n2,y\n")
    assert fields(path, How("csv", skip=1, last_line=3)) == [("1", "x")]


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf", b" \r\n ", gzip.compress(b"", mtime=0)])
def test_an_empty_file_says_so(tmp_path, content):
    with pytest.raises(Empty, match="The file is empty"):
        guessed(written(tmp_path, content), name="file.csv")


def test_a_header_alone_says_so_and_is_no_row(tmp_path):
    path = written(tmp_path, "id;text\n")
    with pytest.raises(HeaderOnly, match="holds no row"):
        guessed(path, name=path.name)
    assert read(path, How("csv", delimiter=";"))[1:] == (("id", "text"), [])


def test_a_hundred_thousand_columns_are_too_many(tmp_path):
    path = written(tmp_path, ",".join(f"c{n}" for n in range(100_000)) + "\n" + "1," * 99_999 + "1\n")
    with pytest.raises(TooManyColumns, match="100,000 columns"):
        read(path)


def test_a_line_of_two_hundred_megabytes_is_one_bad_row(tmp_path):
    path = tmp_path / "long.csv"
    with path.open("wb") as file:
        file.write(b"id,text\n1,x\n2,")
        for _piece in range(200):
            file.write(b"y" * 1024 * 1024)
        file.write(b"\n3,z\n")
    _how, _header, rows = read(path)
    assert rows == [Row(2, 2, ("1", "x")), Row(3, 3, (), "too_long"), Row(4, 4, ("3", "z"))]


def test_a_wrong_byte_is_found_with_its_line_and_a_better_encoding(tmp_path):
    lines = "".join(f"{n},plain\n" for n in range(2, 3_000)).encode()
    path = written(tmp_path, b"id,text\n" + lines + "3000,Zürich\n".encode("cp1252"))
    with pytest.raises(WrongEncoding) as wrong:
        read(path, How("csv"))
    assert (wrong.value.line, wrong.value.better) == (3_000, "cp1252")


def test_what_comes_before_the_break_of_an_archive_can_be_taken(tmp_path):
    lines = "".join(f"{n},{n * n} words\n" for n in range(1, 20_000))
    whole = gzip.compress(f"id,text\n{lines}".encode())
    path = written(tmp_path, whole[: len(whole) // 2], "half.csv.gz")
    how = guessed(path, name=path.name)
    with pytest.raises(Damaged) as damaged, opened(path, how, name=path.name) as table:
        kept = []
        for row in table.rows():
            kept.append(row)
    assert (len(kept) > 5_000, kept[-1].last_line) == (True, damaged.value.line)
    assert read(path, replace(how, last_line=damaged.value.line))[2] == kept


def test_an_archive_is_known_by_its_bytes(tmp_path):
    assert fields(written(tmp_path, gzip.compress(b"a,b\n1,2\n"), "packed")) == [("1", "2")]
    with pytest.raises(Damaged):
        read(written(tmp_path, b"a,b\n1,2\n", "never.csv.gz"), How("csv"))


def test_nul_is_left_to_whoever_reads_the_cell(tmp_path):
    assert fields(written(tmp_path, "id,text\n1,a\0b\n2,c\n")) == [("1", "a\0b"), ("2", "c")]


def test_what_was_copied_from_a_spreadsheet(tmp_path):
    path = written(tmp_path, pasted('Name\tTown\r\nAnna\t"two\nlines"\r\n'), "pasted")
    assert fields(path) == [("Anna", "two\nlines")]
    assert fields(written(tmp_path, pasted("Name\nAnna\ud800\n"), "pasted")) == [("Anna?",)]


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp"), exclude_characters="\ufeff"),
    max_size=12,
).map(str.strip)  # fmt: skip
ROWS = st.integers(2, 6).flatmap(
    lambda width: st.lists(st.tuples(*[WORDS] * width).filter(any), min_size=1, max_size=8)
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(
    rows=ROWS,
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    end=st.sampled_from(["\n", "\r\n"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_is_written_is_read(tmp_path, rows, delimiter, quoting, end, encoding):
    header = [f"column {n}" for n in range(len(rows[0]))]
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, quoting=quoting, lineterminator=end).writerows([header, *rows])
    path = written(tmp_path, text.getvalue().encode(encoding))
    _how, names, found = read(path)
    assert (names, [row.fields for row in found]) == (tuple(header), rows)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(
    names=st.lists(st.text("äöüßÄÖÜabcdefghÉéèñ", min_size=3, max_size=12), min_size=1, max_size=30),
    encoding=st.sampled_from(["cp1252", "utf-8"]),
)
def test_a_list_of_names_is_read_in_the_encoding_of_most_offices(tmp_path, names, encoding):
    text = "No;Name\n" + "".join(f"{n};Grüße von {name.capitalize()}\n" for n, name in enumerate(names))
    found = fields(written(tmp_path, text.encode(encoding)))
    assert found == [(str(n), f"Grüße von {name.capitalize()}") for n, name in enumerate(names)]


def test_between_other_marks_the_header_is_looked_for_again(tmp_path):
    path = written(tmp_path, "Customers;;;\nNo,x;Name;Town;\n1;Anna;Bern;\n2;Tom;Basel;\n")
    assert with_header(path, How("csv", delimiter=";", header_line=9), name="x.csv").header_line == 2
    excel = written(tmp_path, "sep=;\na;b\n1;2\n")
    assert with_header(excel, How("csv", delimiter=";"), name="x.csv").header_line == 2


def test_what_could_be_read_otherwise_is_said(tmp_path):
    path = written(tmp_path, GERMAN.encode("cp1252"))
    assert noticed(path, guessed(path, name="x.csv"), name="x.csv") == ()
    unsure = written(tmp_path, "x;y\nB\u00f5\u00f5\u00f8;2\n".encode("cp1252"))
    said = noticed(unsure, guessed(unsure, name="x.csv"), name="x.csv")
    assert said[0].startswith("Read as cp1252, in which it says: B")


def test_a_quote_that_is_never_closed_takes_its_own_line_only(tmp_path):
    path = written(tmp_path, 'id,text\n1,"a"\n2,"Hello she said\n3,"two\nlines"\n4,x\n')
    assert read(path, How("csv"))[2] == [
        Row(2, 2, ("1", "a")),
        Row(3, 3, (), "quote_not_closed"),
        Row(4, 5, ("3", "two\nlines")),
        Row(6, 6, ("4", "x")),
    ]


def test_nor_does_it_swallow_a_large_file(tmp_path):
    rows = "".join(f"{n},{'words ' * 20}\n" for n in range(3, 160_000))
    found = read(written(tmp_path, f'id,text\n1,a\n2,"Hello\n{rows}'), How("csv"))[2]
    assert [row.first_line for row in found if row.refused] == [3]
    assert len(found) == 159_999


def test_a_file_of_nothing_but_open_quotes_comes_to_an_end(tmp_path):
    found = read(written(tmp_path, "id,text\n" + '1,"x\n' * 2_001), How("csv"))[2]
    assert found[0].refused == "quote_not_closed" and len(found) < 2_001
