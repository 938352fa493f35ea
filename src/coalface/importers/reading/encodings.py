"""Which encoding a text is written in, and what speaks for it; never a guess that hides itself."""

import codecs
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from unicodedata import category

BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# In the order in which one wins where several fit equally well.
CANDIDATES: Final = (
    "cp1252",
    "cp1250",
    "iso8859-2",
    "iso8859-15",
    "mac-roman",
    "cp850",
    "cp437",
    "mac-latin2",
)
ALPHABETS: Final = (
    "äöüßÄÖÜ",
    "éèêëàâçùûüîïôœæÉÈÊÀÂÇÎÔŒ",
    "áéíóúñüÁÉÍÓÚÑ",
    "àèéìòùÀÈÉÌÒÙ",
    "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ",
    "ëïéèöüáóÉ",
    "áčďéěíňóřšťúůýžÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ",
    "áéíóöőúüűÁÉÍÓÖŐÚÜŰ",
    "åäöæøéÅÄÖÆØÉ",
    "ãõáâàçéêíóôúÃÕÁÂÀÇÉÊÍÓÔÚ",
    "čćđšžČĆĐŠŽ",
    "ăâîșțşţĂÂÎȘȚ",
)
IN_WORDS: Final = "’·\u00ad®™”“»…–—\u00a0\u202f"
MARKS: Final = frozenset("–—’‘“”„‚…€£§°·«»™®©¿¡º²³½¼¾×±•\u00a0\u202f")
LEAST_SENSE: Final = 0.4
ENOUGH: Final = 24
MOST_MARKED: Final = 0.6
PIECE: Final = 256 * 1024


@dataclass(frozen=True, slots=True)
class Encoding:
    """A guess, whether anything else could be meant, and words that show it with what else they could be."""

    name: str
    sure: bool = True
    words: tuple[tuple[str, tuple[str, ...]], ...] = ()  # encoding → some words as they would read


def encoding_of(sample: bytes) -> Encoding:
    """The encoding that makes the most sense of some bytes."""
    for mark, name in BOMS:
        if sample.startswith(mark):
            return Encoding(name)
    if wide := _without_mark(sample):
        return Encoding(wide)
    if sample.isascii():
        return Encoding("utf-8-sig")
    if _reads(sample, "utf-8"):
        return Encoding("utf-8-sig", words=(("utf-8-sig", _words(sample, "utf-8")),))
    return _legacy(sample)


def _without_mark(sample: bytes) -> str:
    """UTF-16 without its mark: every second byte of the usual letters is NUL."""
    some = sample[:4096]
    pairs = len(some) // 2
    if pairs < 2:
        return ""
    even, odd = some[0::2].count(0), some[1::2].count(0)
    if odd > 0.6 * pairs and even < 0.1 * pairs:
        return "utf-16-le"
    if even > 0.6 * pairs and odd < 0.1 * pairs:
        return "utf-16-be"
    return ""


def _reads(sample: bytes, encoding: str) -> bool:
    """Whether bytes can be decoded, but for a character cut off at the end."""
    try:
        codecs.getincrementaldecoder(encoding)().decode(sample)
    except UnicodeDecodeError:
        return False
    return True


def _legacy(sample: bytes) -> Encoding:
    scored = []
    for place, name in enumerate(CANDIDATES):
        if _reads(sample, name):
            text = sample.decode(name, errors="ignore")
            scored.append((_sense(text), -place, name))
    scored.sort(reverse=True)
    if not scored or scored[0][0] < LEAST_SENSE:
        other = _told(sample) or "latin-1"  # the last reads anything
        return Encoding(other, sure=False, words=((other, _words(sample, other)),))
    best, _place, name = scored[0]
    words = _words(sample, name)
    others = [(each, _words(sample, each)) for sense, _p, each in scored[1:] if sense > best - 0.25]
    different = [(each, read) for each, read in others if read != words]
    return Encoding(name, sure=not different and best > 0.8, words=((name, words), *different[:3]))


def _told(sample: bytes) -> str:
    """What charset-normalizer makes of it: Greek, Cyrillic, Japanese and others we have no alphabet for."""
    from charset_normalizer import from_bytes

    if sum(byte > 0x7F for byte in sample) < ENOUGH:
        return ""
    best = from_bytes(sample[:PIECE]).best()
    return best.encoding.replace("_", "-") if best and best.encoding not in {"ascii", "utf_8"} else ""


def _sense(text: str) -> float:
    """How much of the marked letters one language would write just there: 1 is all, below 0 nonsense."""
    found: list[str] = []
    wrong = 0.0
    previous = " "
    for place, letter in enumerate(text):
        if letter >= "\x80":
            after = text[place + 1 : place + 2] or " "
            found.append(letter)
            wrong += _wrong(letter, previous, after)
        previous = letter
    letters = [letter for letter in found if letter not in MARKS]
    known = max((sum(letter in alphabet for letter in letters) for alphabet in ALPHABETS), default=0)
    if len(letters) >= ENOUGH and len(letters) > MOST_MARKED * sum(map(str.isalpha, text)):
        return 0.0  # no language of ours writes so: it will be another script
    return (known + (len(found) - len(letters)) * 0.8 - wrong) / max(1, len(found))


def _wrong(letter: str, before: str, after: str) -> float:
    if "\x80" <= letter < "\xa0" or "\u2500" <= letter <= "\u259f":
        return 2
    if letter.isupper() and before.islower():
        return 1.5
    if letter.islower() and before.isupper() and after.isupper():
        return 1
    if not _is_letter(letter) and letter not in IN_WORDS and before.isalpha():
        return 1.5 if after.isalpha() else 0.8
    return 0


def _is_letter(letter: str) -> bool:
    return category(letter) in {"Lu", "Ll", "Lt", "Lo"} and letter not in "ªº"


def _words(sample: bytes, encoding: str) -> tuple[str, ...]:
    """Some words with letters that not every encoding shares."""
    text = sample.decode(encoding, errors="ignore")
    cleaned = "".join(letter if letter.isalnum() or letter >= "\x80" else " " for letter in text)
    words = dict.fromkeys(word[:30] for word in cleaned.split() if not word.isascii())
    return tuple(words)[:5]


def better_than(encoding: str, around: bytes, path: Path) -> str:
    """An encoding that fits where the given one did not."""
    with path.open("rb") as raw:
        start = raw.read(4)
    if (guess := encoding_of(start)).name.startswith("utf-16") and start[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return guess.name
    name = encoding_of(around).name
    return name if name != encoding else "latin-1"
