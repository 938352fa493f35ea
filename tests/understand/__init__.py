"""Issues of Lindner & Co, and what was said about them."""

from datetime import timedelta

from coalface.hear.actions import NewFeedback, take_in
from coalface.records.models import Event, Feedback, Issue, Mention
from coalface.understand.actions import confirm_issue, propose_issue, set_route, sort_feedback
from tests.people import NOW, Cast


def issue_of(cast: Cast, title: str, *phrases: str, **more: object) -> Issue:
    """A standing issue with its words."""
    issue = propose_issue(title=title, kind="service", by=cast.fay, now=NOW)
    issue = confirm_issue(issue=issue, by=cast.adam, now=NOW)
    set_route(issue=issue, phrases=phrases, by=cast.adam, now=NOW, **more)
    return issue


def heard(cast: Cast, *texts: str, days_ago: int = 0, **more: object) -> list[Feedback]:
    """Feedback in the north, sorted, in the order of the texts."""
    at = NOW - timedelta(days=days_ago)
    given = {
        "source": "web",
        "source_id": "",
        "channel": "web",
        "kind": "complaint",
        "unit": cast.north,
    } | more
    rows = [NewFeedback(text=text, received_at=at, **given) for text in texts]
    take_in(rows=rows, by=None, now=at)
    event = Event.objects.filter(kind="feedback.taken_in").last()
    sort_feedback(event=event, now=event.at)
    by_text = {row.verbatim.text if row.verbatim else "": row for row in _rows(event)}
    return [by_text[text] for text in texts]


def _rows(event: Event) -> list[Feedback]:
    return list(Feedback.objects.filter(pk__in=event.payload["ids"]).select_related("verbatim"))


def mentions_of(feedback: Feedback) -> list[tuple[str | None, float, bool, str]]:
    """Title, confidence, whether it counts, and the words of each mention."""
    return [_told(mention) for mention in feedback.mentions.order_by("issue__title", "pk")]


def _told(mention: Mention) -> tuple[str | None, float, bool, str]:
    title = mention.issue.title if mention.issue else None
    return title, mention.confidence, mention.counted, mention.clause.text if mention.clause else ""
