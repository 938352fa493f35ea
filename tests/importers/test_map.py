"""A map says what is wrong with it, by the key."""

import tomllib
from pathlib import Path

import pytest

from coalface.importers.feedback.map import Choice, WrongMap, map_of, read_map

MAPS = Path(__file__).parents[2] / "docs" / "using" / "maps"
LEAST = """
source = "web"
kind = "complaint"
[columns]
id = "Id"
received_at = "Date"
"""


def test_the_least_a_map_says():
    map = map_of(tomllib.loads(LEAST))
    assert map.wanted == ("Id", "Date")
    assert (map.source, map.kind, map.unit) == ("web", Choice(always="complaint"), Choice())
    assert (map.encoding, map.delimiter, map.dates, map.null) == ("utf-8-sig", ",", ("iso",), frozenset({""}))


def test_columns_that_choose_are_wanted_too():
    map = map_of(tomllib.loads('unit.column = "Place"\nunit.values = {A = "north"}\n' + LEAST))
    assert map.wanted == ("Id", "Date", "Place")
    assert [map.unit.of(written) for written in ("A", "B")] == ["north", None]


@pytest.mark.parametrize("path", sorted(MAPS.glob("*.toml")), ids=lambda path: path.name)
def test_the_maps_we_ship_are_right(path):
    assert read_map(path).source


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (("source = ", "sauce = "), "sauce"),
        (('source = "web"', ""), "source"),
        (('source = "web"', "source = 3"), "source"),
        (('source = "web"', 'source = " "'), "source"),
        (('source = "web"', f'source = "{"x" * 41}"'), "source"),
        (('kind = "complaint"', ""), "kind"),
        (('kind = "complaint"', 'kind = "rant"'), "kind"),
        (('kind = "complaint"', "kind = 1"), "kind"),
        (('kind = "complaint"', 'kind.values = {a = "like"}'), "kind.column"),
        (('kind = "complaint"', 'kind = {column = "K", values = {a = "rant"}}'), "kind.values.a"),
        (('kind = "complaint"', 'kind = {column = "K", other = 1}'), "kind.other"),
        (("[columns]", 'encoding = "klingon"\n[columns]'), "encoding"),
        (("[columns]", 'encoding = "base64"\n[columns]'), "encoding"),
        (("[columns]", 'delimiter = "||"\n[columns]'), "delimiter"),
        (("[columns]", "dates = []\n[columns]"), "dates"),
        (("[columns]", 'dates = ["dd.mm.yyyy"]\n[columns]'), "dates"),
        (("[columns]", 'dates = "iso"\n[columns]'), "dates"),
        (("[columns]", 'time_zone = "Mars/Olympus"\n[columns]'), "time_zone"),
        (("[columns]", 'time_zone = "../etc"\n[columns]'), "time_zone"),
        (("[columns]", "null = [1]\n[columns]"), "null"),
        (("[columns]", 'unknown_customer = "shrug"\n[columns]'), "unknown_customer"),
        (('id = "Id"', ""), "columns.id"),
        (('id = "Id"', 'id = "Id"\ncolour = "C"'), "columns.colour"),
        (('id = "Id"', "id = 1"), "columns.id"),
        (('[columns]\nid = "Id"\nreceived_at = "Date"', "columns = 1"), "columns"),
        (('[columns]\nid = "Id"\nreceived_at = "Date"', ""), "columns.id"),
    ],
)
def test_what_is_wrong_is_named(change, key):
    with pytest.raises(WrongMap) as wrong:
        map_of(tomllib.loads(LEAST.replace(*change)))
    assert wrong.value.key == key
    assert key in str(wrong.value)


@pytest.mark.parametrize("written", [b"source = ", b'source = "\xff"'])
def test_a_file_that_is_no_toml_is_named(tmp_path, written):
    (tmp_path / "mine.toml").write_bytes(written)
    with pytest.raises(WrongMap, match=r"mine\.toml"):
        read_map(tmp_path / "mine.toml")
