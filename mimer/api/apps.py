"""The app of this room."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The machines' doorway."""

    name = "mimer.api"
