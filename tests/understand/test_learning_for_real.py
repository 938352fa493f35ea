"""The product's own router, from the first decisions to a correction that counts at once."""

import pytest

from coalface.records.models import Clause, Event, Mention, Policy
from coalface.understand.actions import keep_up, learn, settle, sort_read
from coalface.understand.actions.memory import IN_THIS_PROCESS
from tests.people import NOW
from tests.understand import heard, issue_of

pytestmark = pytest.mark.django_db

SAID = {
    "App": ["crashes when I pay", "freezes when I pay", "logs me out", "crashes at sign in", "will not open"],
    "Fees": ["hidden fee on my bill", "high fee", "a fee without notice", "fee charged twice", "strange fee"],
    "Queue": ["waited an hour", "a long queue", "queue at the till", "nobody at the desk", "waited forever"],
}


def read(*feedback) -> None:
    Clause.objects.bulk_create(
        Clause(verbatim=each.verbatim, start=0, end=len(each.verbatim.text)) for each in feedback
    )
    sort_read(verbatims=[each.verbatim for each in feedback], now=NOW)


def test_it_learns_from_sixteen_decisions_and_at_once_from_one_more(cast):
    issues = {}
    for title, texts in SAID.items():
        issues[title] = issue_of(cast, title)
        for each in heard(cast, *texts):
            settle(mention=each.mentions.get(), issue=issues[title], by=cast.adam, now=NOW)
    [noise] = heard(cast, "Where can I park my bicycle?")
    settle(mention=noise.mentions.get(), issue=None, by=cast.adam, now=NOW)
    keep_up(now=NOW)
    assert len(IN_THIS_PROCESS.learned.known) == 16

    app, strange = heard(cast, "it crashes whenever I pay", "Der Hund bellt laut")
    read(app, strange)
    thought = Mention.objects.get(feedback=app)
    assert (thought.suggested or issues["App"]) == issues["App"]
    assert thought.runners_up and 0 <= thought.confidence <= 1
    assert not Mention.objects.counted().filter(feedback__in=(app, strange)).exists()
    Policy.objects.create(key="learned_counts_after", value=10, set_by=cast.mina, set_at=NOW)

    doors = issue_of(cast, "Doors")
    one, same = heard(cast, "The revolving door jams", "the revolving door jams")
    read(one, same)
    settle(mention=one.mentions.get(), issue=doors, by=cast.adam, now=NOW)
    learn(event=Event.objects.filter(kind="mention.settled").last(), now=NOW)
    assert [(each.issue, each.counted, each.sorted_by) for each in same.mentions.all()] == [
        (doors, True, "model")
    ]
