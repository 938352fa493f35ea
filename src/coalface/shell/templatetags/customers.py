"""What pages for customers have in common: the languages they are there in, and the few sheets they load."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import get_language, get_language_info

from coalface.records.models import Fix, PublishedChange

register = template.Library()


@register.inclusion_tag("shell/components/languages.html", takes_context=True)
def languages(context: template.Context) -> dict[str, Any]:
    """The choice of languages; a page that was sent as a form carries on what it was sent with."""
    return {
        "languages": [
            (code, capfirst(get_language_info(code)["name_local"])) for code in settings.PUBLIC_LANGUAGES
        ],
        "language": get_language(),
        "carried": context.get("carried"),
    }


@register.filter
def sheets(names: str) -> list[str]:
    """The addresses of some of our stylesheets."""
    return [f"shell/{name}.css" for name in names.split()]


@register.filter
def in_groups(letters: str, size: int) -> str:
    """`{{ number|in_groups:3 }}`: as people write down what they copy by hand."""
    return " ".join(letters[start : start + size] for start in range(0, len(letters), size))


@dataclass(frozen=True, slots=True)
class Became:
    """One thing a letter tells of; `published` are our own words for it in the language spoken, if any."""

    news: str
    fix: Fix
    published: PublishedChange | None


@register.simple_tag
def what_became(news: Iterable[Mapping[str, Any]]) -> list[Became]:
    """The fixes that a letter names by their numbers, as they are now."""
    numbers = [one["of"] for one in news]
    fixes = Fix.objects.select_related("owner", "decline_reason").in_bulk(numbers)
    ours = PublishedChange.objects.filter(fix__in=numbers, language=get_language(), withdrawn_at=None)
    published = {row.fix_id: row for row in ours}
    return [Became(one["news"], fixes[one["of"]], published.get(one["of"])) for one in news]
