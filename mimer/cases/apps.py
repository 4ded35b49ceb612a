"""The room `cases` as Django knows it."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Registers the room."""

    name = "mimer.cases"
    label = "cases"
