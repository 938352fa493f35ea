"""What an erasure does to each text about a customer: a table of every field there is."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import CharField, Field, JSONField, Model, TextField
from django.utils.crypto import salted_hmac

from coalface.records.models import (
    Approach,
    Assignment,
    Attachment,
    CareItem,
    Consent,
    Customer,
    DailyCall,
    Departure,
    Disposition,
    Erasure,
    Feedback,
    Guest,
    GuestInvitation,
    ListenedCall,
    Mention,
    OutgoingMessage,
    Purchase,
    Receipt,
    Referral,
    Remark,
    SecondVersion,
    TranscriptSpeaker,
    WalkStep,
)

SAYS_NOTHING: Final = re.compile(r"[0-9a-f-]{0,40}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Kept:
    """Stays as it is, because …"""

    why: str


@dataclass(frozen=True, slots=True)
class Emptied:
    """Becomes this value."""

    value: Any


@dataclass(frozen=True, slots=True)
class Label:
    """Stays where somebody else's row says the same, which makes it a category; else becomes this."""

    otherwise: Any = ""


@dataclass(frozen=True, slots=True)
class Marked:
    """An id of another system: becomes a mark by which the same row is known again, and nothing else."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """Becomes the number of its row, which tells two of them apart."""


Rule = Kept | Emptied | Label | Marked | Numbered

CODE: Final = Kept("a code of ours")
SOURCE: Final = Kept("the name of another system")

TEXTS: Final[Mapping[type[Model], Mapping[str, Rule]]] = {
    Approach: {},
    Assignment: {"stratum": Label()},
    Attachment: {"sha256": Kept("by which a phone that sends it again is told what became of it")},
    CareItem: {"name": Emptied("…")},
    Consent: {"wording": Label(), "how": Label()},
    Customer: {
        "name": Numbered(),
        "reference": Emptied(None),
        "email": Emptied(""),
        "phone": Emptied(""),
        "segment": Label(),
        "language": Kept("as many speak it"),
        "country": Kept("as many live there"),
        "currency": Kept("of a figure that stays"),
    },
    DailyCall: {"reason": CODE},
    Departure: {"source": SOURCE, "source_id": Marked(), "reason": Label(), "contributing": Label([])},
    Disposition: {},
    Erasure: {"refusal": CODE, "reached": Kept("counts")},
    Feedback: {
        "source": SOURCE,
        "source_id": Marked(),
        "channel": Label("other"),
        "topic": Label(),
    },
    Guest: {"token": Label(), "token_currency": Kept("of a figure that stays")},
    GuestInvitation: {
        "digest": Kept("of a secret we do not know"),
        "language": Kept("as many speak it"),
    },
    ListenedCall: {"queue": Kept("ours, said before anybody called")},
    Mention: {"runners_up": Kept("numbers of issues")},
    OutgoingMessage: {
        "key": Kept("ids"),
        "template": CODE,
        "about": Emptied({}),
        "error": CODE,
    },
    Purchase: {
        "source": SOURCE,
        "source_id": Marked(),
        "currency": Kept("of a figure that stays"),
        "product": Label(),
    },
    Receipt: {
        "number": Kept("says nothing to anybody but its holder"),
        "digest": Kept("of a secret we do not know"),
        "language": Kept("as many speak it"),
        "email": Emptied(""),
    },
    Referral: {"source": SOURCE, "source_id": Marked()},
    Remark: {"device": Kept("a phone of ours")},
    SecondVersion: {"digest": Kept("by which a phone that sends it again is told that it was kept")},
    TranscriptSpeaker: {"label": Numbered()},
    WalkStep: {"name": Emptied("…")},
}


def texts(model: type[Model]) -> list[Field]:
    """The fields of a table that can hold words: all but those which know their own few values."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, CharField | TextField | JSONField) and not field.choices
    ]


def mark_of(source: str, source_id: str) -> str:
    """What stands in place of another system's id: the key of the installation is needed to make it again."""
    mark = salted_hmac("coalface.erased", f"{source}\n{source_id}", algorithm="sha256")
    return f"erased-{mark.hexdigest()[:40]}"


def marks_of(source: str, source_ids: Iterable[str]) -> dict[str, str]:
    """The marks under which rows of another system would be known if they had been erased, with their ids."""
    return {mark_of(source, each): each for each in source_ids if not SAYS_NOTHING.fullmatch(each)}


def number_of(row_id: object) -> str:
    """A name for who has none any more: it tells two apart, in every language."""
    return f"#{str(row_id)[-6:]}"
