"""The room as Django knows it."""

from django.apps import AppConfig


class MeetConfig(AppConfig):
    name = "coalface.meet"
