"""The room as Django knows it."""

from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "coalface.plan"
