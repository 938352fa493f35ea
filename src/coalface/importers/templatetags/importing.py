"""What a change shows: each field by its name for people."""

from django import template

from coalface.importers.queries import Change
from coalface.importers.rows import Kind

register = template.Library()


@register.filter
def beside(change: Change, kind: Kind) -> list[tuple[str, object, object]]:
    """Per field its name, what is there, and what would be."""
    labels = {field.name: field.label for field in kind.fields}
    return [(labels.get(name, name), change.before.get(name), after) for name, after in change.after.items()]
