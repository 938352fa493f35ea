"""The room's addresses."""

from django.urls import path

from coalface.act import views

app_name = "act"

urlpatterns = [
    path("", views.index, name="index"),
    path("board/", views.board, name="board"),
    path("<int:pk>/", views.fix, name="fix"),
    path("<int:pk>/accept/", views.accept, name="accept"),
    path("<int:pk>/return/", views.give_back, name="give_back"),
    path("<int:pk>/offer/", views.offer, name="offer"),
    path("<int:pk>/take-back/", views.take_back, name="take_back"),
    path("<int:pk>/ask/", views.ask, name="ask"),
    path("<int:pk>/decide/", views.decide, name="decide"),
    path("<int:pk>/decline/", views.decline, name="decline"),
    path("<int:pk>/as-customers-read-it/", views.as_customers_read_it, name="as_customers_read_it"),
    path("<int:pk>/ship/", views.ship, name="ship"),
    path("<int:pk>/undo/", views.undo, name="undo"),
    path("<int:pk>/change/", views.change, name="change"),
    path("<int:pk>/lane/", views.lane, name="lane"),
    path("<int:pk>/needs/", views.needs_first, name="needs"),
    path("<int:pk>/merge/", views.merge, name="merge"),
    path("<int:pk>/move/", views.move, name="move"),
    path("chain/remark/<uuid:pk>/", views.chain_of_remark, name="chain_of_remark"),
    path("chain/feedback/<uuid:pk>/", views.chain_of_feedback, name="chain_of_feedback"),
    path("chain/issue/<int:pk>/", views.chain_of_issue, name="chain_of_issue"),
    path("chain/fix/<int:pk>/", views.chain_of_fix, name="chain_of_fix"),
    path("meetings/", views.meetings, name="meetings"),
    path("meetings/call/", views.call_meeting, name="call_meeting"),
    path("meetings/<int:pk>/", views.meeting, name="meeting"),
    path("meetings/<int:pk>/open/", views.open_meeting, name="open_meeting"),
    path("meetings/<int:pk>/close/", views.close_meeting, name="close_meeting"),
    path("meetings/<int:pk>/cancel/", views.cancel_meeting, name="cancel_meeting"),
    path("meetings/<int:pk>/present/", views.present, name="present"),
    path("meetings/<int:pk>/add/", views.add_point, name="add_point"),
    path("meetings/point/<int:pk>/", views.point, name="point"),
    path("meetings/point/<int:pk>/move/", views.move_point, name="move_point"),
    path("meetings/point/<int:pk>/decide/", views.decide_point, name="decide_point"),
    path("whys/<int:pk>/", views.whys, name="whys"),
    path("whys/step/<int:pk>/", views.change_why, name="change_why"),
    path("<int:pk>/opportunity/", views.opportunity, name="opportunity"),
    path("<int:pk>/opportunity/register/", views.register_opportunity, name="register_opportunity"),
    path("<int:pk>/opportunity/validate/", views.validate, name="validate"),
    path("<int:pk>/opportunity/judge/", views.judge_adoption, name="judge_adoption"),
    path("<int:pk>/costs/", views.costs_of_fix, name="costs_of_fix"),
    path("costs/encounter/<uuid:pk>/", views.costs_of_encounter, name="costs_of_encounter"),
    path("costs/<int:pk>/take-back/", views.take_back_cost, name="take_back_cost"),
    path("open/<int:pk>/", views.open_fix, name="open_fix"),
    path("<int:pk>/words/", views.publish, name="publish"),
    path("tell/", views.to_tell, name="to_tell"),
    path("tell/<int:pk>/<str:news>/", views.batch, name="batch"),
    path("tell/<int:pk>/<str:news>/send/", views.send_news, name="send_news"),
    path("tell/<int:pk>/<str:news>/leave-out/", views.leave_out, name="leave_out"),
    path("heard/", views.published, name="published"),
    path("heard/<int:pk>/take-off/", views.withdraw, name="withdraw"),
    path("heard/poster/<int:pk>/", views.poster, name="poster"),
]

# Under /c/, for everybody; the code of a place stands last, as it may be anything.
public = [
    path("no-news/<str:token>/", views.no_news, name="no_news"),
    path("heard/", views.heard, name="heard"),
    path("heard/at/<str:code>/", views.heard, name="heard_at"),
]
