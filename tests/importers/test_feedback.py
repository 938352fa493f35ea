"""A file of feedback goes in once, row by row, and says what it could not use."""

import gzip
import tomllib
from datetime import UTC, datetime

import pytest

from coalface.customers.actions import NewCustomer, add_customers
from coalface.importers.actions import SomebodyElseCarries, bring_in
from coalface.importers.cells import AmbiguousColumns, MissingColumns
from coalface.importers.feedback.map import WrongMap, map_of, read_map
from coalface.importers.reading import CannotRead, Damaged, Empty, WrongEncoding
from coalface.records.models import Event, Feedback, ImportRun, Verbatim
from tests.importers.test_map import MAPS
from tests.people import NOW

pytestmark = pytest.mark.django_db

MAP = """
source = "web"
dates = ["%d.%m.%Y", "iso"]
null = ["N/A"]
unit = {column = "Place", values = {N = "north", S = "south"}}
kind = {column = "Kind", values = {bad = "complaint", good = "compliment"}}
channel = {column = "Via"}
[columns]
id = "Id"
received_at = "Date"
text = "Text"
topic = "Topic"
nps = "NPS"
customer = "Customer"
"""
BARE = 'source = "web"\nkind = "need"\n[columns]\nid = "Id"\nreceived_at = "Date"'
HEADER = "Id,Date,Text,Topic,NPS,Customer,Place,Kind,Via\n"
GOOD = "{id},1.2.2026,Hello,Queue,9,,N,bad,form\n"


def read(path, *, map=MAP, by=None, now=NOW, progress=lambda progress: None):
    known = map_of(tomllib.loads(map))
    return bring_in(
        kind="feedback",
        path=path,
        reading=known.how,
        mapping=known.meaning,
        by=by,
        now=now,
        progress=progress,
    )


def write(tmp_path, *lines, header=HEADER, name="file.csv", encoding="utf-8"):
    path = tmp_path / name
    whole = (header + "".join(lines)).encode(encoding)
    path.write_bytes(gzip.compress(whole) if name.endswith(".gz") else whole)
    return path


def test_no_file_comes_under_a_name_of_ours(cast, tmp_path):
    with pytest.raises(WrongMap, match="source"):
        read(write(tmp_path, GOOD.format(id=1)), map=MAP.replace('"web"', '"say"'))


def counts(run):
    return run.taken_in, run.already_there, run.refused


def refusals(run):
    return list(run.refused_rows.values_list("line", "column", "reason"))


def good(*ids):
    return [GOOD.format(id=id) for id in ids]


def test_a_row_means_what_the_map_says(cast, tmp_path):
    add_customers(rows=[NewCustomer(name="Tom", reference="C-7", unit=cast.south)], by=None, now=NOW)
    path = write(tmp_path, 'A1,1.2.2026,"Two\nlines, ""quoted""",Queue,9.0,C-7,S,good,form\n')
    run = read(path, by=cast.adam)
    kept = Feedback.objects.get()
    assert kept.verbatim.text == 'Two\nlines, "quoted"'
    assert (kept.source, kept.source_id, kept.topic, kept.nps) == ("web", "A1", "Queue", 9)
    assert (kept.kind, kept.channel, kept.unit, kept.customer.name) == (
        "compliment",
        "form",
        cast.south,
        "Tom",
    )
    assert kept.received_at == datetime(2026, 1, 31, 23, tzinfo=UTC)  # midnight where the unit is
    assert (kept.run, counts(run), run.line) == (run, (1, 0, 0), 3)
    assert (run.source, run.file_name, run.started_at, run.ended_at) == ("web", "file.csv", NOW, NOW)


def test_a_null_word_is_nothing(cast, tmp_path):
    read(write(tmp_path, "A1,1.2.2026,N/A,N/A,N/A,N/A,N,bad,N/A\n"))
    kept = Feedback.objects.get()
    assert (kept.verbatim, kept.topic, kept.nps, kept.customer, kept.channel) == (None, "", None, None, "")


