"""A transcript comes in, its voices get names, and passage by passage a person says what is noted."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError

from coalface.edges.transcripts import Talk, read
from coalface.meet.queries import remark_id_of
from coalface.methods.proposing import Passage as Words
from coalface.methods.proposing import cut, propose
from coalface.policies import number
from coalface.records.history import note
from coalface.records.models import (
    Customer,
    Encounter,
    FormatKind,
    Kind,
    Outcome,
    Passage,
    Person,
    Remark,
    Speaker,
    Transcript,
    TranscriptSpeaker,
    Verbatim,
)

from .encounters import NotHeld, locked
from .remarks import note_remark

AT_ONCE = 1000


class Incognito(Exception):
    """Of an incognito visit no customer's exact words are kept."""


class NobodysWords(Exception):
    """Nobody has said yet whose voice this is."""


class StillUsed(Exception):
    """Something was noted from this transcript, so it stays."""


class HasAnswers(Exception):
    """Somebody has answered for this remark, so it stays."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose voice it is: a customer's, one of ours, or – with nothing said – nobody's that counts."""

    speaker: TranscriptSpeaker
    said_by: str = ""
    customer: Customer | None = None


def bring_in(*, encounter: Encounter, content: bytes, name: str, by: Person, now: datetime) -> Transcript:
    """Take a file in: its voices, and its words in passages. The same file again is taken once."""
    talk = read(content, most_bytes=int(number("transcript_megabytes") * 2**20))
    return _take(encounter=encounter, talk=talk, sha256=_sha256(content), name=name, by=by, now=now)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@transaction.atomic
def _take(
    *, encounter: Encounter, talk: Talk, sha256: str, name: str, by: Person, now: datetime
) -> Transcript:
    held = locked(pk=encounter.pk)
    if there := Transcript.objects.filter(encounter=held, sha256=sha256).first():
        return there
    if held.outcome != Outcome.HELD:
        raise NotHeld(held)
    if held.format.kind == FormatKind.INCOGNITO:
        raise Incognito(held)
    transcript = Transcript.objects.create(
        encounter=held,
        source=talk.source,
        name=name[:120],
        sha256=sha256,
        added_by=by,
        added_at=now,
        mended=talk.mended,
    )
    _keep_words(transcript, talk)
    note("transcript.brought_in", about=held, by=by, at=now, transcript=transcript.pk)
    return transcript


def _keep_words(transcript: Transcript, talk: Talk) -> None:
    speakers = TranscriptSpeaker.objects.bulk_create(
        [TranscriptSpeaker(transcript=transcript, label=voice) for voice in talk.voices]
    )
    named = {speaker.label: speaker for speaker in speakers}
    pieces = [
        (named[turn.voice], " ".join(turn.words[start:end]), turn.times[start] if turn.times else None)
        for turn in talk.turns
        for start, end in cut(turn.words)
    ]
    verbatims = Verbatim.objects.bulk_create(
        [Verbatim(text=text) for _, text, _ in pieces], batch_size=AT_ONCE
    )
    Passage.objects.bulk_create(
        [
            Passage(transcript=transcript, order=order, speaker=speaker, starts=starts, verbatim=verbatim)
            for order, ((speaker, _, starts), verbatim) in enumerate(
                zip(pieces, verbatims, strict=True), start=1
            )
        ],
        batch_size=AT_ONCE,
    )


@transaction.atomic
def say_who(*, transcript: Transcript, voices: Sequence[Voice], by: Person, now: datetime) -> int:
    """Say whose voices these are; then say how many passages sound like something to note."""
    locked(pk=transcript.encounter_id)
    for voice in voices:
        speaker = voice.speaker
        speaker.said_by = Speaker(voice.said_by) if voice.said_by else ""
        speaker.customer = voice.customer if voice.said_by == Speaker.CUSTOMER else None
        speaker.save(update_fields=["said_by", "customer"])
        language = speaker.customer.language if speaker.customer else by.language
        Verbatim.objects.filter(passages__speaker=speaker).update(language=language)
    note("transcript.voices_named", about=transcript.encounter, by=by, at=now, transcript=transcript.pk)
    return _propose(transcript)


