"""Whatever form a transcript has, and however broken it is, nothing that was said is lost."""

import json
from pathlib import Path

import pytest

from coalface.edges.transcripts import NotReadable, Talk, Turn, is_recording, read

MOST = 5 * 2**20


def heard(text: str | bytes, encoding: str = "utf-8") -> Talk:
    return read(text if isinstance(text, bytes) else text.encode(encoding), most_bytes=MOST)


def said(text: str | bytes, encoding: str = "utf-8") -> list[tuple[str, str]]:
    return [(turn.voice, " ".join(turn.words)) for turn in heard(text, encoding).turns]


def why(content: bytes, most: int = MOST) -> str:
    with pytest.raises(NotReadable) as refused:
        read(content, most_bytes=most)
    return refused.value.code


def test_voices_of_webvtt_are_kept_and_tags_are_not():
    file = (
        "WEBVTT - a call\n\nNOTE made by a machine\n\n1\n00:01.000 --> 00:03.000 align:start\n"
        "<v Petra Frei>Nobody <i>called</i> me\n\n00:03.000 --> 00:05.500\n<v Petra Frei>back.\n\n"
        "00:06.000 --> 00:08.000\n<v.loud Olga>Oh, &amp; why?\n<v Petra Frei>No idea.\n"
    )
    assert heard(file) == Talk(
        source="vtt",
        turns=(
            Turn("Petra Frei", ("Nobody", "called", "me", "back."), (1.0, 1.0, 1.0, 3.0)),
            Turn("Olga", ("Oh,", "&", "why?"), (6.0, 6.0, 6.0)),
            Turn("Petra Frei", ("No", "idea."), (6.0, 6.0)),
        ),
        mended={},
    )


def test_a_pause_behind_a_sentence_begins_anew_and_one_within_does_not():
    file = (
        "WEBVTT\n\n00:01.000 --> 00:02.000\nI waited and\n\n00:04.000 --> 00:05.000\nwaited.\n\n"
        "00:06.000 --> 00:07.000\nThen I left.\n\n00:07.200 --> 00:08.000\nThat was all."
    )
    assert said(file) == [("", "I waited and waited."), ("", "Then I left. That was all.")]


def test_cues_that_overlap_run_backwards_or_last_no_time_are_mended_and_counted():
    file = (
        "WEBVTT\n\n00:05.000 --> 00:09.000\n<v A>Second.\n\n-00:00:02.000 --> 00:06.000\n<v A>First.\n\n"
        "00:10.000 --> 00:10.000\n<v B>Third.\n\n00:10.000 --> 00:10.000\n<v B>Third.\n\n"
        "99:99:99.999 --> 00:00\n<v B>Last.\n"
    )
    assert said(file) == [("A", "First. Second."), ("B", "Third."), ("B", "Last.")]
    assert heard(file).mended == {
        "negative": 1, "out_of_order": 1, "overlapping": 1, "without_length": 3, "repeated": 1,
    }  # fmt: skip


def test_srt_takes_its_voices_from_labels_and_goes_on_with_whoever_spoke():
    file = (
        "1\n00:00:01,000 --> 00:00:02,500\nAnna: Hi.\n\n2\n00:00:02,500 --> 00:00:04,000\nand more\n"
        "Bob: Yes.\n\n3\n00:00:05,000 --> 00:00:06,000\nAnna: So it is.\nBob: Is it?\n"
    )
    assert heard(file).source == "srt"
    assert said(file) == [("Anna", "Hi. and more"), ("Bob", "Yes."), ("Anna", "So it is."), ("Bob", "Is it?")]


def test_notes_are_paragraphs_and_a_colon_names_a_voice_only_if_it_comes_back():
    file = "Visit in the north\n\nHe said: never again.\n\nPetra: I waited.\nVery long.\nOlga: Why?\n"
    assert said(file + "Petra: Ask them.\nOlga: I will.") == [
        ("", "Visit in the north"),
        ("", "He said: never again."),
        ("Petra", "I waited. Very long."),
        ("Olga", "Why?"),
        ("Petra", "Ask them."),
        ("Olga", "I will."),
    ]
    assert said("[00:12] Petra Frei: One.\n(0:14) Olga: Two.") == [("Petra Frei", "One."), ("Olga", "Two.")]


