"""The room `web` as Django knows it."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Registers the room."""

    name = "mimer.web"
    label = "web"
