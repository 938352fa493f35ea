"""JSON: one object a line or one list; nested values lie flat."""

import gzip
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coalface.importers.reading import CannotRead, Damaged, Empty, How, Row, WrongEncoding, guessed, opened
from coalface.importers.reading.objects import NotRows
from tests.importers.reading.files import fields, read, written


def lines(*objects):
    return "".join(f"{each if isinstance(each, str) else json.dumps(each)}\n" for each in objects)


def test_nested_values_lie_flat_and_later_keys_count(tmp_path):
    text = lines(
        {"id": 1, "customer": {"name": "Anna", "address": {"town": "Bern"}}, "ok": True},
        {"id": 2.50, "tags": ["a", "b"], "rows": [{"x": 1}], "ok": None},
    )
    how, header, rows = read(written(tmp_path, text, "file.jsonl"))
    assert (how.form, header) == (
        "jsonl",
        ("id", "customer.name", "customer.address.town", "ok", "tags", "rows"),
    )
    assert rows == [
        Row(1, 1, ("1", "Anna", "Bern", "true", "", "")),
        Row(2, 2, ("2.5", "", "", "", "a; b", '[{"x": "1"}]')),
    ]


def test_one_list_and_a_wrapped_one(tmp_path):
    people = [{"name": "Anna"}, {"name": "Tom", "age": 3}]
    for whole in (people, {"results": people, "paging": {"next": "x"}}):
        how, header, rows = read(written(tmp_path, json.dumps(whole, indent=1), "file.json"))
        assert (how.form, header) == ("json", ("name", "age"))
        assert [row.fields for row in rows] == [("Anna", ""), ("Tom", "3")]
    assert fields(written(tmp_path, '{"name": "Anna"}', "file.json")) == [("Anna",)]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{broken", "no_json"),
        ("[1, 2]", "no_object"),
        ('{"id": "\\ud800"}', "broken_character"),
        ('{"id": ' + "[" * 100_000 + "]" * 100_000 + "}", "too_deep"),
        ('{"a.b": 1, "a": {"b": 2}}', "key_twice"),
        ('{"id": "' + "x" * 17_000_000 + '"}', "too_long"),
    ],
    ids=lambda each: each[:12],
)
def test_a_bad_line_is_refused_alone(tmp_path, line, reason):
    path = written(tmp_path, lines({"id": 1}, line, {"id": 3}), "file.jsonl")
    rows = read(path)[2]
    assert rows == [Row(1, 1, ("1",)), Row(2, 2, (), reason), Row(3, 3, ("3",))]


def test_a_key_that_was_not_there_when_the_file_was_chosen_is_refused(tmp_path):
    path = written(tmp_path, lines({"id": 1}, {"id": 2, "new": 3}), "file.jsonl")
    assert [row.refused for row in read(path, How("jsonl", columns=("id",)))[2]] == ["", "unknown_key"]


def test_reading_goes_on_after_a_line(tmp_path):
    path = written(tmp_path, lines({"id": 1}, "", {"id": 2}, {"id": 3}), "file.jsonl")
    assert [row.first_line for row in read(path, after=1)[2]] == [3, 4]


def test_what_is_no_list_of_objects_says_so(tmp_path):
    for text in ("[1, 2]", '"words"', '{"a": [[1]],\n"b": [2]}', "[{", "[" * 100_000, "[]"):
        with pytest.raises(CannotRead) as wrong:
            guessed(written(tmp_path, text, "file.json"), name="file.json")
        assert isinstance(wrong.value, NotRows | Empty), text


def test_a_broken_archive_and_a_wrong_encoding_say_so(tmp_path):
    text = lines(*({"id": n, "text": f"{n * n} words"} for n in range(9_000)))
    whole = gzip.compress(text.encode())
    half = written(tmp_path, whole[: len(whole) // 2], "file.jsonl.gz")
    how = guessed(half, name=half.name)
    with pytest.raises(Damaged) as damaged, opened(half, how, name=half.name) as table:
        kept = []
        for row in table.rows():
            kept.append(row)
    assert damaged.value.line == kept[-1].last_line > 1_000
    path = written(tmp_path, b'{"id": 1}\n{"id": "Z\xfcrich"}\n', "file.jsonl")
    with pytest.raises(WrongEncoding) as wrong:
        read(path, How("jsonl", columns=("id",)))
    assert (wrong.value.line, wrong.value.better) == (2, "cp1252")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(["id", "text", "much more"]),
            st.text(st.characters(exclude_categories=("Cs",)), max_size=20),
            min_size=1,
        ),
        min_size=1,
        max_size=8,
    )
)
def test_what_is_written_is_read(tmp_path, objects):
    text = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in objects)
    _how, header, rows = read(written(tmp_path, text, "file.jsonl"))
    assert [row.fields for row in rows] == [tuple(each.get(key, "") for key in header) for each in objects]