@pytest.mark.parametrize("keys", [("speaker", "content"), ("name", "text"), ("voice", "words")])
def test_json_is_a_list_of_who_and_what(keys: tuple[str, str]):
    rows = [{keys[0]: "Petra", keys[1]: "I waited {vocalsound} , long ."}, {keys[0]: "Olga", keys[1]: "Oh"}]
    for data in (rows, {"meeting_transcripts": rows}, {"segments": rows}):
        assert said(json.dumps(data)) == [("Petra", "I waited, long."), ("Olga", "Oh")]
    assert heard(json.dumps(rows)).mended == {"marks": 1}


@pytest.mark.parametrize(
    ("encoding", "mended"),
    [
        ("utf-8-sig", {}),
        ("utf-16", {"encoding": 1}),
        ("utf-16-le", {"encoding": 1}),
        ("cp1252", {"encoding": 1}),
    ],
)
def test_the_encoding_is_found_out(encoding: str, mended: dict[str, int]):
    assert said("Für Grüezi – “immer”.", encoding) == [("", "Für Grüezi – “immer”.")]
    assert heard("Für Grüezi – “immer”.", encoding).mended == mended


def test_what_cannot_be_read_is_refused_with_its_reason():
    assert why(b"MZ\x90\x00\x03\x00\x00\x00" * 40) == "binary"
    assert why(b"PK\x03\x04" + b"words" * 9) == "binary"
    assert why(b"RIFF\x24\x00\x00\x00WAVEfmt ") == "binary"
    assert why(b"") == why(b" \n\n ") == why(b"WEBVTT\n") == "empty"
    assert why(b'{"rows": 3}') == why(b"[1, 2]") == why(b'[{"a": "b"}]') == "unknown_json"
    assert why(b"ten letters", most=9) == "too_large"


def test_a_bracket_and_an_arrow_begin_many_a_note():
    assert said("[Monday] they called. {sigh} No.\n\n9:00 --> 10:00 we talked") == [
        ("", "[Monday] they called. No."),
        ("", "9:00 --> 10:00 we talked"),
    ]
    assert said("[" * 100_000) == [("", "[" * 100_000)]


def test_sound_and_film_are_known_by_what_is_in_them():
    sounds = (
        b"RIFF\x24\x00\x00\x00WAVEfmt ", b"ID3\x04\x00", b"\xff\xfb\x90\x00", b"\x00\x00\x00\x20ftypM4A ",
        b"OggS\x00", b"\x1aE\xdf\xa3", b"fLaC\x00",
    )  # fmt: skip
    assert [is_recording(sound) for sound in sounds] == [True] * 7
    words = (b"WEBVTT\n", b"ID3 was said", "ÿ".encode("utf-16"), b"", b"RIFF of words")
    assert [is_recording(text) for text in words] == [False] * 5


def test_twelve_hours_are_read_whole():
    cues = "".join(
        f"{n // 1000:02d}:{n // 60 % 60:02d}:{n % 60:02d}.000 --> 12:00:00.000\n"
        f"<v {'AB'[n // 9 % 2]}>Word {n}.\n\n"
        for n in range(12_500)
    )
    turns = heard("WEBVTT\n\n" + cues).turns
    assert sum(len(turn.words) for turn in turns) == 25_000


@pytest.mark.real
def test_real_meetings_are_read(real_data: Path):
    for path in sorted((real_data / "qmsum").glob("*.json")):
        meeting = heard(path.read_bytes())
        assert (meeting.source, len(meeting.voices) >= 3, len(meeting.turns) > 200) == ("json", True, True)
        assert not [word for turn in meeting.turns for word in turn.words if "{" in word]


def test_what_no_database_holds_is_left_out():
    first = '{"speaker": "A\\u0000", "text": "Hello \\ud800 there"}'
    second = '{"speaker": "B", "text": "Oh \\ud83d\\ude00"}'
    assert said(f"[{first}, {second}]") == [("A", "Hello there"), ("B", "Oh 😀")]
