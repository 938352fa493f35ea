"""The pages on which a transcript is brought in and gone through, by those who may write there."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from coalface.meet.actions import note_passage, own
from coalface.records.models import Passage, Remark, Transcript
from tests.meet import LATER, at, held, planned
from tests.meet.transcripts import CALL, brought_in, named, passage
from tests.people import Cast, client_for


def upload(content: bytes, name: str = "call.vtt") -> dict[str, object]:
    return {"file": SimpleUploadedFile(name, content)}


def sentences(page) -> str:
    return " ".join(page.content.decode().split())


def test_a_visit_from_the_file_to_the_remark(cast: Cast):
    meeting, olga = held(cast), client_for(cast.olga)
    page = olga.post(at("bring_in", meeting.pk), upload(CALL.encode()), follow=True)
    transcript = Transcript.objects.get()
    assert page.redirect_chain[-1][0] == at("transcript", transcript.pk)
    assert "Whose voices are these?" in sentences(page)
    names = {voice.label: f"voice-{voice.pk}" for voice in transcript.speakers.all()}
    who = {names["Petra"]: f"customer-{cast.petra.pk}", names["Olga"]: "employee", names["Passer-by"]: ""}
    page = olga.post(at("name_voices", transcript.pk), who, follow=True)
    assert page.context["proposal"] == passage(transcript, 2)
    assert "1 of 3" in sentences(page)
    page = olga.post(at("settle_passage", page.context["proposal"].pk), {"kind": "complaint"}, follow=True)
    assert "2 of 3" in sentences(page)
    page = olga.post(at("settle_passage", page.context["proposal"].pk), {"kind": "nothing"}, follow=True)
    page = olga.post(at("settle_passage", page.context["proposal"].pk), {"kind": "like"}, follow=True)
    assert "You have gone through it" in sentences(page)
    assert list(Remark.objects.order_by("sequence").values_list("kind", "customer", "encounter")) == [
        ("complaint", cast.petra.pk, meeting.pk),
        ("like", cast.petra.pk, meeting.pk),
    ]
    assert "2 things noted from it" in sentences(olga.get(at("encounter", meeting.pk)))
    page = olga.post(at("take_back", page.context["last"].pk), follow=True)
    assert (page.context["proposal"], Remark.objects.count()) == (passage(transcript, 4), 1)


def test_whoever_is_called_like_a_voice_is_chosen_already(cast: Cast):
    transcript = brought_in(cast, held(cast), CALL.replace("<v Petra>", "<v petra>"))
    form = client_for(cast.olga).get(at("transcript", transcript.pk)).context["voices_form"]
    assert [field.initial for field in form.fields.values()] == [
        "employee",
        f"customer-{cast.petra.pk}",
        "",
    ]


def test_everything_can_be_read_in_order_and_noted_by_hand(cast: Cast):
    transcript, olga = named(cast, held(cast)), client_for(cast.olga)
    page = olga.get(at("transcript", transcript.pk) + "?show=all")
    assert [one.order for one in page.context["page"]] == [1, 2, 3, 4, 5]
    first = passage(transcript, 1)
    answer = olga.post(at("settle_passage", first.pk), {"kind": "question", "page": "1"})
    assert answer.url == f"{at('transcript', transcript.pk)}?show=all&page=1#passage-{first.pk}"
    assert Remark.objects.get().kind == "question"
    page = olga.post(at("settle_passage", passage(transcript, 5).pk), {"kind": "need"}, follow=True)
    assert "Say first whose voice this is." in sentences(page)
    assert olga.post(at("settle_passage", first.pk), {"kind": "nonsense"}).status_code == 302
    assert Remark.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"MZ\x00\x01\x02\x00" * 99, "There are no words in this file that can be read."),
        (b"", "There are no words in this."),
        (b'{"a": 1}', "This JSON does not say who said what."),
        (b"a" * (5 * 2**20 + 1), "This is larger than 5 MB."),
    ],
)
def test_a_file_that_cannot_be_taken_says_why_beside_the_field(cast: Cast, content: bytes, sentence: str):
    page = client_for(cast.olga).post(at("bring_in", held(cast).pk), upload(content))
    assert sentence in sentences(page)
    assert not Transcript.objects.exists()


def test_pasted_words_are_taken_too_and_nothing_at_all_is_asked_for_again(cast: Cast):
    meeting, olga = held(cast), client_for(cast.olga)
    page = olga.post(at("bring_in", meeting.pk), {"words": " \n "})
    assert "Choose a file, or paste some words." in sentences(page)
    olga.post(at("bring_in", meeting.pk), {"words": "Nobody called me.\r\n\r\nI am fed up."})
    assert list(Passage.objects.values_list("verbatim__text", flat=True)) == [
        "Nobody called me.",
        "I am fed up.",
    ]
    assert (Transcript.objects.get().name, Transcript.objects.get().source) == ("Pasted words", "text")


def test_before_they_met_and_of_incognito_visits_nothing_is_taken(cast: Cast):
    meeting, olga = planned(cast), client_for(cast.olga)
    assert "You have not met yet" in sentences(olga.get(at("bring_in", meeting.pk)))
    assert "Say first that you met." in str(
        olga.post(at("bring_in", meeting.pk), {"words": "Hello there"}).context["form"].errors
    )
    meeting = held(cast)
    meeting.format.kind = "incognito"
    meeting.format.save()
    page = olga.post(at("bring_in", meeting.pk), {"words": "Hello there"})
    assert "Of an incognito visit" in str(page.context["form"].errors)


def test_it_goes_while_nothing_is_noted_from_it(cast: Cast):
    meeting, olga = held(cast), client_for(cast.olga)
    transcript = named(cast, meeting)
    remark = note_passage(passage=passage(transcript, 2), kind="need", by=cast.olga, now=LATER)
    assert "so it stays" in sentences(olga.post(at("remove_transcript", transcript.pk), follow=True))
    own(remark=remark, by=cast.olga, now=LATER)
    page = olga.post(at("take_back", passage(transcript, 2).pk), follow=True)
    assert "Somebody has answered for it already" in sentences(page)
    other = brought_in(cast, meeting, CALL + "\n\n00:20.000 --> 00:21.000\nMore.")
    assert olga.post(at("remove_transcript", other.pk)).url == at("encounter", meeting.pk)
    assert not Transcript.objects.filter(pk=other.pk).exists()


def test_only_who_may_write_there_sees_it_or_settles_anything(cast: Cast):
    meeting = held(cast)
    transcript, gus = named(cast, meeting), client_for(cast.gus)
    first = passage(transcript, 2).pk
    assert [
        gus.get(at("bring_in", meeting.pk)).status_code,
        gus.get(at("transcript", transcript.pk)).status_code,
        gus.post(at("name_voices", transcript.pk)).status_code,
        gus.post(at("remove_transcript", transcript.pk)).status_code,
        gus.post(at("settle_passage", first), {"kind": "need"}).status_code,
        gus.post(at("take_back", first)).status_code,
    ] == [403] * 6
    assert client_for(cast.mina).get(at("transcript", transcript.pk)).status_code == 200
    assert Client().get(at("transcript", transcript.pk)).status_code == 302


def test_what_takes_only_a_form_leads_back_to_where_it_is(cast: Cast):
    transcript, olga = named(cast, held(cast)), client_for(cast.olga)
    first = passage(transcript, 2).pk
    for address in (
        at("name_voices", transcript.pk), at("remove_transcript", transcript.pk), at("settle_passage", first),
        at("take_back", first),
    ):  # fmt: skip
        assert olga.get(address).url == at("transcript", transcript.pk)
    page = olga.post(at("name_voices", transcript.pk), {f"voice-{transcript.speakers.first().pk}": "x"})
    assert page.context["voices_form"].errors


def test_of_a_group_the_words_of_who_did_not_agree_wait_until_the_voice_is_another_customers(cast: Cast):
    meeting, olga = held(cast), client_for(cast.olga)
    transcript = named(cast, meeting)
    meeting.format.kind = "focus_group"
    meeting.format.save()
    page = olga.post(at("settle_passage", passage(transcript, 2).pk), {"kind": "complaint"}, follow=True)
    assert "This guest did not agree to be written down." in sentences(page)
    assert (Remark.objects.count(), passage(transcript, 2).settled_at) == (0, None)
    voice = transcript.speakers.get(label="Petra")
    olga.post(at("name_voices", transcript.pk), {f"voice-{voice.pk}": "customer"})
    olga.post(at("settle_passage", passage(transcript, 2).pk), {"kind": "complaint"})
    assert Remark.objects.get().customer is None
