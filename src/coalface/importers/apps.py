"""The room as Django knows it."""

from django.apps import AppConfig


class ImportersConfig(AppConfig):
    name = "coalface.importers"
