"""Files that are not what they say, and files that want all the memory there is."""

import gzip
import tracemalloc
import zlib

import pytest

from coalface.importers.reading import Bomb, CannotRead, How, NotAFile, NotATable, guessed, opened
from tests.importers.reading.files import written

MEGABYTE = 1024 * 1024


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7\n", "a PDF; where its words matter"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\xff\xd8\xff\xe0", "a picture"),
        (b"Rar!\x1a\x07", "unpack it first"),
        (b"<!DOCTYPE html><table><tr><td>1</table>", "a page of the web"),
        (b"\xef\xbb\xbf<html xmlns:x='excel'>", "a page of the web"),
        (b"<?xml version='1.0'?><Workbook/>", "XML"),
        (b"{\\rtf1", "a written document"),
        (bytes(range(256)) * 40, "not text"),
        (b"\0" * 4096, "not text"),
    ],
    ids=["pdf", "png", "jpeg", "rar", "html", "html-xls", "xml", "rtf", "noise", "nul"],
)
def test_what_is_no_table_says_what_it_is(tmp_path, content, said):
    path = written(tmp_path, content, "list.csv")
    with pytest.raises(NotATable, match=said):
        guessed(path, name=path.name)


def test_a_picture_in_an_archive_is_one_too(tmp_path):
    path = written(tmp_path, gzip.compress(b"\x89PNG\r\n\x1a\n"), "list.csv.gz")
    with pytest.raises(NotATable, match="a picture"):
        guessed(path, name=path.name)


def test_a_folder_and_nothing_are_no_file(tmp_path):
    for path in (tmp_path, tmp_path / "missing.csv"):
        with pytest.raises(NotAFile, match="is no file"):
            guessed(path, name=path.name)


@pytest.mark.parametrize("code", ["csv", "jsonl"])
def test_a_bomb_of_gzip_stops_early(tmp_path, code):
    packed = zlib.compressobj(9, wbits=31)
    line = b'{"id": "' + b"0" * (MEGABYTE - 11) + b'"}\n'
    path = written(
        tmp_path, b"".join(packed.compress(line) for _megabyte in range(400)) + packed.flush(), "bomb.csv.gz"
    )
    with pytest.raises(Bomb), opened(path, How(code, columns=("id",)), name=path.name) as table:
        for _row in table.rows():
            pass


def test_every_reason_has_a_code_of_its_own():
    def below(kind):
        return {kind, *(each for child in kind.__subclasses__() for each in below(child))}

    ours = [each for each in below(CannotRead) if each.__module__.startswith("coalface.importers.reading")]
    codes = [each.code for each in ours]
    assert len(set(codes)) == len(codes)


def test_a_large_file_needs_no_more_memory_than_a_small_one(tmp_path):
    path = tmp_path / "large.csv"
    with path.open("w") as file:
        file.write("id,when,text\n")
        for number in range(300_000):
            file.write(f'{number},2026-01-02,"It took {number} minutes until somebody answered, again"\n')
    how = guessed(path, name=path.name)
    tracemalloc.start()
    with opened(path, how, name=path.name) as table:
        count = sum(1 for _row in table.rows())
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (count, most < 12 * MEGABYTE) == (300_000, True), most
