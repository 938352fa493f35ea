"""Pages of what customers experience, where they experience it, and who of us knows."""

from .cohorts import count, remove_cohort
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
    unsure,
)
from .journey import (
    add_touchpoint,
    assign_link,
    change_touchpoint,
    connect,
    disconnect,
    journey,
    move_touchpoint,
    remove_touchpoint,
    restore,
)
from .touchpoint import touchpoint, touchpoints

__all__ = (
    "add_touchpoint",
    "assign_link",
    "change_touchpoint",
    "confirm",
    "connect",
    "count",
    "disconnect",
    "index",
    "issue",
    "journey",
    "mark",
    "mentions",
    "merge",
    "move_touchpoint",
    "propose",
    "read",
    "remove_cohort",
    "remove_touchpoint",
    "restore",
    "route",
    "settle",
    "touchpoint",
    "touchpoints",
    "unsure",
)
