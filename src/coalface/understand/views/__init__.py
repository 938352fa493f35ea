"""Pages of what customers experience, how often they say so, and who of us knows."""

from .issues import (
    confirm,
    index,
    issue,
    mark,
    mentions,
    merge,
    propose,
    read,
    route,
    settle,
    touchpoints,
    unsure,
)
from .one_issue import issue, read_quotes
from .themes import (
    confirm_theme,
    decline_theme,
    merge_theme,
    search_themes,
    split_theme,
    theme,
    themes,
    undo_theme,
)

__all__ = (
    "confirm",
    "confirm_theme",
    "decline_theme",
    "index",
    "issue",
    "mark",
    "mentions",
    "merge",
    "merge_theme",
    "propose",
    "read",
    "read_quotes",
    "route",
    "search_themes",
    "settle",
    "split_theme",
    "theme",
    "themes",
    "touchpoints",
    "undo_theme",
    "unsure",
)
