"""A transcript proposes and a person confirms: nothing becomes a remark by itself, and nothing twice."""

import pytest

from coalface.edges.transcripts import NotReadable
from coalface.meet.actions import (
    HasAnswers,
    Incognito,
    NobodysWords,
    NotHeld,
    StillUsed,
    bring_in,
    note_passage,
    own,
    pass_over,
    remove_transcript,
    take_back,
)
from coalface.meet.queries import Standing, standing
from coalface.records.models import Encounter, Passage, Remark, Transcript, Verbatim
from coalface.worker.actions import drain
from tests.meet import LATER, held, kinds, planned
from tests.meet.transcripts import CALL, brought_in, named, passage
from tests.people import Cast


def proposals(transcript: Transcript) -> list[tuple[int, str]]:
    rows = transcript.passages.exclude(proposed_kind="")
    return list(rows.order_by("order").values_list("order", "proposed_kind"))


def test_a_file_becomes_passages_and_nothing_is_proposed_before_somebody_says_who_is_who(cast: Cast):
    transcript = brought_in(cast, held(cast))
    assert list(transcript.passages.values_list("order", "speaker__label", "starts", "verbatim__text")) == [
        (1, "Olga", 1.0, "How are things with us?"),
        (2, "Petra", 3.0, "Nobody called me back. I am fed up with waiting."),
        (3, "Olga", 8.0, "I am sorry. The system does not let us see that, it is in the way."),
        (
            4,
            "Petra",
            10.0,
            "But the lady at the counter was so kind, thank you for that. We came by train today.",
        ),
        (5, "Passer-by", 16.0, "This is terrible, I complain!"),
    ]
    assert proposals(transcript) == []
    assert kinds(transcript.encounter)[-1] == "transcript.brought_in"


def test_the_same_file_is_taken_once(cast: Cast):
    meeting = held(cast)
    assert brought_in(cast, meeting) == brought_in(cast, meeting)
    assert (Transcript.objects.count(), Passage.objects.count()) == (1, 5)


def test_of_customers_everything_is_proposed_of_us_what_is_in_the_way_of_others_nothing(cast: Cast):
    transcript = named(cast, held(cast))
    assert proposals(transcript) == [(2, "complaint"), (3, "obstacle"), (4, "compliment")]
    assert Remark.objects.count() == 0
    assert set(transcript.passages.values_list("verbatim__language", flat=True)) == {"en"}


def test_a_confirmed_passage_is_a_remark_with_the_very_same_words(cast: Cast):
    transcript = named(cast, held(cast))
    before = Verbatim.objects.count()
    remark = note_passage(passage=passage(transcript, 2), kind="complaint", by=cast.olga, now=LATER)
    again = note_passage(passage=passage(transcript, 2), kind="need", by=cast.rolf, now=LATER)
    assert (again, again.kind, Remark.objects.count()) == (remark, "complaint", 1)
    assert (remark.verbatim, Verbatim.objects.count()) == (passage(transcript, 2).verbatim, before)
    assert (remark.customer, remark.said_by, remark.noted_by) == (cast.petra, "customer", cast.olga)
    assert kinds(remark) == ["remark.noted"]
    ours = note_passage(passage=passage(transcript, 3), kind="rule", by=cast.olga, now=LATER)
    assert (ours.customer, ours.said_by, ours.kind) == (None, "employee", "rule")
    assert standing(transcript) == Standing(settled=2, proposed=3, noted=2, passages=5)


def test_nothing_to_note_settles_it_and_can_be_thought_over(cast: Cast):
    transcript = named(cast, held(cast))
    for _ in range(2):
        pass_over(passage=passage(transcript, 2), by=cast.olga, now=LATER)
    assert standing(transcript) == Standing(settled=1, proposed=3, noted=0, passages=5)
    for _ in range(2):
        take_back(passage=passage(transcript, 2), by=cast.olga, now=LATER)
    assert standing(transcript).settled == 0
    pass_over(passage=passage(transcript, 4), by=cast.olga, now=LATER)
    remark = note_passage(passage=passage(transcript, 4), kind="like", by=cast.olga, now=LATER)
    pass_over(passage=passage(transcript, 4), by=cast.olga, now=LATER)
    assert passage(transcript, 4).remark == remark


