"""What is asked for when somebody finds, words or sorts issues."""

from .competitors import CompetitorForm, WhomForm, WordsForm
from .issues import (
    KINDS,
    FilterForm,
    MentionsForm,
    MergeForm,
    ProposeForm,
    QuotesForm,
    RouteForm,
    SettleForm,
    some_day,
)
from .journey import ChangeForm, CohortForm, ConnectForm, MoveForm, OwnerForm, TouchpointForm
from .themes import AskForm, NameForm, PartForm, SplitForm, TakeForm

__all__ = (
    "KINDS",
    "AskForm",
    "ChangeForm",
    "CohortForm",
    "CompetitorForm",
    "ConnectForm",
    "FilterForm",
    "MentionsForm",
    "MergeForm",
    "MoveForm",
    "NameForm",
    "OwnerForm",
    "PartForm",
    "ProposeForm",
    "QuotesForm",
    "RouteForm",
    "SettleForm",
    "SplitForm",
    "TakeForm",
    "TouchpointForm",
    "WhomForm",
    "WordsForm",
    "some_day",
)
