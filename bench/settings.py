"""The product's own settings, with one address more: the bare view that intake is compared with."""

from mimer.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
EMAIL_URL = ""
