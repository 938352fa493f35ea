"""The room's addresses."""

from django.urls import path

from . import views

app_name = "meet"

urlpatterns = [
    path("", views.index, name="index"),
    path("met/", views.drop_in, name="drop_in"),
    path("hand-overs/", views.hand_overs, name="hand_overs"),
    path("hand-overs/<int:pk>/answer/", views.answer_hand_over, name="answer_hand_over"),
    path("remarks/", views.remarks, name="remarks"),
    path("remarks/<uuid:pk>/", views.remark, name="remark"),
    path("remarks/<uuid:pk>/answer/", views.dispose, name="dispose"),
    path("remarks/<uuid:pk>/told/", views.tell, name="tell"),
    path("second-versions/", views.second_versions, name="second_versions"),
    path("second-versions/<int:pk>/settle/", views.settle_second_version, name="settle_second_version"),
    path("photos/<uuid:pk>/", views.photo, name="photo"),
    path("promises/<int:pk>/settle/", views.settle_promise, name="settle_promise"),
    path("<uuid:pk>/", views.encounter, name="encounter"),
    path("<uuid:pk>/hold/", views.hold, name="hold"),
    path("<uuid:pk>/call-off/", views.call_off, name="call_off"),
    path("<uuid:pk>/note/", views.note, name="note"),
    path("<uuid:pk>/promise/", views.promise, name="promise"),
    path("<uuid:pk>/finish/", views.finish, name="finish"),
    path("<uuid:pk>/shift/", views.shift, name="shift"),
    path("<uuid:pk>/shift/prepare/", views.prepare_shift, name="prepare_shift"),
    path("<uuid:pk>/shift/agree/", views.agree_to_shift, name="agree_to_shift"),
    path("<uuid:pk>/shift/induction/", views.induct, name="induct"),
    path("<uuid:pk>/shift/did/", views.describe_shift, name="describe_shift"),
    path("<uuid:pk>/calls/draw/", views.draw_calls, name="draw_calls"),
    path("calls/<int:pk>/", views.call, name="call"),
    path("calls/<int:pk>/informed/", views.inform_agent, name="inform_agent"),
    path("calls/<int:pk>/none/", views.no_such_call, name="no_such_call"),
    path("<uuid:pk>/steps/add/", views.add_step, name="add_step"),
    path("<uuid:pk>/steps/undo/", views.undo_step, name="undo_step"),
    path("steps/<int:pk>/", views.step, name="step"),
    path("<uuid:pk>/care/", views.care_sheet, name="care_sheet"),
    path("<uuid:pk>/care/judge/", views.judge_item, name="judge_item"),
    path("care/<int:pk>/", views.care_item, name="care_item"),
    path("care/<int:pk>/remark/", views.raise_item, name="raise_item"),
    path("<uuid:pk>/in-the-way/", views.in_the_way, name="in_the_way"),
]
