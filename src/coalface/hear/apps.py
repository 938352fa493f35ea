"""The room as Django knows it."""

from django.apps import AppConfig


class HearConfig(AppConfig):
    name = "coalface.hear"
