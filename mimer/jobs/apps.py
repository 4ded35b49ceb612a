"""The room `jobs` as Django knows it."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Registers the room."""

    name = "mimer.jobs"
    label = "jobs"
