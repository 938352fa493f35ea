"""Parquet, batch by batch, as the same texts as everything else."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from coalface.importers.reading import Damaged, How, Row, guessed
from coalface.importers.reading.parquet import Nested
from tests.importers.reading.files import read, written


def table(folder, columns, **options):
    path = folder / "file.parquet"
    pq.write_table(pa.table(columns), path, **options)
    return path


def test_types_become_texts(tmp_path):
    path = table(
        tmp_path,
        {
            "id": pa.array([1, None]),
            "when": pa.array([datetime(2026, 3, 1, 12, 30, tzinfo=UTC), None], pa.timestamp("us", "UTC")),
            "fine": pa.array([datetime(2026, 3, 1, tzinfo=UTC), None], pa.timestamp("ns")),
            "day": pa.array([date(2026, 3, 1), None]),
            "sum": pa.array([Decimal("12.50"), None]),
            "score": pa.array([9.0, float("nan")]),
            "small": pa.array([0.1, None], pa.float32()),
            "ok": pa.array([True, None]),
            "kind": pa.array(["a", None]).dictionary_encode(),
            "raw": pa.array([b"x\xff", None]),
        },
    )
    _how, header, rows = read(path)
    assert header == ("id", "when", "fine", "day", "sum", "score", "small", "ok", "kind", "raw")
    assert rows == [
        Row(1, 1, ("1", "2026-03-01 12:30:00+00:00", "2026-03-01 00:00:00", "2026-03-01", "12.50", "9", "0.1",
                   "true", "a", "x\ufffd")),
        Row(2, 2, ("",) * 10),
    ]  # fmt: skip


def test_reading_goes_on_in_the_middle_of_a_group(tmp_path):
    path = table(tmp_path, {"n": list(range(1, 2_001))}, row_group_size=300)
    how = guessed(path, name=path.name)
    assert [row.fields for row in read(path, how, after=1_234)[2]] == [(str(n),) for n in range(1_235, 2_001)]
    assert read(path, how, after=2_000)[2] == []
    assert len(read(path, How("parquet", last_line=10))[2]) == 10


def test_nested_columns_are_refused_by_name(tmp_path):
    path = table(tmp_path, {"id": [1], "tags": [["a"]], "who": [{"name": "Anna"}]})
    with pytest.raises(Nested, match="“tags”, “who” hold lists"):
        guessed(path, name=path.name)


def test_half_a_file_is_damaged(tmp_path):
    whole = table(tmp_path, {"n": list(range(1000))}).read_bytes()
    for cut in (6, len(whole) // 2, len(whole) - 3):
        with pytest.raises(Damaged):
            guessed(written(tmp_path, whole[:cut], "file.parquet"), name="file.parquet")


def test_an_empty_table_has_no_rows(tmp_path):
    assert read(table(tmp_path, {"n": pa.array([], pa.int64())}))[2] == []
