"""The room's addresses."""

from django.urls import path

from coalface.plan import views

app_name = "plan"

urlpatterns = [
    path("", views.index, name="index"),
    path("draw/", views.draw, name="draw"),
    path("draws/<int:pk>/", views.assignment, name="assignment"),
    path("plans/", views.plans, name="plans"),
    path("plans/add/", views.want_plan, name="want_plan"),
    path("plans/<int:pk>/", views.plan, name="plan"),
    path("plans/<int:pk>/board/", views.board, name="board"),
    path("plans/<int:pk>/publish/", views.publish, name="publish"),
    path("plans/<int:pk>/discard/", views.discard, name="discard"),
    path("plans/<int:pk>/again/", views.plan_again, name="plan_again"),
    path("matches/<int:pk>/", views.match, name="match"),
    path("matches/<int:pk>/move/", views.move, name="move"),
    path("matches/<int:pk>/lock/", views.lock, name="lock"),
    path("matches/<int:pk>/unlock/", views.unlock, name="unlock"),
    path("matches/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("slots/", views.slots, name="slots"),
    path("slots/add/", views.offer_slots, name="offer_slots"),
    path("slots/<int:pk>/", views.slot, name="slot"),
    path("slots/<int:pk>/back/", views.take_back, name="take_back"),
    path("promises/", views.promises, name="promises"),
    path("commitments/add/", views.commit, name="commit"),
    path("exemptions/add/", views.exempt, name="exempt"),
    path("encounters/add/", views.encounter, name="encounter"),
    path("notices/", views.notices, name="notices"),
    path("notices/text/", views.notice_text, name="notice_text"),
    path("formats/add/", views.add_format, name="add_format"),
    path("formats/ready/", views.take_ready_formats, name="take_ready_formats"),
]
