"""Pages of what customers experience, how often they say so, and who of us knows."""

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
    "confirm",
    "index",
    "issue",
    "mark",
    "mentions",
    "merge",
    "propose",
    "read",
    "read_quotes",
    "route",
    "settle",
    "touchpoints",
    "unsure",
)
