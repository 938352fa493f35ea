"""Taking stock of groups, and taking in the figures that other systems keep."""

from .figures import NewFigure, change_figures, key_of, take_in_figures
from .snapshots import take_snapshots

__all__ = ("NewFigure", "change_figures", "key_of", "take_in_figures", "take_snapshots")
