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
    path("<uuid:pk>/", views.feedback, name="feedback"),
]
