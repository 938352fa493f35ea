"""Addresses as a code for cameras, dark on light on every page, or no camera reads it."""

from typing import Final

import segno

BORDER: Final = 2
DARK, LIGHT = "#1a1714", "#ffffff"


def code_drawing(address: str, scale: int) -> str:
    """The code as an SVG file of its own."""
    drawing = _code(address).svg_inline(scale=scale, border=BORDER, dark=DARK, light=LIGHT)
    return drawing.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)


def code_in_page(address: str, scale: int, mask: int | None = None) -> str:
    """The code as the source of an image, to be printed with its page.

    Looking for the best of eight masks takes four fifths of the time; a page for each customer names one.
    """
    return _code(address, mask).svg_data_uri(scale=scale, border=BORDER, dark=DARK, light=LIGHT)


def _code(address: str, mask: int | None = None) -> segno.QRCode:
    return segno.make(address, error="m", micro=False, mask=mask)
