"""The room's addresses."""

from django.urls import path

from coalface.hear import views

app_name = "hear"

urlpatterns = [
    path("", views.index, name="index"),
    path("report/", views.report, name="report"),
    path("mine/", views.mine, name="mine"),
    path("<uuid:pk>/", views.feedback, name="feedback"),
]
