"""The room as Django knows it."""

from django.apps import AppConfig


class UnderstandConfig(AppConfig):
    name = "coalface.understand"
