"""The keys of machines: only their keyed hash is kept, with how often each knocked in the present minute."""

from django.db import models


class ApiKey(models.Model):
    """API anahtarı: the key of one other system; `sign` is its public beginning, by which the row is found."""

    name = models.CharField(max_length=80, unique=True)
    sign = models.CharField(max_length=12, unique=True)
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField(auto_now_add=True)
    # The minute (since 1970) in which it last knocked, and how often in it.
    minute = models.PositiveIntegerField(default=0)
    knocks = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.name
