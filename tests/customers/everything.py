"""Everything the ledger can hold about one customer: a row in every table that can hold one."""

from datetime import timedelta

import uuid_utils.compat as uuid

from coalface.customers.queries import reachable
from coalface.records.models import (
    Answer,
    Approach,
    Assignment,
    Attachment,
    CallDraw,
    CareItem,
    CompetitorMention,
    Consent,
    ContactRestriction,
    Customer,
    CustomerAnswer,
    DailyCall,
    Departure,
    Depth,
    Disposition,
    Encounter,
    Erasure,
    Feedback,
    Finding,
    Fix,
    Guest,
    GuestInvitation,
    HandOver,
    HandOverAnswer,
    Household,
    ImportedRow,
    ImportRun,
    Issue,
    ListenedCall,
    Mention,
    Message,
    Opportunity,
    OutgoingMessage,
    Passage,
    PromiseToCustomer,
    Purchase,
    Receipt,
    Referral,
    Remark,
    ReportPage,
    ResearchReport,
    SecondVersion,
    Sighting,
    TableSeat,
    Telling,
    Transcript,
    TranscriptSpeaker,
    Validation,
    Verbatim,
    WalkStep,
)
from tests.people import NOW, Cast

LATER = NOW + timedelta(days=1)


def words(text: str) -> Verbatim:
    """Words, as they are kept."""
    return Verbatim.objects.create(text=text, language="en")


def remember_everything(cast: Cast, customer: Customer, other: Customer) -> None:
    """A row about the customer in every table; a later table that is left out fails a test."""
    encounter = Encounter.objects.create(
        format=cast.visit, unit=cast.north, starts_at=NOW, minutes=30, chosen_by="person"
    )
    _planned(cast, customer, encounter)
    PromiseToCustomer.objects.create(
        encounter=encounter,
        customer=customer,
        words=words("We call Petra back"),
        by=cast.olga,
        made_at=NOW,
        due_on=LATER.date(),
    )
    remark = _remark(cast, customer, encounter)
    feedback = _feedback(cast, customer)
    _beside(cast, remark, feedback)
    _bought(customer, other)
    _agreed(cast, customer, encounter)
    _transcript(cast, customer, encounter, remark)
    _told(cast, customer, remark, feedback)
    _imported(cast, customer, feedback)


def _planned(cast: Cast, customer: Customer, encounter: Encounter) -> None:
    guest = Guest.objects.create(encounter=encounter, customer=customer, token="A pot of honey")
    GuestInvitation.objects.create(guest=guest, digest="c" * 64, language="en", sent_at=NOW)
    TableSeat.objects.create(encounter=encounter, round=1, table=1, guest=guest)
    DailyCall.objects.create(person=cast.olga, day=NOW.date(), customer=customer, reason="long_not_met")
    match = Assignment.objects.create(
        person=cast.olga,
        customer=customer,
        encounter=encounter,
        stratum="tiny",
        deficit=0.1,
        among=3,
        seed=1,
        drawn_at=NOW,
    )
    expected = Issue.objects.create(
        title="Nobody answers", kind="service", proposed_by=cast.adam, proposed_at=NOW
    )
    match.issues.add(expected)


def _wanted(cast: Cast, customer: Customer, fix: Fix) -> None:
    """They were shown something new, and want it."""
    idea = Opportunity.objects.create(
        fix=fix, customers_wanted=3, smallest_share=0.2, registered_by=cast.rolf, registered_at=NOW
    )
    Validation.objects.create(opportunity=idea, customer=customer, wants=True, heard_by=cast.rolf, at=NOW)


def _told(cast: Cast, customer: Customer, remark: Remark, feedback: Feedback) -> None:
    """What came of it: an issue, a fix, a message, a question, and who came to know."""
    issue = Issue.objects.create(title="Lifts", kind="service", proposed_at=NOW)
    fix = Fix.objects.create(
        issue=issue,
        title="Mend",
        lane="this_week",
        owner=cast.rolf,
        due_on=LATER.date(),
        opened_by=cast.rolf,
        opened_at=NOW,
    )
    CustomerAnswer.objects.create(fix=fix, customer=customer, asked_at=NOW)
    _wanted(cast, customer, fix)
    message = OutgoingMessage.objects.create(
        key=str(uuid.uuid7()),
        template="act/told_customer",
        customer=customer,
        about={"fix": fix.pk},
        due_at=NOW,
    )
    Telling.objects.create(fix=fix, customer=customer, message=message, at=NOW)
    for about in ({"remark": remark}, {"feedback": feedback}):
        Mention.objects.create(
            issue=issue,
            sorted_by="person",
            confidence=1,
            counted=True,
            happened_at=NOW,
            unit=cast.north,
            **about,
        )
        CompetitorMention.objects.create(happened_at=NOW, unit=cast.north, **about)
        Sighting.objects.create(person=cast.olga, depth=Depth.CONVERSING, at=NOW, **about)


def _remark(cast: Cast, customer: Customer, encounter: Encounter) -> Remark:
    remark = Remark.objects.create(
        encounter=encounter,
        noted_by=cast.olga,
        noted_at=NOW,
        sequence=1,
        kind="complaint",
        customer=customer,
        verbatim=words("The lift was broken"),
        reading=words("She was upset"),
        device="phone 1",
    )
    disposition = Disposition.objects.create(
        remark=remark, answer=Answer.HANDED_OVER, by=cast.olga, at=NOW, reason=words("Rolf knows Petra")
    )
    offer = HandOver.objects.create(
        disposition=disposition, giver=cast.olga, receiver=cast.rolf, offered_at=NOW, answer_due_at=LATER
    )
    HandOverAnswer.objects.create(
        hand_over=offer, accepted=False, by=cast.rolf, at=NOW, reason=words("I do not know Petra")
    )
    SecondVersion.objects.create(
        sent_id=remark.pk,
        digest="d" * 64,
        encounter=encounter,
        sent_by=cast.rolf,
        sent_at=NOW,
        kind="complaint",
        said_by="customer",
        customer=customer,
        verbatim=words("The lift stood"),
        reading=words("upset"),
    )
    return remark


