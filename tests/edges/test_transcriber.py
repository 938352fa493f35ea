"""A recording is taken only where everybody agreed, becomes words elsewhere, and never stays."""

import os
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from coalface.console import work
from coalface.customers.actions import NewConsent, record_consents
from coalface.edges.transcriber import Job, lay_down
from coalface.meet.actions import Incognito, NotHeld, NoTranscriber, NotToBeRecorded, bring_in_recording
from coalface.records.models import Consent, Encounter, Policy, Transcript
from coalface.worker.actions import transcribe
from tests.meet import LATER, at, held, kinds, planned
from tests.people import NOW, Cast, client_for

SOUND = b"RIFF\x24\x00\x00\x00WAVEfmt what was said"
CUE = "WEBVTT\\n\\n00:01.000 --> 00:02.000\\n<v A>"
SPEAKS = f"import sys; print('{CUE}' + str(len(sys.stdin.buffer.read())) + ' bytes heard')"
HANGS = "import time; time.sleep(600)"
FAILS = "raise SystemExit(3)"
SILENT = "print('WEBVTT')"
TELLS = f"import os; print('{CUE}' + ' '.join(sorted(os.environ)))"


@pytest.fixture
def plugged(settings, tmp_path: Path) -> Callable[[str], None]:
    """Somebody's program, and a folder of our own for what waits."""
    settings.RECORDINGS = tmp_path / "recordings"

    def plug(program: str) -> None:
        script = tmp_path / "speech.py"
        script.write_text(program)
        settings.TRANSCRIBER = f"{sys.executable} {script}"

    plug(SPEAKS)
    return plug


def agree(cast: Cast) -> None:
    row = NewConsent(customer=cast.petra, channel="in_person", purpose="recording", wording="2026-01")
    record_consents(rows=[row], by=cast.olga, now=NOW)


def bring(cast: Cast, meeting: Encounter) -> None:
    bring_in_recording(encounter=meeting, sound=[SOUND], by=cast.olga, now=LATER)


def step(settings, job: Job | None = None) -> Job | None:
    return transcribe(job=job, command=settings.TRANSCRIBER, folder=settings.RECORDINGS, now=LATER)


def finish(settings) -> None:
    """Go on until nothing is in work."""
    job = step(settings)
    for _ in range(200):
        if job is None:
            return
        time.sleep(0.05)
        job = step(settings, job)
    raise AssertionError("it never ended")


def left(settings) -> list[str]:
    return sorted(path.name for path in settings.RECORDINGS.glob("*")) if settings.RECORDINGS.exists() else []


def test_a_recording_becomes_a_transcript_and_is_gone(cast: Cast, plugged, settings):
    agree(cast)
    meeting = held(cast)
    bring(cast, meeting)
    assert len(left(settings)) == 1
    finish(settings)
    transcript = Transcript.objects.get()
    assert (transcript.encounter, transcript.added_by, left(settings)) == (meeting, cast.olga, [])
    assert transcript.passages.get().verbatim.text == f"{len(SOUND)} bytes heard"
    assert kinds(meeting)[-2:] == ["recording.brought_in", "transcript.brought_in"]


def test_without_everybodys_consent_not_a_byte_is_kept(cast: Cast, plugged, settings):
    meeting = held(cast)
    with pytest.raises(NotToBeRecorded) as refused:
        bring(cast, meeting)
    assert refused.value.customers == (cast.petra,)
    with pytest.raises(NotToBeRecorded):
        bring(cast, held(cast, cast.olga, cast.petra, cast.rosa))
    agree(cast)
    meeting.guests.all().delete()
    with pytest.raises(NotToBeRecorded):
        bring(cast, meeting)
    assert left(settings) == []


def test_where_it_cannot_be_taken_it_is_refused(cast: Cast, plugged, settings):
    agree(cast)
    with pytest.raises(NotHeld):
        bring(cast, planned(cast))
    meeting = held(cast)
    settings.TRANSCRIBER = ""
    with pytest.raises(NoTranscriber):
        bring(cast, meeting)
    meeting.format.kind = "incognito"
    meeting.format.save()
    with pytest.raises(Incognito):
        bring(cast, meeting)
    assert left(settings) == []


def test_a_consent_taken_back_meanwhile_is_heeded(cast: Cast, plugged, settings):
    agree(cast)
    meeting = held(cast)
    bring(cast, meeting)
    Consent.objects.filter(purpose="recording").update(withdrawn_at=LATER)
    finish(settings)
    assert (Transcript.objects.count(), left(settings), kinds(meeting)[-1]) == (0, [], "recording.failed")