def _propose(transcript: Transcript) -> int:
    """Look again at everything nobody has settled yet; what was settled keeps what had been proposed."""
    waiting = transcript.passages.filter(settled_at=None)
    waiting.exclude(proposed_kind="").update(proposed_kind="", score=0)
    counted = waiting.exclude(speaker__said_by="").select_related("verbatim", "speaker")
    passages = {passage.pk: passage for passage in counted}
    words = [
        Words(pk, one.verbatim.text, one.speaker.said_by == Speaker.EMPLOYEE) for pk, one in passages.items()
    ]
    languages = {one.verbatim.language for one in passages.values()}
    language = languages.pop() if len(languages) == 1 else ""
    most = int(number("proposals_of_a_transcript"))
    proposed = propose(words, language=language, most=most)
    found = [passages[one.place] for one in proposed]
    for passage, one in zip(found, proposed, strict=True):
        passage.proposed_kind, passage.score = Kind(one.kind), one.score
    Passage.objects.bulk_update(found, ["proposed_kind", "score"], batch_size=AT_ONCE)
    return len(found)


@transaction.atomic
def note_passage(*, passage: Passage, kind: str, by: Person, now: datetime) -> Remark:
    """Make a remark of it, with its very words; noted before, it is the remark it was."""
    current = _locked(passage)
    if current.remark:
        return current.remark
    speaker = current.speaker
    if not speaker.said_by:
        raise NobodysWords(passage)
    remark = note_remark(
        id=remark_id_of(current),
        encounter=current.transcript.encounter,
        kind=kind,
        verbatim=current.verbatim,
        said_by=speaker.said_by,
        customer=speaker.customer,
        by=by,
        now=now,
    )
    _settle(current, remark, by, now)
    return remark


@transaction.atomic
def pass_over(*, passage: Passage, by: Person, now: datetime) -> None:
    """Say that there is nothing to note in it; what was noted stays noted."""
    current = _locked(passage)
    if current.settled_at is None:
        _settle(current, None, by, now)
        about = current.transcript.encounter
        note("passage.passed_over", about=about, by=by, at=now, passage=current.pk)


@transaction.atomic
def take_back(*, passage: Passage, by: Person, now: datetime) -> None:
    """Let it wait again; a remark made of it is taken away while nobody has answered for it."""
    current = _locked(passage)
    if current.settled_at is None:
        return
    remark = current.remark
    _settle(current, None, None, None)
    if remark:
        try:
            with transaction.atomic():
                remark.delete()
        except ProtectedError as used:
            raise HasAnswers(remark) from used
    note("passage.taken_back", about=current.transcript.encounter, by=by, at=now, passage=current.pk)


@transaction.atomic
def remove_transcript(*, transcript: Transcript, by: Person, now: datetime) -> None:
    """Take a transcript away with all its words, while nothing was noted from it."""
    encounter = locked(pk=transcript.encounter_id)
    passages = Passage.objects.filter(transcript=transcript)
    if passages.filter(remark__isnull=False).exists():
        raise StillUsed(transcript)
    words = list(passages.values_list("verbatim", flat=True))
    note("transcript.removed", about=encounter, by=by, at=now, transcript=transcript.pk)
    transcript.delete()
    for start in range(0, len(words), AT_ONCE):
        Verbatim.objects.filter(pk__in=words[start : start + AT_ONCE]).delete()


def _locked(passage: Passage) -> Passage:
    """As it is now; whoever settles something in the same encounter waits until this is through."""
    locked(pk=passage.transcript.encounter_id)
    rows = Passage.objects.select_related("transcript__encounter", "speaker__customer", "verbatim", "remark")
    return rows.get(pk=passage.pk)


def _settle(passage: Passage, remark: Remark | None, by: Person | None, now: datetime | None) -> None:
    passage.remark, passage.settled_by, passage.settled_at = remark, by, now
    passage.save(update_fields=["remark", "settled_by", "settled_at"])
