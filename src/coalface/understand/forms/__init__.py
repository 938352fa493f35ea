"""What is asked for when somebody finds, words or sorts issues."""

from .issues import (
    FilterForm,
    MentionsForm,
    MergeForm,
    ProposeForm,
    QuotesForm,
    RouteForm,
    SettleForm,
    TouchpointForm,
    some_day,
)
from .themes import NameForm, PartForm, SplitForm

__all__ = (
    "FilterForm",
    "MentionsForm",
    "MergeForm",
    "NameForm",
    "PartForm",
    "ProposeForm",
    "QuotesForm",
    "RouteForm",
    "SettleForm",
    "SplitForm",
    "TouchpointForm",
    "some_day",
)
