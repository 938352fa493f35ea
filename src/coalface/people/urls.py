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
    path("team/", views.team, name="team"),
    path("team/issue/", views.issue_many, name="issue_many"),
    path("devices/", views.devices, name="devices"),
    path("devices/<uuid:pk>/revoke/", views.revoke_device, name="revoke_device"),
    path("pin/", views.own_pin, name="own_pin"),
    path("grants/<int:pk>/revoke/", views.revoke, name="revoke"),
    path("tokens/", tokens.tokens, name="tokens"),
    path("tokens/<int:pk>/revoke/", tokens.revoke, name="revoke_token"),
    path("<int:pk>/", views.person, name="person"),
    path("<int:pk>/change/", views.change, name="change"),
    path("<int:pk>/move/", views.move, name="move"),
    path("<int:pk>/leave/", views.leave, name="leave"),
    path("<int:pk>/grants/", views.grant, name="grant"),
    path("<int:pk>/account/", views.open_account, name="open_account"),
    path("<int:pk>/pin/issue/", views.issue, {"what": "pin"}, name="issue_pin"),
    path("<int:pk>/pin/take-back/", views.take_back, {"what": "pin"}, name="revoke_pin"),
    path("<int:pk>/badge/issue/", views.issue, {"what": "badge"}, name="issue_badge"),
    path("<int:pk>/badge/take-back/", views.take_back, {"what": "badge"}, name="revoke_badge"),
]

public = [
    path("door/", views.door, name="door"),
    path("door/choose/", views.choose_pin, name="choose_pin"),
    path("door/lock/", views.lock, name="lock"),
    path("door/here/", views.still_here, name="still_here"),
    path("badge/", views.badge, name="badge"),
]
