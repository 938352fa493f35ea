"""Pages of what customers experience, how often they say so, and who of us knows."""

from .competitors import (
    change_competitor,
    competitor,
    competitors,
    end_competitor,
    say_whom,
    whom,
)
from .issues import (
    confirm,
    index,
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

__all__ = (
    "change_competitor",
    "competitor",
    "competitors",
    "confirm",
    "end_competitor",
    "index",
    "issue",
    "mark",
    "mentions",
    "merge",
    "propose",
    "read",
    "read_quotes",
    "route",
    "say_whom",
    "settle",
    "touchpoints",
    "unsure",
    "whom",
)
