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
    path("promises/<int:pk>/settle/", views.settle_promise, name="settle_promise"),
    path("<uuid:pk>/", views.encounter, name="encounter"),
    path("<uuid:pk>/hold/", views.hold, name="hold"),
    path("<uuid:pk>/call-off/", views.call_off, name="call_off"),
    path("<uuid:pk>/note/", views.note, name="note"),
    path("<uuid:pk>/promise/", views.promise, name="promise"),
    path("<uuid:pk>/finish/", views.finish, name="finish"),
    path("<uuid:pk>/quota/", views.set_quota, name="set_quota"),
    path("<uuid:pk>/invite/", views.invite, name="invite"),
    path("<uuid:pk>/draw/", views.draw_guests, name="draw_guests"),
    path("<uuid:pk>/seats/", views.seat, name="seat"),
    path("<uuid:pk>/tokens/", views.give_tokens, name="give_tokens"),
    path("<uuid:pk>/sheet/", views.sheet, name="sheet"),
    path("guests/<int:pk>/take-back/", views.take_back, name="take_back"),
    path("<uuid:pk>/disclose/", views.disclose, name="disclose"),
    path("<uuid:pk>/questions/", views.question_list, name="question_list"),
    path("questions/<uuid:pk>/answer/", views.answer_question, name="answer_question"),
    path("<uuid:pk>/questions/stop/", views.stop_questions, name="stop_questions"),
    path("<uuid:pk>/poster/", views.poster, name="poster"),
]

# Under /c/, for everybody who has the link.
public = [path("ask/<str:token>/", views.ask, name="ask")]