def test_without_a_unit_the_whole_organisation_is_meant(cast, tmp_path):
    path = write(tmp_path, "A1,2026-02-01T10:00:00+00:00\n", header="Id,Date\n")
    read(
        path,
        map=BARE.replace("[columns]", 'time_zone = "Asia/Tokyo"\n[columns]'),
    )
    kept = Feedback.objects.get()
    assert (kept.unit, kept.received_at) == (cast.root, datetime(2026, 2, 1, 10, tzinfo=UTC))


def test_the_time_zone_of_the_map_goes_before_that_of_the_unit(cast, tmp_path):
    read(write(tmp_path, *good("A1")), map='time_zone = "Asia/Tokyo"\n' + MAP)
    assert Feedback.objects.get().received_at == datetime(2026, 1, 31, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "refusal"),
    [
        (",1.2.2026,Hi,,,,N,bad,\n", (2, "Id", "no_id")),
        ("A,31.2.2026,Hi,,,,N,bad,\n", (2, "Date", "bad_date")),
        ("A,,Hi,,,,N,bad,\n", (2, "Date", "bad_date")),
        ("A,1.2.0026,Hi,,,,N,bad,\n", (2, "Date", "bad_date")),
        ("A,1.2.9999,Hi,,,,N,bad,\n", (2, "Date", "bad_date")),
        ("A,5.3.2026,Hi,,,,N,bad,\n", (2, "Date", "in_the_future")),
        ("A,1.2.2026,Hi,,11,,N,bad,\n", (2, "NPS", "bad_score")),
        ("A,1.2.2026,Hi,,9.5,,N,bad,\n", (2, "NPS", "bad_score")),
        ("A,1.2.2026,Hi,,-1,,N,bad,\n", (2, "NPS", "bad_score")),
        ("A,1.2.2026,Hi,,,,X,bad,\n", (2, "Place", "unknown_unit")),
        ("A,1.2.2026,Hi,,,,,bad,\n", (2, "Place", "unknown_unit")),
        ("A,1.2.2026,Hi,,,,N,ugly,\n", (2, "Kind", "unknown_kind")),
        ("A,1.2.2026,H\0i,,,,N,bad,\n", (2, "Text", "nul_byte")),
        ("A,1.2.2026,Hi,,,C\0,N,bad,\n", (2, "Customer", "nul_byte")),
        (f"A,1.2.2026,Hi,{'x' * 121},,,N,bad,\n", (2, "Topic", "too_long")),
        (f"{'x' * 121},1.2.2026,Hi,,,,N,bad,\n", (2, "Id", "too_long")),
        (f"A,1.2.2026,Hi,,,,N,bad,{'x' * 25}\n", (2, "Via", "too_long")),
        (f"A,1.2.2026,{'x' * 5_000_000},,,,N,bad,\n", (2, "Text", "too_long")),
        (f"A,1.2.2026,{'x' * 17_000_000},,,,N,bad,\n", (2, "", "too_long")),
        ("A,1.2.2026,Hi\n", (2, "", "wrong_number_of_columns")),
        ("A,1.2.2026,Hi,,,,N,bad,,,more\n", (2, "", "wrong_number_of_columns")),
    ],
)
def test_a_row_that_cannot_be_used_is_named_and_the_next_one_goes_in(cast, tmp_path, line, refusal):
    run = read(write(tmp_path, line, *good("B")))
    assert (counts(run), refusals(run)) == ((1, 0, 1), [refusal])
    assert Feedback.objects.get().source_id == "B"


def test_a_value_outside_a_list_of_channels_is_refused(cast, tmp_path):
    run = read(write(tmp_path, *good("A")), map=MAP.replace('"Via"}', '"Via", values = {web = "web"}}'))
    assert refusals(run) == [(2, "Via", "unknown_channel")]


def test_an_unknown_customer_is_kept_out_or_refused_as_the_map_says(cast, tmp_path):
    path = write(tmp_path, "A,1.2.2026,Hi,,,C-9,N,bad,\n")
    assert counts(read(path)) == (1, 0, 0)
    assert Feedback.objects.get().customer is None
    path = write(tmp_path, "B,1.2.2026,Hi,,,C-9,N,bad,\n")
    assert refusals(read(path, map='unknown_customer = "refuse"\n' + MAP)) == [
        (2, "Customer", "unknown_customer")
    ]


