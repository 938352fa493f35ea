"""The room as Django knows it."""

from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "coalface.customers"
