"""What programs may ask, explained on a page."""

from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from coalface.permissions import Right, needs

from .queries import Schema, explained


@cache
def promise() -> Schema:
    """What the door promises; it does not change while we run."""
    from .urls import api

    return api.promise()


@needs(Right.USE_API)
def docs(request: HttpRequest) -> HttpResponse:
    """Every operation with its fields and a line to copy; `q` narrows it down."""
    words = request.GET.get("q", "")[:80]
    nouns = explained(promise(), site=settings.SITE, words=words)
    context = {"nouns": nouns, "q": words, "site": settings.SITE, "small": request.small}
    return render(request, "api/docs.html", context)
