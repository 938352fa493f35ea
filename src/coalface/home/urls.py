"""The room's addresses."""

from django.urls import path

from coalface.home import views

app_name = "home"

urlpatterns = [
    path("", views.week, name="week"),
    path("thanks/<int:pk>/", views.thank, name="thank"),
    path("programme/", views.programme, name="programme"),
]
