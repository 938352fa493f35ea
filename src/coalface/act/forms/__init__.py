"""What is asked when a fix is opened, given on, decided about, declined or looked for."""

from .answers import AskForm, MergeForm, NeedsForm, NotYetForm, OfferForm, ReturnForm
from .fixes import (
    LANES,
    ORDERS,
    SHORT_LANES,
    SHOWN,
    WAITING,
    WHOSE,
    ChangeForm,
    DeclineForm,
    FilterForm,
    FixForm,
)
from .meetings import CallForm, MinuteForm, PointForm, PresentForm

__all__ = [
    "LANES",
    "ORDERS",
    "SHORT_LANES",
    "SHOWN",
    "WAITING",
    "WHOSE",
    "AskForm",
    "CallForm",
    "ChangeForm",
    "DeclineForm",
    "FilterForm",
    "FixForm",
    "MergeForm",
    "MinuteForm",
    "NeedsForm",
    "NotYetForm",
    "OfferForm",
    "PointForm",
    "PresentForm",
    "ReturnForm",
]