def test_what_was_noted_too_quickly_is_taken_back_with_all_that_followed(cast: Cast):
    transcript = named(cast, held(cast))
    remark = note_passage(passage=passage(transcript, 2), kind="need", by=cast.olga, now=LATER)
    drain(now=LATER)
    take_back(passage=passage(transcript, 2), by=cast.olga, now=LATER)
    assert not Remark.objects.exists()
    assert passage(transcript, 2).verbatim.text.startswith("Nobody called")
    better = note_passage(passage=passage(transcript, 2), kind="complaint", by=cast.olga, now=LATER)
    drain(now=LATER)
    assert (better.pk, better.kind, better.sightings.count()) == (remark.pk, "complaint", 1)


def test_what_follows_from_a_remark_that_was_taken_back_follows_into_the_void(cast: Cast):
    transcript = named(cast, held(cast))
    note_passage(passage=passage(transcript, 2), kind="need", by=cast.olga, now=LATER)
    take_back(passage=passage(transcript, 2), by=cast.olga, now=LATER)
    assert drain(now=LATER) == 5


def test_a_remark_somebody_answered_for_stays(cast: Cast):
    transcript = named(cast, held(cast))
    remark = note_passage(passage=passage(transcript, 2), kind="need", by=cast.olga, now=LATER)
    own(remark=remark, by=cast.olga, now=LATER)
    with pytest.raises(HasAnswers):
        take_back(passage=passage(transcript, 2), by=cast.olga, now=LATER)
    assert passage(transcript, 2).remark == remark
    with pytest.raises(StillUsed):
        remove_transcript(transcript=transcript, by=cast.olga, now=LATER)


def test_nobodys_words_are_not_noted(cast: Cast):
    transcript = named(cast, held(cast))
    with pytest.raises(NobodysWords):
        note_passage(passage=passage(transcript, 5), kind="complaint", by=cast.olga, now=LATER)


def test_a_transcript_of_which_nothing_was_noted_goes_with_all_its_words(cast: Cast):
    meeting = held(cast)
    before = Verbatim.objects.count()
    remove_transcript(transcript=named(cast, meeting), by=cast.olga, now=LATER)
    assert (Verbatim.objects.count(), Passage.objects.count(), Transcript.objects.count()) == (before, 0, 0)
    assert kinds(meeting)[-1] == "transcript.removed"
    assert brought_in(cast, meeting).passages.count() == 5


def refused(error: type[Exception], cast: Cast, meeting: Encounter, content: bytes = CALL.encode()) -> bool:
    with pytest.raises(error):
        bring_in(encounter=meeting, content=content, name="x", by=cast.olga, now=LATER)
    return not Transcript.objects.exists()


def test_what_cannot_be_taken_is_refused_and_nothing_of_it_is_kept(cast: Cast):
    assert refused(NotHeld, cast, planned(cast))
    meeting = held(cast)
    assert refused(NotReadable, cast, meeting, b"MZ\x00\x01\x02\x00" * 99)
    assert refused(NotReadable, cast, meeting, b"a" * (5 * 2**20 + 1))
    meeting.format.kind = "incognito"
    meeting.format.save()
    assert refused(Incognito, cast, meeting)


def test_two_languages_at_one_table_are_both_read(cast: Cast):
    cast.petra.language = "de"
    cast.petra.save()
    transcript = named(
        cast, held(cast), CALL.replace("Nobody called me back.", "Niemand hat mich angerufen.")
    )
    assert (2, "complaint") in proposals(transcript)
    assert passage(transcript, 2).verbatim.language == "de"


def test_twelve_hours_come_in_whole_and_at_most_so_many_passages_are_proposed(cast: Cast):
    cues = "".join(
        f"{n // 1042:02d}:{n // 60 % 60:02d}:{n % 60:02d}.000 --> 12:00:00.000\n"
        f"<v {('Petra', 'Olga')[n // 9 % 2]}>Nobody called me back, number {n}.\n\n"
        for n in range(12_500)
    )
    transcript = named(cast, held(cast), "WEBVTT\n\n" + cues)
    assert (transcript.passages.count() > 4000, len(proposals(transcript))) == (True, 40)
