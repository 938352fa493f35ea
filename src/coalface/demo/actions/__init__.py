"""The demo companies, told through the actions their people would have used."""

from .bank import build_bank
from .shop import build_shop

__all__ = ("build_bank", "build_shop")
