"""Pages of what customers experience, how often they say so, and who of us knows."""

from .cohorts import count, remove_cohort
from .competitors import change_competitor, competitor, competitors, end_competitor, say_whom, whom
from .issues import confirm, index, mark, mentions, merge, propose, read, route
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
from .one_issue import issue, read_quotes
from .summaries import ask_about_issue, ask_about_theme, dismiss_summary, take_name
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
from .touchpoint import touchpoint, touchpoints
from .triage import settle, undo, unsure

__all__ = (
    "add_touchpoint",
    "ask_about_issue",
    "ask_about_theme",
    "assign_link",
    "change_competitor",
    "change_touchpoint",
    "competitor",
    "competitors",
    "confirm",
    "confirm_theme",
    "connect",
    "count",
    "decline_theme",
    "disconnect",
    "dismiss_summary",
    "end_competitor",
    "index",
    "issue",
    "journey",
    "mark",
    "mentions",
    "merge",
    "merge_theme",
    "move_touchpoint",
    "propose",
    "read",
    "read_quotes",
    "remove_cohort",
    "remove_touchpoint",
    "restore",
    "route",
    "say_whom",
    "search_themes",
    "settle",
    "split_theme",
    "take_name",
    "theme",
    "themes",
    "touchpoint",
    "touchpoints",
    "undo",
    "undo_theme",
    "unsure",
    "whom",
)
