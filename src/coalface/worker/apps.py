"""The room as Django knows it."""

from django.apps import AppConfig


class WorkerConfig(AppConfig):
    name = "coalface.worker"
