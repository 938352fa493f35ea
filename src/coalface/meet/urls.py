"""The room's addresses."""

from django.urls import path

from . import views

app_name = "meet"

urlpatterns = [
    path("", views.index, name="index"),
    path("met/", views.drop_in, name="drop_in"),
    path("capture/", views.capture, name="capture"),
    path("capture/worker.js", views.capture_worker, name="capture_worker"),
    path("capture/manifest.webmanifest", views.capture_manifest, name="capture_manifest"),
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
]
