"""What a machine wrote down at the chief's last visit: two things are noted from it, others wait."""

from typing import Final

from coalface.demo.actions.bank_year import DAYS, Year
from coalface.demo.actions.chance import at
from coalface.demo.queries import visit_on_record
from coalface.meet import actions as meet
from coalface.records.models import Encounter, Passage, Speaker, Transcript

NOTED: Final = 2


def bring_in_a_transcript(year: Year) -> Transcript:
    """The evening of the last day: the leader begins to go through it, and is called away."""
    chief = year.bank.leaders[0]
    visits = Encounter.objects.held().filter(attendances__person=chief).order_by("-starts_at", "-id")
    visit = visits.first()
    guest = visit.guests.select_related("customer").get().customer
    given = {"by": chief, "now": at(year.day(DAYS), 20)}
    transcript = meet.bring_in(encounter=visit, content=visit_on_record(), name="visit.vtt", **given)
    who = {"Customer": (Speaker.CUSTOMER, guest), "Colleague": (Speaker.EMPLOYEE, None)}
    voices = [meet.Voice(one, *who.get(one.label, ("", None))) for one in transcript.speakers.all()]
    meet.say_who(transcript=transcript, voices=voices, **given)
    proposed = Passage.objects.filter(transcript=transcript).exclude(proposed_kind="").order_by("order")
    for passage in proposed.select_related("transcript")[:NOTED]:
        remark = meet.note_passage(passage=passage, kind=passage.proposed_kind, **given)
        meet.own(remark=remark, **given)
    return transcript
