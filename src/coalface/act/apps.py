"""The room as Django knows it."""

from django.apps import AppConfig


class ActConfig(AppConfig):
    name = "coalface.act"