@pytest.mark.parametrize("program", [FAILS, SILENT])
def test_a_program_that_makes_no_words_leaves_nothing_behind(program: str, cast: Cast, plugged, settings):
    agree(cast)
    meeting = held(cast)
    bring(cast, meeting)
    plugged(program)
    finish(settings)
    assert (Transcript.objects.count(), left(settings), kinds(meeting)[-1]) == (0, [], "recording.failed")


def test_a_program_that_is_not_there_leaves_nothing_behind_either(cast: Cast, plugged, settings):
    agree(cast)
    meeting = held(cast)
    for command in ("/nowhere/to-vtt", '"unclosed'):
        bring(cast, meeting)
        settings.TRANSCRIBER = command
        finish(settings)
        assert (left(settings), kinds(meeting)[-1]) == ([], "recording.failed")


def test_what_hangs_is_ended_with_all_it_started(cast: Cast, plugged, settings):
    agree(cast)
    bring(cast, held(cast))
    plugged(HANGS)
    Policy.objects.create(key="transcriber_minutes", value=0.01, set_by=cast.mina, set_at=NOW)
    job = step(settings)
    assert step(settings, job) is job
    time.sleep(0.7)
    assert step(settings, job) is None
    assert (job.process.returncode, left(settings)) == (-9, [])


def test_what_a_killed_worker_left_is_deleted_after_its_time(cast: Cast, plugged, settings):
    agree(cast)
    meeting = held(cast)
    bring(cast, meeting)
    [waiting] = settings.RECORDINGS.iterdir()
    taken = waiting.rename(waiting.with_suffix(".taken"))
    assert (step(settings), len(left(settings))) == (None, 1)
    long_ago = time.time() - timedelta(hours=5).total_seconds()
    os.utime(taken, (long_ago, long_ago))
    assert (step(settings), left(settings), kinds(meeting)[-1]) == (None, [], "recording.failed")


def test_the_program_sees_none_of_our_secrets(cast: Cast, plugged, settings, monkeypatch):
    monkeypatch.setenv("COALFACE_SECRET_KEY", "x")
    agree(cast)
    bring(cast, held(cast))
    plugged(TELLS)
    finish(settings)
    names = Transcript.objects.get().passages.get().verbatim.text.split()
    assert [name for name in names if "COALFACE" in name or "DATABASE" in name or "DJANGO" in name] == []


def test_a_recording_that_does_not_arrive_whole_is_not_kept(tmp_path: Path):
    def broken():
        yield SOUND
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        lay_down(broken(), tmp_path, "x")
    assert list(tmp_path.iterdir()) == []


def test_the_worker_goes_on_beside_it_and_stops_in_order(cast: Cast, plugged, settings, monkeypatch):
    monkeypatch.setattr(work, "_job", None)
    monkeypatch.setattr(work, "PAUSE_SECONDS", 0.05)
    agree(cast)
    bring(cast, held(cast))
    work.work_once()
    work._leave_recordings(whole=True)
    assert (Transcript.objects.count(), left(settings)) == (1, [])
    plugged(HANGS)
    bring(cast, held(cast))
    work.work_once()
    work._leave_recordings(whole=False)
    assert [name.rpartition(".")[2] for name in left(settings)] == ["recording"]
    monkeypatch.setattr(work, "_job", None)


def test_the_page_knows_sound_by_what_is_in_it_and_says_what_is_missing(cast: Cast, plugged, settings):
    meeting, olga = held(cast), client_for(cast.olga)

    def send() -> str:
        file = SimpleUploadedFile("notes.txt", SOUND)
        page = olga.post(at("bring_in", meeting.pk), {"file": file}, follow=True)
        return " ".join(page.content.decode().split())

    assert "no consent to be recorded: Petra Frei. It was not kept." in send()
    agree(cast)
    assert "It is being turned into words." in send()
    settings.TRANSCRIBER = ""
    assert "COALFACE_TRANSCRIBER" in send()
    meeting.guests.all().delete()
    assert "nobody is named here who has agreed" in send()
    meeting.format.kind = "incognito"
    meeting.format.save()
    assert "Of an incognito visit" in send()
    meeting = planned(cast)
    assert "You have not met yet" in send()
