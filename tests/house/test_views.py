"""Every view names its right."""

from django.http import HttpRequest, HttpResponse
from django.urls import get_resolver, include, path

from coalface.permissions import ANYONE, Right, needs
from tests.house.rules.views import without_right


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
