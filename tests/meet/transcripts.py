"""A conversation of Olga with Petra, as a machine wrote it down."""

from coalface.meet.actions import Voice, bring_in, say_who
from coalface.records.models import Encounter, Passage, Transcript
from tests.meet import LATER
from tests.people import Cast

CALL = """WEBVTT

00:01.000 --> 00:03.000
<v Olga>How are things with us?

00:03.000 --> 00:08.000
<v Petra>Nobody called me back. I am fed up with waiting.

00:08.000 --> 00:10.000
<v Olga>I am sorry. The system does not let us see that, it is in the way.

00:10.000 --> 00:14.000
<v Petra>But the lady at the counter was so kind, thank you for that.

00:14.000 --> 00:16.000
<v Petra>We came by train today.

00:16.000 --> 00:18.000
<v Passer-by>This is terrible, I complain!
"""


def brought_in(cast: Cast, meeting: Encounter, text: str = CALL) -> Transcript:
    """The file, as it came."""
    return bring_in(encounter=meeting, content=text.encode(), name="call.vtt", by=cast.olga, now=LATER)


def named(cast: Cast, meeting: Encounter, text: str = CALL) -> Transcript:
    """The same, when Olga has said who is who."""
    transcript = brought_in(cast, meeting, text)
    whose = {"Petra": ("customer", cast.petra), "Olga": ("employee", None)}
    voices = [Voice(voice, *whose.get(voice.label, ("", None))) for voice in transcript.speakers.all()]
    say_who(transcript=transcript, voices=voices, by=cast.olga, now=LATER)
    return transcript


def passage(transcript: Transcript, order: int) -> Passage:
    """One passage, fresh."""
    return transcript.passages.select_related("transcript", "verbatim", "remark").get(order=order)
