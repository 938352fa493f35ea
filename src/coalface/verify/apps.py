"""The room as Django knows it."""

from django.apps import AppConfig


class VerifyConfig(AppConfig):
    name = "coalface.verify"
