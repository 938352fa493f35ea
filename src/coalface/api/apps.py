"""The door as Django knows it."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "coalface.api"
