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
    path("promises/<int:pk>/settle/", views.settle_promise, name="settle_promise"),
    path("transcripts/<int:pk>/", views.transcript, name="transcript"),
    path("transcripts/<int:pk>/voices/", views.name_voices, name="name_voices"),
    path("transcripts/<int:pk>/remove/", views.remove_transcript, name="remove_transcript"),
    path("passages/<int:pk>/settle/", views.settle_passage, name="settle_passage"),
    path("passages/<int:pk>/take-back/", views.take_back, name="take_back"),
    path("<uuid:pk>/", views.encounter, name="encounter"),
    path("<uuid:pk>/transcript/", views.bring_in, name="bring_in"),
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
    path("<uuid:pk>/in-the-way/", views.in_the_way, name="in_the_way"),
    path("<uuid:pk>/onlookers/", views.onlookers, name="onlookers"),
    path("<uuid:pk>/takes-part/", views.take_part, name="take_part"),
    path("<uuid:pk>/takes-part/<int:person>/not/", views.take_no_part, name="take_no_part"),
    path("<uuid:pk>/reflection/", views.reflect, name="reflect"),
    path("<uuid:pk>/heard/<int:guest>.svg", views.heard_code, name="heard_code"),
    path("reflections/", views.reflections, name="reflections"),
    path("reflections/<int:pk>/share/", views.share, name="share_reflection"),
    path("remarks/<uuid:pk>/kind/", views.say_kind, name="say_kind"),
]
