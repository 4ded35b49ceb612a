"""MİMER, the contact centre of a municipality that listens."""

__version__ = "0.1.0"
