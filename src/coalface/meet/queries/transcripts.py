"""Transcripts of an encounter, their voices, and what in them waits for a person."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID, uuid5

from django.db.models import Count, Min, OuterRef, Q, QuerySet, Subquery

from coalface.records.models import Encounter, Passage, Person, Transcript, TranscriptSpeaker, Verbatim
from coalface.records.tables import Column, Of, Table, words

PASSAGES: Final = UUID(
    "0199d7f2-6f5c-7d43-9a52-6d3f6a1f7c11"
)  # ours, made once: what remarks are named under

_BY = "transcript.added_by_id"
TRANSCRIPT: Final = Table(
    "transcript",
    (
        Column("order", Of.WHOLE),
        Column("starts", Of.NUMBER),
        Column("speaker", read="speaker.label"),
        Column("customer", read="speaker.customer.name"),
        Column("words", read=words("verbatim", unit="transcript.encounter.unit", by=_BY)),
        Column("proposed_kind"),
        Column("settled_at", Of.MOMENT),
        Column("remark", read="remark_id"),
    ),
)


@dataclass(frozen=True, slots=True)
class Standing:
    """How far somebody has come: proposals settled, proposals in all, things noted, passages in all."""

    settled: int
    proposed: int
    noted: int
    passages: int

    @property
    def place(self) -> int:
        """The number of the proposal that is looked at now."""
        return self.settled + 1


def remark_id_of(passage: Passage) -> UUID:
    """The id of the remark that a passage becomes: always the same, so that twice is once."""
    transcript = passage.transcript
    return uuid5(PASSAGES, f"{transcript.encounter_id}/{transcript.sha256}/{passage.order}")


def transcripts_of(encounter: Encounter) -> QuerySet[Transcript]:
    """What was brought in, each with how many proposals wait and how many things were noted."""
    waiting = Q(passages__settled_at=None) & ~Q(passages__proposed_kind="")
    return encounter.transcripts.annotate(
        waiting=Count("passages", filter=waiting), noted=Count("passages__remark")
    ).order_by("id")


def standing(transcript: Transcript) -> Standing:
    """How far the transcript is gone through."""
    proposed = ~Q(proposed_kind="")
    return Standing(
        **transcript.passages.aggregate(
            settled=Count("pk", filter=proposed & Q(settled_at__isnull=False)),
            proposed=Count("pk", filter=proposed),
            noted=Count("remark"),
            passages=Count("pk"),
        )
    )


def passages_of(transcript: Transcript) -> QuerySet[Passage]:
    """Everything in order, with all a list shows."""
    return transcript.passages.select_related(
        "verbatim", "speaker__customer", "remark", "transcript__encounter__unit"
    ).order_by("order")


def next_proposal(transcript: Transcript) -> Passage | None:
    """The first proposal that waits."""
    return passages_of(transcript).filter(settled_at=None).exclude(proposed_kind="").first()


def around(passage: Passage) -> tuple[Passage | None, Passage | None]:
    """What was said just before it and just after."""
    near = passages_of(passage.transcript).filter(order__in=(passage.order - 1, passage.order + 1))
    by_order = {one.order: one for one in near}
    return by_order.get(passage.order - 1), by_order.get(passage.order + 1)


def settled_last(transcript: Transcript, person: Person) -> Passage | None:
    """What this person settled last here, and may think again about."""
    mine = transcript.passages.filter(settled_by=person)
    return mine.select_related("verbatim", "remark").order_by("-settled_at", "-order").first()


def voices_of(transcript: Transcript) -> QuerySet[TranscriptSpeaker]:
    """Every voice with how much it says and how it begins."""
    first = Passage.objects.filter(speaker=OuterRef("pk")).order_by("order")
    rows = transcript.speakers.select_related("customer")
    return rows.annotate(
        says=Count("passages"),
        begins=Min("passages__order"),
        text=Subquery(first.values("verbatim__text")[:1]),
        masks=Subquery(first.values("verbatim__masks")[:1]),
    ).order_by("begins", "id")


def first_words(voice: TranscriptSpeaker) -> Verbatim:
    """How a voice of `voices_of` begins."""
    return Verbatim(text=voice.text or "", masks=voice.masks)
