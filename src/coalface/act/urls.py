"""The room's addresses."""

from django.urls import path

from coalface.act import views

app_name = "act"

urlpatterns = [
    path("", views.index, name="index"),
    path("<int:pk>/", views.fix, name="fix"),
    path("<int:pk>/accept/", views.accept, name="accept"),
    path("<int:pk>/decline/", views.decline, name="decline"),
    path("<int:pk>/ship/", views.ship, name="ship"),
    path("open/<int:pk>/", views.open_fix, name="open_fix"),
]