def test_lines_are_those_an_editor_shows(cast, tmp_path):
    path = write(
        tmp_path, *good("A"), "\n", 'B,1.2.2026,"one\ntwo",,,,N,bad,\n', "C,never,Hi,,,,N,bad,\n", *good("D")
    )
    run = read(path)
    assert (refusals(run), run.line) == ([(6, "Date", "bad_date")], 7)


@pytest.mark.parametrize("name", ["file.csv", "file.csv.gz"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_packed_or_not_with_a_mark_or_not(cast, tmp_path, name, encoding):
    assert counts(read(write(tmp_path, *good("A", "B"), name=name, encoding=encoding))) == (2, 0, 0)


def test_the_same_file_twice_changes_nothing(cast, tmp_path):
    path = write(tmp_path, *good("A", "B"), "C,never,Hi,,,,N,bad,\n")
    assert counts(read(path)) == (2, 0, 1)
    before = list(Feedback.objects.values())
    assert counts(read(path)) == (0, 2, 1)
    assert list(Feedback.objects.values()) == before
    assert Verbatim.objects.count() == 2
    assert Event.objects.filter(kind="feedback.taken_in").count() == 1


class PulledThePlug(Exception):
    """Somebody pulled the plug."""


def test_a_run_that_was_stopped_goes_on_at_its_line(cast, tmp_path):
    path = write(tmp_path, *good(*range(1500)), "X,never,Hi,,,,N,bad,\n", *good(*range(2000, 3000)))

    def stop(progress):
        if progress.taken_in:
            raise PulledThePlug

    with pytest.raises(PulledThePlug):
        read(path, progress=stop)
    stopped = ImportRun.objects.get()
    assert (stopped.line, counts(stopped), stopped.ended_at) == (1001, (1000, 0, 0), None)
    seen = []
    run = read(path, progress=seen.append)
    assert (run.pk, counts(run), refusals(run)) == (stopped.pk, (2500, 0, 1), [(1502, "Date", "bad_date")])
    assert (run.line, run.ended_at) == (2502, NOW)
    assert [each.line for each in seen] == [1001, 2001, 2502, 2502]
    size = path.stat().st_size
    assert (seen[0].bytes_total, seen[-1].bytes_read, seen[-1].taken_in) == (size, size, 2500)
    assert list(Event.objects.filter(kind__startswith="import.").values_list("kind", "payload")) == [
        ("import.started", {}),
        ("import.tried", {"rows": 2501, "refused": 1}),
        ("import.approved", {}),
        ("import.resumed", {"line": 1001}),
        ("import.finished", {}),
    ]


def test_another_map_is_another_run(cast, tmp_path):
    path = write(tmp_path, *good("A"))
    read(path)
    assert counts(read(path, map=MAP.replace('"web"', '"app"', 1))) == (1, 0, 0)
    assert ImportRun.objects.values("fingerprint").distinct().count() == 2


def test_two_at_once_do_not_count_twice(cast, tmp_path):
    path = write(tmp_path, *good(*range(1500)))

    def second(progress):
        if progress.line == 1001:
            read(path)

    with pytest.raises(SomebodyElseCarries):
        read(path, progress=second)
    assert counts(ImportRun.objects.get()) == (1500, 0, 0)


def test_a_file_in_another_encoding_says_where_and_what_to_try(cast, tmp_path):
    path = write(tmp_path, *good("A"), "B,1.2.2026,Zürich – schön,,,,N,bad,\n", encoding="cp1252")
    with pytest.raises(WrongEncoding) as wrong:
        read(path)
    assert (wrong.value.line, wrong.value.better) == (3, "cp1252")
    assert "Line 3" in str(wrong.value)
    assert "cp1252" in str(wrong.value)
    assert not ImportRun.objects.exists()
    assert counts(read(path, map='encoding = "cp1252"\n' + MAP)) == (2, 0, 0)


@pytest.mark.parametrize(
    ("encoding", "map_encoding", "better"),
    [("utf-16", "utf-8", "utf-16"), ("utf-8", "ascii", "utf-8-sig"), ("latin-1", "utf-8", "latin-1")],
)
def test_what_to_try_is_found_out(cast, tmp_path, encoding, map_encoding, better):
    path = write(tmp_path, "B,1.2.2026,Zürich\x81,,,,N,bad,\n", encoding=encoding)
    with pytest.raises(WrongEncoding) as wrong:
        read(path, map=f'encoding = "{map_encoding}"\n' + MAP)
    assert wrong.value.better == better


def test_a_file_cut_in_the_middle_of_a_letter(cast, tmp_path):
    path = write(tmp_path, *good("A"))
    path.write_bytes(path.read_bytes() + "B,1.2.2026,ü".encode()[:-1])
    with pytest.raises(WrongEncoding) as wrong:
        read(path)
    assert wrong.value.line == 3


def test_a_damaged_archive_is_refused_before_anything_goes_in(cast, tmp_path):
    path = write(tmp_path, *good(*range(3000)), name="file.csv.gz")
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(Damaged, match=r"file\.csv\.gz"):
        read(path)
    path.write_bytes(b"no archive")
    with pytest.raises(Damaged):
        read(path)
    assert not Feedback.objects.exists()


@pytest.mark.parametrize("whole", ["", "\n\n", "\ufeff"])
def test_an_empty_file_is_refused(cast, tmp_path, whole):
    with pytest.raises(Empty):
        read(write(tmp_path, header=whole))


def test_a_file_with_names_alone_is_read_and_done(cast, tmp_path):
    run = read(write(tmp_path))
    assert (counts(run), run.ended_at) == ((0, 0, 0), NOW)


def test_all_missing_columns_are_named_at_once(cast, tmp_path):
    with pytest.raises(MissingColumns) as wrong:
        read(write(tmp_path, header="Id, Text ,Topic,NPS,Customer,Via\n"))
    assert wrong.value.missing == ("Date", "Place", "Kind")
    assert "“Date” and no column “Place”" in str(wrong.value)


def test_a_wanted_name_that_stands_there_twice_is_refused(cast, tmp_path):
    with pytest.raises(AmbiguousColumns) as wrong:
        read(write(tmp_path, header=HEADER.strip() + ",Id,Other,Other\n"))
    assert wrong.value.twice == ("Id",)


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (('"south"', '"mars"'), "unit.values.S"),
        (('unit = {column = "Place", values = {N = "north", S = "south"}}', 'unit = "mars"'), "unit"),
    ],
)
def test_a_map_to_a_unit_that_is_not_there_is_refused(cast, tmp_path, change, key):
    with pytest.raises(WrongMap) as wrong:
        read(write(tmp_path), map=MAP.replace(*change))
    assert wrong.value.key == key


def test_without_an_organisation_nothing_can_be_read(db, tmp_path):
    path = write(tmp_path, header="Id,Date\n")
    with pytest.raises(CannotRead, match="organisation"):
        read(path, map=BARE)


@pytest.mark.real
def test_four_thousand_real_complaints_go_in_once(cast, real_data):
    map = read_map(MAPS / "cfpb.toml")
    path = real_data / "cfpb" / "complaints.csv.gz"
    given = {"kind": "feedback", "path": path, "reading": map.how, "mapping": map.meaning}
    assert counts(bring_in(**given, by=cast.adam, now=NOW)) == (4390, 0, 0)
    assert Feedback.objects.exclude(verbatim=None).count() == 1031
    first = Feedback.objects.get(source_id="3146310")
    assert first.received_at == datetime(2019, 2, 8, 5, tzinfo=UTC)
    assert (first.channel, first.verbatim, first.unit) == ("web", None, cast.root)
    assert counts(bring_in(**given, by=cast.adam, now=NOW)) == (0, 4390, 0)
