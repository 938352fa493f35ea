"""Every view names its right."""

from django.http import HttpRequest, HttpResponse
from django.urls import get_resolver, include, path
from ninja import NinjaAPI

from coalface.api import rights
from coalface.permissions import ANYONE, Right, needs
from tests.house.rules.views import without_right
from tests.people import client_for


def page(request: HttpRequest) -> HttpResponse:
    """A view that forgot."""
    return HttpResponse(request.path)


def test_every_view_names_its_right():
    assert list(without_right(get_resolver().url_patterns)) == []


def test_a_view_that_names_no_right_is_found():
    inside = [
        path("forgot/", page),
        path("mine/", needs(Right.SEE_MY_WEEK)(page)),
        path("all/", needs(ANYONE)(page)),
    ]
    assert list(without_right([path("act/", include(inside))])) == [
        f"/act/forgot/: {__name__}.page names no right",
    ]


def test_a_view_that_only_calls_itself_as_one_of_allauth_is_found():
    assert list(without_right([path("login/", page, name="account_login")])) == [
        f"/login/: {__name__}.page names no right"
    ]


def test_an_operation_of_the_api_that_names_no_right_is_found():
    api = NinjaAPI(docs_url=None, openapi_url=None, urls_namespace="small")
    api.get("/mine", auth=rights.needs(Right.SEE_MY_WEEK))(lambda request: {})
    api.put("/mine", auth=rights.needs(ANYONE))(lambda request: {})
    api.delete("/mine")(lambda request: {})
    api.get("/ours", auth=[rights.needs(Right.SEE_MY_WEEK), lambda request: True])(lambda request: {})
    inside = [one for one in api.urls[0] if one.name != "api-root"]
    assert set(without_right([path("api/", include(inside))])) == {
        "DELETE /api/mine: <lambda> names no right",
        "GET /api/ours: <lambda> names no right",
    }


def test_no_page_is_kept_by_a_proxy(cast):
    addresses = ("/", "/meet/", "/api/session", "/meet/capture/", "/c/stop/x.y/", "/c/heard/x.y/")
    kept = {address: client_for(cast.olga).get(address).headers["Cache-Control"] for address in addresses}
    private = "private, no-cache"
    assert kept == {
        "/": private,
        "/meet/": private,
        "/api/session": "no-store",
        "/meet/capture/": "no-cache",
        "/c/stop/x.y/": private,
        "/c/heard/x.y/": private,
    }
