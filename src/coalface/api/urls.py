"""Where the door stands: every noun under its own address."""

from typing import Any

from django.http import HttpRequest
from django.urls import path
from ninja.decorators import decorate_view

from coalface.permissions import Right

from . import (
    batches,
    chains,
    customers,
    encounters,
    exposures,
    feedback,
    fixes,
    hooks,
    issues,
    people,
    photos,
    remarks,
    session,
    verdicts,
    views,
)
from .answers import answer_in_json
from .door import Door
from .rights import ANY, needs
from .tags import tagged

api = Door(
    title="Coalface",
    version="1",
    description="What phones send, and what programs may ask. Times never come from the device.",
    urls_namespace="api",
    docs_url=None,
    openapi_url=None,
)
answer_in_json(api)
api.add_router("session", session.router)
api.add_router("encounters", encounters.router)
api.add_router("remarks", remarks.router)
api.add_router("feedback", batches.router)
api.add_router("feedback", feedback.router)
api.add_router("photos", photos.router)
api.add_router("customers", customers.router)
api.add_router("people", people.router)
api.add_router("exposures", exposures.router)
api.add_router("issues", issues.router)
api.add_router("fixes", fixes.router)
api.add_router("verdicts", verdicts.router)
api.add_router("chains", chains.router)
api.add_router("hooks", hooks.router)


@api.get("/openapi.json", auth=needs(Right.USE_API, ANY), include_in_schema=False)
@decorate_view(tagged)
def openapi(request: HttpRequest) -> Any:
    """The whole promise, for programs that read it."""
    return views.promise()


app_name = "api"
urlpatterns = [path("docs/", views.docs, name="docs")]
urlpatterns += [address for address in api.urls[0] if address.name != "api-root"]
