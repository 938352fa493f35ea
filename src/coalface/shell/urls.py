"""The page that shows every component."""

from django.urls import path

from coalface.shell import views

app_name = "shell"

urlpatterns = [
    path("", views.design, name="design"),
]
