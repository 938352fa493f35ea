"""The room as Django knows it."""

from django.apps import AppConfig


class MeasureConfig(AppConfig):
    name = "coalface.measure"
