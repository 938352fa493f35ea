"""Somebody's words as the reader of this page may see them: `{% said words unit=… by=… as text %}`.

`{% plainly words unit=… by=… as text %}` is the same without markup, for a mail, a label, half a sentence.
"""

from django import template
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from coalface.records.models import Unit, Verbatim
from coalface.shell.personal import in_brackets, may_see, pieces, shortened

register = template.Library()


@register.simple_tag(takes_context=True)
def said(
    context: template.Context,
    words: Verbatim | None,
    unit: Unit | None = None,
    by: int | None = None,
    openly: bool | None = None,
    start: int = 0,
    end: int | None = None,
    most: int = 0,
) -> SafeString:
    """Who brought the words in (`by`) or may see the customers of the unit sees them as they were said."""
    if not words or words.erased_at:
        return SafeString("")
    shown = _openly(context, unit, by) if openly is None else openly
    found = pieces(words, openly=shown, start=start, end=end)
    if most:
        found = shortened(found, most)
    if not any(piece.kind for piece in found):
        return conditional_escape("".join(piece.text for piece in found))
    told = render_to_string("shell/components/said.html", {"pieces": found}).rstrip("\n")
    return SafeString(told)  # nosec B703  (our own template, which escapes)


@register.simple_tag(takes_context=True)
def plainly(
    context: template.Context,
    words: Verbatim | None,
    unit: Unit | None = None,
    by: int | None = None,
    most: int = 0,
) -> str:
    """In a mail, where anybody may read it, nobody sees what is personal."""
    if not words or words.erased_at:
        return ""
    return in_brackets(words, openly=_openly(context, unit, by), most=most)


def _openly(context: template.Context, unit: Unit | None, by: int | None) -> bool:
    return may_see(getattr(context, "request", None), unit or None, (by,) if by else ())