def _feedback(cast: Cast, customer: Customer | None) -> Feedback:
    feedback = Feedback.objects.create(
        source="web",
        source_id="petra.frei/1",
        channel="web",
        kind="idea",
        topic="Petra's topic",
        verbatim=words("A later train"),
        unit=cast.north,
        customer=customer,
        received_at=NOW,
    )
    Message.objects.create(feedback=feedback, verbatim=words("And earlier"), at=NOW)
    receipt = Receipt.objects.create(
        number="AB12",
        digest="0" * 64,
        feedback=feedback,
        language="en",
        email="petra@home.example",
        given_at=NOW,
    )
    Erasure.objects.create(receipt=receipt, asked_at=NOW, due_on=LATER.date(), done_at=NOW)
    report = ResearchReport.objects.create(
        title="Trains",
        unit=cast.north,
        file_name="trains.pdf",
        fingerprint="1",
        brought_by=cast.olga,
        brought_at=NOW,
    )
    page = ReportPage.objects.create(report=report, number=1, verbatim=words("Trains are late"))
    Finding.objects.create(page=page, start=0, end=6, feedback=feedback, marked_by=cast.olga, marked_at=NOW)
    return feedback


def _beside(cast: Cast, remark: Remark, feedback: Feedback) -> None:
    """What hangs on what was said: photos, steps, calls and things judged."""
    for about in ({"remark": remark}, {"feedback": feedback}):
        Attachment.objects.create(
            added_by=cast.olga, added_at=NOW, size=3, sha256="a" * 64, kept_at=NOW, **about
        )
    encounter = remark.encounter
    WalkStep.objects.create(
        encounter=encounter, order=1, name="Petra's door", seconds=3, effort=1, feeling=1, remark=remark
    )
    CareItem.objects.create(
        encounter=encounter,
        order=1,
        kind="letter",
        name="Petra's letter",
        cares=True,
        words=words("Dear Petra"),
        remark=remark,
    )
    draw = CallDraw.objects.create(
        encounter=encounter,
        queues=["cards"],
        from_hour=9,
        until_hour=10,
        seed=1,
        drawn_by=cast.olga,
        drawn_at=NOW,
    )
    ListenedCall.objects.create(draw=draw, order=1, queue="cards", hour=9, nth=1, remark=remark)


def _bought(customer: Customer, other: Customer) -> None:
    Purchase.objects.create(
        customer=customer,
        source="till",
        source_id="petra-1",
        on=NOW.date(),
        amount=100,
        currency="CHF",
        product="Petra's cake",
    )
    Departure.objects.create(
        customer=customer,
        source="crm",
        source_id="petra-2",
        left_on=NOW.date(),
        reason="Petra's reason",
        contributing=["Petra's other reason"],
        words=words("I am going"),
    )
    Referral.objects.create(
        by_customer=customer, newcomer=other, source="crm", source_id="p-3", on=NOW.date()
    )
    Referral.objects.create(
        by_customer=other, newcomer=customer, source="crm", source_id="p-4", on=NOW.date()
    )


def _agreed(cast: Cast, customer: Customer, encounter: Encounter) -> None:
    Consent.objects.create(
        customer=customer,
        channel="letter",
        purpose="survey",
        wording="Petra's own",
        how="on her card",
        given_at=NOW,
    )
    Approach.objects.create(customer=customer, channel="phone", purpose="conversation", by=cast.olga, at=NOW)
    ContactRestriction.objects.create(customer=customer, kind="vulnerable", set_by=cast.mina, set_at=NOW)
    customer.household = Household.objects.create(
        kind="household", name="Family Frei", made_at=NOW, reference="H-1"
    )
    customer.phone, customer.reference, customer.segment = "+41 44 123 45 67", "K-10042", "only her"
    customer.save()


def _transcript(cast: Cast, customer: Customer, encounter: Encounter, remark: Remark) -> None:
    transcript = Transcript.objects.create(
        encounter=encounter,
        source="vtt",
        name="Petra Frei.vtt",
        sha256="b" * 64,
        added_by=cast.olga,
        added_at=NOW,
    )
    speaker = TranscriptSpeaker.objects.create(
        transcript=transcript, label="Petra Frei", said_by="customer", customer=customer
    )
    Passage.objects.create(
        transcript=transcript, order=1, speaker=speaker, verbatim=words("I said so"), remark=remark
    )
    ours = TranscriptSpeaker.objects.create(transcript=transcript, label="Olga", said_by="employee")
    Passage.objects.create(
        transcript=transcript, order=2, speaker=ours, verbatim=words("Thank you, Petra Frei, for coming")
    )


def _imported(cast: Cast, customer: Customer, feedback: Feedback) -> None:
    run = ImportRun.objects.create(
        kind="customers",
        source="crm",
        file_name="Petra Frei.csv",
        stored_as="petra.csv",
        fingerprint="f",
        started_at=NOW,
    )
    ImportedRow.objects.create(
        run=run, about_type="customer", about_id=str(customer.pk), before={"name": "Petra F."}
    )


def tables() -> set[str]:
    """The tables in which a row about a customer can stand."""
    return {model._meta.model_name for model in reachable()}
