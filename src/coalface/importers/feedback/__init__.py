"""Feedback of any kind from another system: words, labels, scores."""

from django.utils.translation import gettext_lazy as _

from coalface.permissions import Right
from coalface.records.models import Kind as Said

from ..recognising import Field
from ..rows import Kind
from .rows import FeedbackRows

FEEDBACK = Kind(
    key="feedback",
    label=_("Feedback"),
    right=Right.SORT,
    fields=(
        Field(
            "id",
            _("Its id in that system"),
            "key",
            required=True,
            called=("response id", "responseid", "ticket id", "ticket", "case number", "complaint id", "nr"),
        ),
        Field(
            "received_at",
            _("When it was said"),
            "moment",
            required=True,
            called=(
                "date",
                "datum",
                "created",
                "created at",
                "submitted at",
                "recorded date",
                "date received",
            ),
        ),
        Field(
            "text",
            _("What was said"),
            called=("comment", "message", "description", "kommentar", "nachricht", "words", "feedback"),
        ),
        Field("topic", _("Label"), called=("category", "subject", "kategorie", "thema", "issue", "tag")),
        Field("kind", _("Kind"), "choice", required=True, called=("type", "art", "typ")),
        Field("nps", _("Would recommend us (0–10)"), "number", called=("nps score", "recommend")),
        Field("csat", _("Satisfaction (1–5)"), "number", called=("satisfaction", "rating", "zufriedenheit")),
        Field("ces", _("Ease (1–7)"), "number", called=("effort", "customer effort score")),
        Field(
            "customer",
            _("Customer"),
            "customer",
            called=("customer id", "kundennummer", "requester email", "email", "contact"),
        ),
        Field("unit", _("Unit"), "unit", called=("branch", "filiale", "site", "store", "location")),
        Field("touchpoint", _("Touchpoint"), "choice", called=("step", "kontaktpunkt")),
        Field("channel", _("Channel"), "choice", called=("via", "kanal", "source")),
        Field("language", _("Language"), "choice", called=("sprache", "locale", "user language")),
    ),
    rows=FeedbackRows,
    longest={"id": 120, "topic": 120, "text": 100_000, "channel": 24, "language": 8},
    choices={"kind": dict(zip(Said.values, Said.values, strict=True))},
)
