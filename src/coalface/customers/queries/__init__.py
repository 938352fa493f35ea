"""Who our customers are, what they said last, what we owe them, and whom of them we may ask."""

from .approaching import approachable
from .directory import customers_within, named, segments
from .glance import Glance, Word, glance, last_words

__all__ = ("Glance", "Word", "approachable", "customers_within", "glance", "last_words", "named", "segments")
