"""Small reports written by hand: PDFs with words, with pictures alone, and what nobody should open."""

import io
import zipfile
from pathlib import Path

DOCM = b"not really a program"


def pdf(*pages: str) -> bytes:
    """A PDF with one line of words to a page; an empty one is a page that is only a picture."""
    kids = " ".join(f"{3 + 2 * place} 0 R" for place in range(len(pages)))
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>"]
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    for place, words in enumerate(pages):
        content = f"BT /F1 12 Tf 72 720 Td ({_escaped(words)}) Tj ET" if words else "0 0 100 100 re f"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {4 + 2 * place} 0 R "
            f"/Resources << /Font << /F1 {font} >> >> >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    return _file(objects)


def _escaped(words: str) -> str:
    return words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _file(objects: list[str]) -> bytes:
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for number, one in enumerate(objects, 1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n{one}\nendobj\n".encode("cp1252"))
    start = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    out.write("".join(f"{place:010} 00000 n \n" for place in places).encode())
    out.write(f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF".encode())
    return out.getvalue()


def locked_pdf() -> bytes:
    """A PDF that wants a password."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf("Nobody may read this."))))
    writer.encrypt("a password", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def word(path: Path) -> Path:
    """A Word document with two main headings, a table and a page break."""
    from docx import Document

    document = Document()
    document.add_heading("How people wait", 1)
    document.add_paragraph("“I stood there for twenty minutes”, said a woman of 34.")
    document.add_heading("What they would change", 1)
    document.add_paragraph("A bench would do.")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Wants a bench", "14 of 20"
    document.add_page_break()
    document.add_paragraph("Annex: who was asked.")
    document.save(str(path))
    return path


def with_macro(source: Path, target: Path) -> Path:
    """The same document with a program in it."""
    with zipfile.ZipFile(source) as given, zipfile.ZipFile(target, "w") as packed:
        for one in given.infolist():
            packed.writestr(one, given.read(one))
        packed.writestr("word/vbaProject.bin", DOCM)
    return target


def bomb(target: Path) -> Path:
    """A small file that unpacks into a very large one."""
    with (
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed,
        packed.open("word/document.xml", "w") as file,
    ):
        for _ in range(320):
            file.write(bytes(2**20))
    return target
