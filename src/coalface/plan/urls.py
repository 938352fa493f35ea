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
    path("plans/<int:pk>/changes/", views.plan_changes, name="plan_changes"),
    path("plans/<int:pk>/publish/", views.publish, name="publish"),
    path("plans/<int:pk>/discard/", views.discard, name="discard"),
    path("plans/<int:pk>/again/", views.plan_again, name="plan_again"),
    path("plans/<int:pk>/remedies/<int:remedy>/", views.take_remedy, name="take_remedy"),
    path("matches/<int:pk>/", views.match, name="match"),
    path("matches/<int:pk>/move/", views.move, name="move"),
    path("matches/<int:pk>/customer/", views.replace_customer, name="replace_customer"),
    path("matches/<int:pk>/lock/", views.lock, name="lock"),
    path("matches/<int:pk>/unlock/", views.unlock, name="unlock"),
    path("matches/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("slots/", views.slots, name="slots"),
    path("slots/add/", views.offer_slots, name="offer_slots"),
    path("slots/<int:pk>/", views.slot, name="slot"),
    path("slots/<int:pk>/back/", views.take_back, name="take_back"),
    path("slots/<int:pk>/seats/", views.add_seats, name="add_seats"),
    path("promises/", views.promises, name="promises"),
    path("commitments/add/", views.commit, name="commit"),
    path("exemptions/add/", views.exempt, name="exempt"),
    path("encounters/add/", views.encounter, name="encounter"),
    path("times/", views.my_times, name="my_times"),
    path("times/away/", views.be_away, name="be_away"),
    path("times/away/<int:pk>/remove/", views.be_back, name="be_back"),
    path("times/calendar/", views.connect_calendar, name="connect_calendar"),
    path("times/calendar/leave/", views.leave_calendar, name="leave_calendar"),
    path("hours/", views.hours, name="hours"),
    path("hours/units/<int:pk>/", views.hours_of_unit, name="hours_of_unit"),
    path("hours/people/<int:pk>/", views.hours_of_person, name="hours_of_person"),
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/take-back/", views.revoke_calendar, name="revoke_calendar"),
    path("calendar/invitations/", views.invitations, name="invitations"),
    path("invitations/<int:pk>/answer/", views.answer_proposal, name="answer_proposal"),
    path("notices/", views.notices, name="notices"),
    path("notices/text/", views.notice_text, name="notice_text"),
    path("formats/add/", views.add_format, name="add_format"),
    path("formats/<int:pk>/", views.change_format, name="change_format"),
    path("formats/ready/", views.take_ready_formats, name="take_ready_formats"),
]

# Outside the rooms, for everybody who has the address.
public = [path("calendar/<str:secret>.ics", views.feed, name="feed")]
