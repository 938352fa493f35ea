"""Text in any usual dialect becomes rows; what is broken says so."""

import pytest

from coalface.importers.reading import How, Row, guessed, opened


def read(path, how=None, *, after=0):
    how = how or guessed(path, name=path.name)
    with opened(path, how, name=path.name) as table:
        return how, table.header, list(table.rows(after=after))


def written(tmp_path, content, name="file.csv"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_a_german_list_is_read_as_it_is(tmp_path):
    text = "Kd-Nr;Name;Umsatz/Jahr\r\n1;Müller, Anna;1.234,50\r\n2;Groß, Jörg;99,00\r\n"
    how, header, rows = read(written(tmp_path, text.encode("cp1252")))
    assert how == How("csv", encoding="cp1252", delimiter=";")
    assert header == ("Kd-Nr", "Name", "Umsatz/Jahr")
    assert rows == [Row(2, 2, ("1", "Müller, Anna", "1.234,50")), Row(3, 3, ("2", "Groß, Jörg", "99,00"))]


def test_the_words_how_a_file_is_read_survive_json():
    how = How("csv", encoding="cp1252", delimiter=";", header_line=3)
    assert How.from_json(how.as_json() | {"from": "a later version"}) == how


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_any_usual_mark_and_end_of_line(tmp_path, delimiter, end):
    lines = ["Id", "Text"], ["1", '"two\nlines"'], ["2", '"quoted "" once"']
    text = end.join(delimiter.join(line) for line in lines) + end
    how, header, rows = read(written(tmp_path, text))
    assert (how.delimiter, header) == (delimiter, ("Id", "Text"))
    assert [row.fields for row in rows] == [("1", "two\nlines"), ("2", 'quoted " once')]
