"""The room's addresses."""

from django.urls import path

from coalface.worker import views
from coalface.worker.views import webhooks

app_name = "worker"

urlpatterns = [
    path("", views.index, name="index"),
    path("<int:pk>/retry/", views.retry, name="retry"),
    path("messages/<int:pk>/retry/", views.retry_message, name="retry_message"),
    path("webhooks/", webhooks.index, name="webhooks"),
    path("webhooks/in/", webhooks.add_inbound, name="add_inbound"),
    path("webhooks/in/<uuid:pk>/stop/", webhooks.stop_inbound, name="stop_inbound"),
    path("webhooks/in/<uuid:pk>/secret/", webhooks.renew_inbound, name="renew_inbound"),
    path("webhooks/<int:pk>/", webhooks.webhook, name="webhook"),
    path("webhooks/<int:pk>/stop/", webhooks.stop, name="stop_webhook"),
    path("webhooks/<int:pk>/start/", webhooks.start, name="start_webhook"),
    path("webhooks/<int:pk>/try/", webhooks.try_out, name="try_webhook"),
    path("deliveries/<uuid:pk>/retry/", webhooks.retry, name="retry_delivery"),
]
