"""The room's addresses."""

from django.urls import path

from coalface.hear import views

app_name = "hear"

urlpatterns = [
    path("", views.index, name="index"),
    path("report/", views.report, name="report"),
    path("mine/", views.mine, name="mine"),
    path("research/", views.research, name="research"),
    path("research/add/", views.bring_study, name="bring_study"),
    path("research/<uuid:pk>/", views.study, name="study"),
    path("research/<uuid:pk>/<int:number>/", views.study_page, name="study_page"),
    path("research/<uuid:pk>/forget/", views.forget_study, name="forget_study"),
    path("research/findings/<int:pk>/take-back/", views.withdraw_finding, name="withdraw_finding"),
    path("tell/", views.tell, name="tell"),
    path("places/", views.places, name="places"),
    path("places/open/", views.open_place, name="open_place"),
    path("places/<int:pk>/", views.place, name="place"),
    path("places/<int:pk>/close/", views.close_place, name="close_place"),
    path("places/<int:pk>/poster/<str:paper>/", views.poster, name="poster"),
    path("<uuid:pk>/", views.feedback, name="feedback"),
    path("<uuid:pk>/answer/", views.answer, name="answer"),
    path("<uuid:pk>/praise/", views.praise, name="praise"),
]

# Under /c/, for everybody; the code of a place stands last, as it may be anything.
public = [
    path("say/", views.say, name="say"),
    path("say/look/", views.look, name="look"),
    path("say/look/add/", views.add, name="add"),
    path("say/look/answer/", views.answer_me, name="answer_me"),
    path("say/look/take-back/", views.take_back, name="take_back"),
    path("say/look/forget/", views.forget, name="forget"),
    path("say/<str:code>/", views.say, name="say"),
    path("say/<str:code>/kiosk/", views.kiosk, name="kiosk"),
]
