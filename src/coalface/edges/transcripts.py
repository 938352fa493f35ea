"""Transcripts and notes in: bytes become turns of named voices; what is wrong is mended and counted."""

import codecs
import html
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import srt
import webvtt

VTT, SRT, TEXT, JSON = "vtt", "srt", "text", "json"
LONGEST_LABEL: Final = 80
PAUSE_SECONDS: Final = 1.0
STOPS: Final = (".", "!", "?", "…")
TIME = r"(-?)((?:\d{1,4}:)?\d{1,4}:\d{1,4}(?:[.,]\d{1,9})?)"
CUE: Final = re.compile(rf"^[ \t]*{TIME}[ \t]*-+>[ \t]*{TIME}(?:[ \t]+[a-z]+:\S*)*[ \t]*$", re.MULTILINE)
VOICE: Final = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^>\n]{1,200})>")
TAG: Final = re.compile(r"</?[a-z0-9:.][^<>\n]{0,200}>", re.IGNORECASE)
MARK: Final = re.compile(
    r"\{[a-z_ ]{1,30}\}|\[(?:music|musik|laughter|laughs|lachen|applause|applaus|inaudible|unverständlich|"
    r"crosstalk|noise|silence|blank_audio)\]",
    re.IGNORECASE,
)
LABEL: Final = re.compile(
    r"^[ \t>*-]{0,4}(?:[\[(]?\d{1,2}:\d{2}(?::\d{2})?[\])]?[ \t]+)?"
    r"([^\W\d_][\w .,'’()&/-]{0,60}?)[ \t]*:(?:[ \t]+|$)"
)
# What JSON can write and no database holds: control characters, and halves of characters.
UNKEPT: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
NOT_TEXT: Final = (b"%PDF", b"PK\x03\x04", b"\x7fELF", b"{\\rtf")
SOUND: Final = (b"ID3\x02", b"ID3\x03", b"ID3\x04", b"OggS", b"fLaC", b"\x1aE\xdf\xa3")
FRAMES: Final = (b"\xff\xfb", b"\xff\xfa", b"\xff\xf3", b"\xff\xf2", b"\xff\xf1", b"\xff\xf9")
BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class NotReadable(Exception):
    """Nothing can be read from it; `code` says why: too_large, binary, empty or unknown_json."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Turn:
    """What one voice said without a break; `times` says of each word when, if the file knows."""

    voice: str
    words: tuple[str, ...]
    times: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Talk:
    """What a file holds, as it was understood; `mended` counts what was wrong with it, by kind."""

    source: str
    turns: tuple[Turn, ...]
    mended: dict[str, int]

    @property
    def voices(self) -> tuple[str, ...]:
        """Everybody who speaks, in the order in which they begin."""
        return tuple(dict.fromkeys(turn.voice for turn in self.turns))


def is_recording(content: bytes) -> bool:
    """Whether this is sound or film, whatever its name says."""
    head = content[:12]
    boxed = head[4:8] == b"ftyp" or (head[:4] == b"RIFF" and head[8:12] in {b"WAVE", b"AVI "})
    return boxed or head.startswith((*SOUND, *FRAMES))


def read(content: bytes, *, most_bytes: int) -> Talk:
    """Turns of voices in the order in which they were said, whichever of the four forms the file has."""
    if len(content) > most_bytes:
        raise NotReadable("too_large")
    mended: Counter[str] = Counter()
    text = _text(content, mended)
    source, turns = _turns(text, mended)
    kept = tuple(turn for turn in turns if turn.words)
    if not kept:
        raise NotReadable("empty")
    return Talk(source, kept, dict(+mended))


def _text(content: bytes, mended: Counter[str]) -> str:
    if content.startswith(NOT_TEXT) or is_recording(content):
        raise NotReadable("binary")
    encoding = next((name for bom, name in BOMS if content.startswith(bom)), "") or _utf_16(content)
    text = ""
    for guess in filter(None, (encoding, "" if encoding else "utf-8", "cp1252", "latin-1")):
        try:
            text = content.decode(guess)
        except UnicodeDecodeError:
            continue
        mended["encoding"] += guess not in {"utf-8", "utf-8-sig"}
        break
    strange = sum(1 for character in text if character < " " and character not in "\n\r\t\f\v")
    if strange * 50 > len(text):
        raise NotReadable("binary")
    return re.sub(r"[\x00-\x08\x0e-\x1f\x7f\ufeff]", "", text).replace("\r\n", "\n").replace("\r", "\n")


def _utf_16(content: bytes) -> str:
    """UTF-16 that does not say so: every other byte of Western words is zero."""
    head = content[:2000]
    for name, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        if len(zeros) > 3 and zeros.count(0) * 10 > len(zeros) * 7:
            return name
    return ""


def _turns(text: str, mended: Counter[str]) -> tuple[str, Iterable[Turn]]:
    start = text.lstrip()[:6]
    if start[:1] in {"{", "["} and (rows := _json(text)) is not None:
        return JSON, [_turn(voice, said, mended) for voice, said in rows]
    if start == "WEBVTT" or any(CUE.match(line) for line in text.split("\n", 6)[:6]):
        source = VTT if start == "WEBVTT" else SRT
        if (cues := _cues(text, source, mended)) or source == VTT:
            return source, _joined(cues, mended)
    return TEXT, [_turn(voice, said, mended) for voice, said in _paragraphs(text)]


def _turn(voice: str, said: str, mended: Counter[str]) -> Turn:
    return Turn(_label(voice), tuple(_clean(said, mended).split()))


def _clean(said: str, mended: Counter[str]) -> str:
    words, marks = MARK.subn(" ", said)
    mended["marks"] += marks
    return re.sub(r"\s+([.,?!])(?=\s|$)", r"\1", words)


def _label(voice: str) -> str:
    return " ".join(voice.split())[:LONGEST_LABEL]


# JSON: a list of {speaker, text}, or an object that holds one, as the QMSum meetings do.


def _json(text: str) -> list[tuple[str, str]] | None:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None  # a bracket begins many a note
    rows = _rows(data)
    if rows is None:
        raise NotReadable("unknown_json")
    return rows


def _rows(data: Any) -> list[tuple[str, str]] | None:
    if isinstance(data, dict):
        lists = [
            data.get(key) for key in ("meeting_transcripts", "transcript", "segments", "turns", "utterances")
        ]
        data = next((one for one in lists if isinstance(one, list)), None)
    if not isinstance(data, list) or not all(isinstance(row, dict) for row in data):
        return None
    found = [
        (_first(row, "speaker", "name", "voice"), _first(row, "text", "content", "words")) for row in data
    ]
    return found if any(said for _, said in found) else None


def _first(row: dict[str, Any], *keys: str) -> str:
    found = next((str(row[key]) for key in keys if isinstance(row.get(key), str | int)), "")
    return UNKEPT.sub("", found)


# Plain notes: paragraphs; `Anna: words` names a voice where that happens more than once.


def _paragraphs(text: str) -> Iterator[tuple[str, str]]:
    paragraphs = [one for one in re.split(r"\n[ \t]*\n", text) if one.strip()]
    voices = _voices([line for paragraph in paragraphs for line in paragraph.split("\n")])
    for paragraph in paragraphs:
        voice, said = "", []
        for line in paragraph.split("\n"):
            found, rest = _said_by(line, voices)
            if found and said:
                yield voice, "\n".join(said)
                said = []
            voice = found or voice
            said.append(rest)
        yield voice, "\n".join(said)


def _voices(lines: list[str]) -> frozenset[str]:
    """Words before a colon are a voice when they come back and look like a name, or most lines have one."""
    found = [match for line in lines if (match := LABEL.match(line)) and len(match[1].split()) <= 5]
    most = len(found) * 10 >= 6 * sum(1 for line in lines if line.strip())
    times = Counter(_label(match[1]) for match in found)
    named = {
        label for label in times if all(word[0].isupper() or word[0].isdigit() for word in label.split())
    }
    if most:
        return frozenset(named | {label for label, count in times.items() if count > 1})
    return frozenset(label for label in named if times[label] > 1)


def _said_by(line: str, voices: frozenset[str]) -> tuple[str, str]:
    match = LABEL.match(line)
    if match and _label(match[1]) in voices:
        return _label(match[1]), line[match.end() :]
    return "", line


# Cues with times: WebVTT and SRT.


@dataclass(frozen=True, slots=True)
class _Cue:
    voice: str
    said: str
    starts: float
    ends: float
    number: int = 0


def _cues(text: str, source: str, mended: Counter[str]) -> list[_Cue]:
    """All cues by the time they start; times are written anew first, so that the readers take them all."""
    tidy, told = CUE.subn(lambda match: _times(match, mended), text)
    read_by = _from_vtt if source == VTT else _from_srt
    cues = list(read_by(tidy))
    mended["unread"] += max(0, told - len({cue.number for cue in cues}))
    spans = list({cue.number: (cue.starts, cue.ends) for cue in cues}.values())
    mended["out_of_order"] += sum(1 for a, b in pairwise(spans) if b < a)
    mended["overlapping"] += sum(1 for a, b in pairwise(sorted(set(spans))) if b[0] < a[1])
    mended["without_length"] += sum(1 for starts, ends in spans if ends <= starts)
    return sorted(cues, key=lambda cue: cue.starts)


def _times(match: re.Match[str], mended: Counter[str]) -> str:
    mended["negative"] += bool(match[1] or match[3])
    start, end = (
        0.0 if minus else _seconds(time) for minus, time in ((match[1], match[2]), (match[3], match[4]))
    )
    return f"{_written(start)} --> {_written(end)}"


def _seconds(time: str) -> float:
    parts = [float(part) for part in time.replace(",", ".").split(":")]
    return sum(part * 60**power for power, part in enumerate(reversed(parts)))


def _written(seconds: float) -> str:
    whole = round(seconds * 1000)
    return f"{whole // 3_600_000:02d}:{whole // 60_000 % 60:02d}:{whole // 1000 % 60:02d}.{whole % 1000:03d}"


def _from_vtt(text: str) -> Iterator[_Cue]:
    for number, cue in enumerate(webvtt.WebVTT.from_string(text.lstrip()).captions):
        starts, ends = cue.start_time.in_milliseconds() / 1000, cue.end_time.in_milliseconds() / 1000
        pieces = VOICE.split(cue.raw_text)
        if pieces[0].strip() or len(pieces) == 1:
            yield _Cue("", _plain(pieces[0]), starts, ends, number)
        for voice, said in zip(pieces[1::2], pieces[2::2], strict=True):
            yield _Cue(_label(html.unescape(voice)), _plain(said), starts, ends, number)


def _from_srt(text: str) -> Iterator[_Cue]:
    """What stands before the first cue is said by nobody, but it is not thrown away."""
    first = CUE.search(text)
    before = re.sub(r"\d+\s*\Z", "", text[: first.start()]) if first else ""
    if before.strip():
        yield _Cue("", _plain(before), 0.0, 0.0)
    for number, cue in enumerate(srt.parse(text[len(before) :], ignore_errors=True)):
        yield _Cue("", _plain(cue.content), cue.start.total_seconds(), cue.end.total_seconds(), number)


def _plain(said: str) -> str:
    return html.unescape(TAG.sub("", said))


def _joined(cues: list[_Cue], mended: Counter[str]) -> list[Turn]:
    """Cues of one voice are one turn until it ends a sentence and pauses; what comes twice is left out."""
    voices = _voices([line for cue in cues if not cue.voice for line in cue.said.split("\n")])
    voice, last, ended, turns = "", "", 0.0, []
    words: list[str] = []
    times: list[float] = []
    for cue in cues:
        for said_by, said in _lines(cue, voices):
            spoken = _clean(said, mended).split()
            now = said_by if said_by is not None else voice
            if (now, said) == (voice, last) and spoken:
                mended["repeated"] += 1
                continue
            paused = cue.starts - ended >= PAUSE_SECONDS and words and words[-1].endswith(STOPS)
            if words and (now != voice or paused):
                turns.append(Turn(voice, tuple(words), tuple(times)))
                words, times = [], []
            voice, last, ended = now, said, cue.ends
            words += spoken
            times += [cue.starts] * len(spoken)
    return [*turns, Turn(voice, tuple(words), tuple(times))]


def _lines(cue: _Cue, voices: frozenset[str]) -> Iterator[tuple[str | None, str]]:
    """Who says what in one cue; None goes on with whoever spoke before."""
    if cue.voice or not voices:
        yield cue.voice, cue.said
        return
    for line in cue.said.split("\n"):
        found, rest = _said_by(line, voices)
        yield found or None, rest
