"""What a change shows: each field by its name for people."""

from typing import Final

from django import template
from django.utils.translation import gettext as _

from coalface.importers.queries import Change
from coalface.importers.rows import Kind

register = template.Library()
# What another change brings along.
FOLLOWS: Final = frozenset({"left_on"})


@register.filter
def beside(change: Change, kind: Kind) -> list[tuple[str, object, object]]:
    """Per field its name, what is there, and what would be."""
    labels = {field.name: field.label for field in kind.fields} | {"ends_on": _("Here no more from")}
    return [
        (labels.get(name, name), change.before.get(name), after)
        for name, after in change.after.items()
        if name not in FOLLOWS
    ]
