"""The room's addresses."""

from django.urls import path

from coalface.people import views
from coalface.people.views import tokens

app_name = "people"

urlpatterns = [
    path("", views.index, name="index"),
    path("add/", views.add, name="add"),
    path("units/add/", views.add_unit, name="add_unit"),
    path("policies/", views.policies, name="policies"),
    path("policies/<slug:key>/", views.choose, name="choose"),
    path("clock/publish/", views.publish_clock, name="publish_clock"),
    path("clock/withdraw/", views.withdraw_clock, name="withdraw_clock"),
    path("grants/<int:pk>/revoke/", views.revoke, name="revoke"),
    path("tokens/", tokens.tokens, name="tokens"),
    path("tokens/<int:pk>/revoke/", tokens.revoke, name="revoke_token"),
    path("<int:pk>/", views.person, name="person"),
    path("<int:pk>/move/", views.move, name="move"),
    path("<int:pk>/leave/", views.leave, name="leave"),
    path("<int:pk>/grants/", views.grant, name="grant"),
    path("<int:pk>/account/", views.open_account, name="open_account"),
]
