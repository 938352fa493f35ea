"""Lists are shown fifty at a time."""

from django.core.paginator import Page, Paginator
from django.http import HttpRequest


def page_of(request: HttpRequest, queryset, size: int = 50) -> Page:
    """The page the address asks for; a page that does not exist becomes the nearest one that does."""
    return Paginator(queryset, size).get_page(request.GET.get("page"))
