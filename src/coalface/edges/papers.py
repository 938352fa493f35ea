"""Research reports in: a PDF page by page, a Word document or notes section by section, as plain words.

A file from elsewhere is read in a process of its own, with bounds on time and memory: whatever a broken or
wicked one makes the reader do, the web server goes on.
"""

import json
import re
import resource
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

PDF, WORD, NOTES = "pdf", "word", "notes"
ENDINGS: Final = {
    ".pdf": PDF, ".docx": WORD, ".docm": WORD, ".txt": NOTES, ".md": NOTES, ".markdown": NOTES, "": NOTES,
}  # fmt: skip
MOST_MEMORY: Final = 1_500 * 2**20
MOST_UNPACKED: Final = 300 * 2**20
MOST_WORDS: Final = 100_000
SECTION: Final = 3_000
NOT_TEXT: Final = (b"%PDF", b"PK\x03\x04", b"\x7fELF", b"{\\rtf", b"\xd0\xcf\x11\xe0")
MARKS: Final = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufeff\ud800-\udfff]")
HYPHEN: Final = re.compile(r"(?<=[^\W\d_])[-\u00ad]\n(?=[a-zà-ÿ])")
CODES: Final = (
    "binary", "broken", "bomb", "empty", "encrypted", "kind", "macro", "too_large", "too_many_pages",
    "too_slow",
)  # fmt: skip


class NotReadable(Exception):
    """No words can be had from it; `code` is one of CODES."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Paper:
    """What a report says, page by page; a page that is only a picture is empty."""

    form: str
    pages: tuple[str, ...]

    @property
    def pictures(self) -> tuple[int, ...]:
        """The numbers of the pages without a word."""
        return tuple(number for number, words in enumerate(self.pages, 1) if not words)


def read_paper(path: Path, *, name: str, most_bytes: int, most_pages: int, seconds: int) -> Paper:
    """The words of a file; `NotReadable` where there are none, or where reading it would be unwise."""
    form = _form(path, name)
    if path.stat().st_size > most_bytes:
        raise NotReadable("too_large")
    command = [sys.executable, "-m", "coalface.edges.papers", str(path), form, str(most_pages), str(seconds)]
    try:
        done = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, timeout=seconds + 5)
    except subprocess.TimeoutExpired as slow:
        raise NotReadable("too_slow") from slow
    try:
        found = json.loads(done.stdout)
    except ValueError as nothing:  # it was ended from outside: out of memory, or out of time
        raise NotReadable("too_slow" if done.returncode < 0 else "broken") from nothing
    if "code" in found:
        raise NotReadable(found["code"])
    return Paper(form, tuple(found["pages"]))


def _form(path: Path, name: str) -> str:
    form = ENDINGS.get(Path(name).suffix.lower())
    with path.open("rb") as file:
        head = file.read(1024)
    if head.lstrip().startswith(b"%PDF"):
        return PDF
    if form is None or (form == NOTES and head.startswith(NOT_TEXT)):
        raise NotReadable("kind")
    return form


# In the process of its own.


def _pages(path: Path, form: str, most: int) -> Iterator[str]:
    read = {PDF: _pdf, WORD: _word, NOTES: _notes}[form]
    for number, words in enumerate(read(path), 1):
        if number > most:
            raise NotReadable("too_many_pages")
        yield _plain(words)


def _plain(words: str) -> str:
    text = MARKS.sub("", words.replace("\r\n", "\n").replace("\r", "\n"))
    lines = [" ".join(line.split()) for line in HYPHEN.sub("", text).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()[:MOST_WORDS]


def _pdf(path: Path) -> Iterator[str]:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise NotReadable("encrypted")
        for page in reader.pages:
            yield page.extract_text()
    except (
        PyPdfError,
        OSError,
        ValueError,
        LookupError,
        TypeError,
        ArithmeticError,
        AttributeError,
    ) as wrong:
        raise NotReadable("broken") from wrong


def _word(path: Path) -> Iterator[str]:
    from docx import Document
    from docx.opc.exceptions import OpcError

    _safe_to_unpack(path)
    try:
        yield from _sections(Document(str(path)))
    except (OpcError, OSError, ValueError, LookupError, SyntaxError, AttributeError) as wrong:
        raise NotReadable("broken") from wrong


def _safe_to_unpack(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as packed:
            inside = packed.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as wrong:
        head = path.open("rb").read(4)
        raise NotReadable("encrypted" if head == b"\xd0\xcf\x11\xe0" else "broken") from wrong
    if any(one.filename.endswith("vbaProject.bin") for one in inside):
        raise NotReadable("macro")
    if sum(one.file_size for one in inside) > MOST_UNPACKED:
        raise NotReadable("bomb")


def _sections(document: Any) -> Iterator[str]:
    """What stands between two main headings or page breaks; tables are read row by row."""
    from docx.table import Table

    words: list[str] = []
    for piece in document.iter_inner_content():
        if isinstance(piece, Table):
            words += [" | ".join(cell.text for cell in row.cells) for row in piece.rows]
            continue
        if words and _begins_a_section(piece):
            yield "\n".join(words)
            words = []
        words.append(piece.text)
    yield "\n".join(words)


def _begins_a_section(paragraph: Any) -> bool:
    style = (paragraph.style.name or "") if paragraph.style is not None else ""
    broken = 'w:br w:type="page"' in paragraph._p.xml if "w:type" in paragraph._p.xml else False
    return style in {"Heading 1", "Title"} or broken or bool(paragraph.paragraph_format.page_break_before)


def _notes(path: Path) -> Iterator[str]:
    """Notes are cut where they say so – a form feed, a main heading – and else at a blank line."""
    content = path.read_bytes()
    try:
        text = content.decode("utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if sum(1 for sign in text if sign < " " and sign not in "\n\r\t\f\v") * 50 > len(text):
        raise NotReadable("binary")
    for part in re.split(r"\f|^(?=# )", text.replace("\r\n", "\n"), flags=re.MULTILINE):
        if part.strip():
            yield from _cut(part)


def _cut(part: str) -> Iterator[str]:
    section = ""
    for paragraph in re.split(r"\n\s*\n", part):
        if section and len(section) + len(paragraph) > SECTION:
            yield section
            section = ""
        section = f"{section}\n\n{paragraph}" if section else paragraph
    yield section


def main(arguments: list[str]) -> int:
    """Write the pages, or the code of what is wrong, as JSON."""
    path, form, most, seconds = Path(arguments[0]), arguments[1], int(arguments[2]), int(arguments[3])
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    try:
        pages = list(_pages(path, form, most))
        answer: dict[str, object] = {"pages": pages} if any(pages) else {"code": "empty"}
    except NotReadable as refused:
        answer = {"code": refused.code}
    except (RecursionError, MemoryError):
        answer = {"code": "bomb"}
    sys.stdout.write(json.dumps(answer))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
