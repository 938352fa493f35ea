"""What is asked on the way of a file: what it holds, and what its columns mean."""

from .beginning import BeginForm
from .columns import ColumnsForm

__all__ = ("BeginForm", "ColumnsForm")
