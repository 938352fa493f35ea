"""The one app that has tables."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "coalface.records"
    label = "records"
