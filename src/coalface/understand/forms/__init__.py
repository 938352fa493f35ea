"""What is asked for in the room where what was said is understood."""

from .issues import FilterForm, MentionsForm, MergeForm, ProposeForm, RouteForm, SettleForm
from .journey import ChangeForm, CohortForm, ConnectForm, MoveForm, OwnerForm, TouchpointForm

__all__ = (
    "ChangeForm",
    "CohortForm",
    "ConnectForm",
    "FilterForm",
    "MentionsForm",
    "MergeForm",
    "MoveForm",
    "OwnerForm",
    "ProposeForm",
    "RouteForm",
    "SettleForm",
    "TouchpointForm",
)
