"""Research reports are read page by page, and what cannot be read says why."""

from pathlib import Path

import pytest

from coalface.edges.papers import NotReadable, Paper, read_paper
from tests.edges import papers


def read(path: Path, name: str = "", **limits: int) -> Paper:
    given = {"most_bytes": 20 * 2**20, "most_pages": 400, "seconds": 30} | limits
    return read_paper(path, name=name or path.name, **given)


def refused(path: Path, name: str = "", **limits: int) -> str:
    with pytest.raises(NotReadable) as wrong:
        read(path, name, **limits)
    return wrong.value.code


def kept(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_a_pdf_is_read_page_by_page(tmp_path: Path):
    path = kept(tmp_path, "waiting.pdf", papers.pdf("Zürich: I waited.", "", "Nobody told me."))
    paper = read(path)
    assert paper == Paper("pdf", ("Zürich: I waited.", "", "Nobody told me."))
    assert paper.pictures == (2,)


def test_a_word_document_is_read_by_headings_and_page_breaks(tmp_path: Path):
    paper = read(papers.word(tmp_path / "waiting.docx"))
    assert paper.pages == (
        "How people wait\n“I stood there for twenty minutes”, said a woman of 34.",
        "What they would change\nA bench would do.\nWants a bench | 14 of 20",
        "Annex: who was asked.",
    )


def test_notes_are_cut_at_headings(tmp_path: Path):
    path = kept(tmp_path, "notes.md", "# One\nMüller waited.\r\n\r\n# Two\nNobody came.".encode("cp1252"))
    assert read(path).pages == ("# One\nMüller waited.", "# Two\nNobody came.")


def test_long_notes_are_cut_at_a_blank_line(tmp_path: Path):
    path = kept(tmp_path, "notes.txt", ("\n\n".join([("word " * 300).strip()] * 4)).encode())
    assert [len(page) for page in read(path).pages] == [3_000, 3_000]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("pictures.pdf", papers.pdf("", ""), "empty"),
        ("locked.pdf", papers.locked_pdf(), "encrypted"),
        ("torn.pdf", b"%PDF-1.7\nnothing of the kind", "broken"),
        ("torn.docx", b"PK\x03\x04 nothing of the kind", "broken"),
        ("locked.docx", b"\xd0\xcf\x11\xe0" + bytes(100), "encrypted"),
        ("slides.pptx", b"PK\x03\x04", "kind"),
        ("notes.txt", b"PK\x03\x04", "kind"),
        ("notes.txt", bytes(range(1, 31)) * 40, "binary"),
        ("nothing.txt", b" \n ", "empty"),
    ],
    ids=["pictures", "locked", "torn", "torn-word", "locked-word", "slides", "packed", "binary", "nothing"],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, name: str, content: bytes, code: str):
    assert refused(kept(tmp_path, name, content)) == code


def test_a_document_with_a_program_in_it_is_refused(tmp_path: Path):
    source = papers.word(tmp_path / "waiting.docx")
    assert refused(papers.with_macro(source, tmp_path / "waiting.docm")) == "macro"


def test_a_document_that_would_unpack_without_end_is_refused(tmp_path: Path):
    assert refused(papers.bomb(tmp_path / "small.docx")) == "bomb"


def test_a_file_that_is_too_large_or_too_long_is_refused(tmp_path: Path):
    path = kept(tmp_path, "long.pdf", papers.pdf("one", "two", "three"))
    assert refused(path, most_pages=2) == "too_many_pages"
    assert refused(path, most_bytes=100) == "too_large"
