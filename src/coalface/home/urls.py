"""The room's addresses, and the public one behind a signed link."""

from django.urls import path

from coalface.home import views

app_name = "home"

urlpatterns = [
    path("", views.week, name="week"),
    path("thanks/<int:pk>/", views.thank, name="thank"),
    path("weekly-mail/", views.weekly_mail, name="weekly_mail"),
    path("c/stop/<str:token>/", views.stop, name="stop"),
    path("search/", views.search, name="search"),
    path("programme/", views.programme, name="programme"),
]
