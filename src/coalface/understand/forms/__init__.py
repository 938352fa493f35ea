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

__all__ = (
    "FilterForm",
    "MentionsForm",
    "MergeForm",
    "ProposeForm",
    "QuotesForm",
    "RouteForm",
    "SettleForm",
    "TouchpointForm",
    "some_day",
)
