"""The look every page shares."""

from django.apps import AppConfig


class Shell(AppConfig):
    name = "coalface.shell"
    label = "shell"
