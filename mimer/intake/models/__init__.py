"""What the doors keep: contacts and messages, a citizen's unsent words, and how far an import came."""

from .contacts import Contact, ContactOutcome, Direction
from .drafts import Application, ApplicationFile
from .imports import ImportRun, Rejection
from .messages import IncomingFile, IncomingMessage, MessageKind

__all__ = [
    "Application",
    "ApplicationFile",
    "Contact",
    "ContactOutcome",
    "Direction",
    "ImportRun",
    "IncomingFile",
    "IncomingMessage",
    "MessageKind",
    "Rejection",
]
