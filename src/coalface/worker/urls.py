"""The room's addresses."""

from django.urls import path

from coalface.worker import views

app_name = "worker"

urlpatterns = [
    path("", views.index, name="index"),
    path("<int:pk>/retry/", views.retry, name="retry"),
    path("messages/<int:pk>/retry/", views.retry_message, name="retry_message"),
]
