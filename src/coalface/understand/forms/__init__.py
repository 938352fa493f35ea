"""What is asked for when somebody finds, words or sorts issues."""

from .competitors import CompetitorForm, WhomForm, WordsForm
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
    "CompetitorForm",
    "FilterForm",
    "MentionsForm",
    "MergeForm",
    "ProposeForm",
    "QuotesForm",
    "RouteForm",
    "SettleForm",
    "TouchpointForm",
    "WhomForm",
    "WordsForm",
    "some_day",
)
