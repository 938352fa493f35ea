"""What a file can hold: one kind a folder."""

from collections.abc import Mapping
from typing import Final

from .customers import CUSTOMERS
from .feedback import FEEDBACK
from .rows import Kind

KINDS: Final[Mapping[str, Kind]] = {kind.key: kind for kind in (FEEDBACK, CUSTOMERS)}

__all__ = ("KINDS", "Kind")
