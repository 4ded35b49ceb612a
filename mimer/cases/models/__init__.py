"""The tables of a case: the case itself, its words and evidence, its edges, and its events."""

from .case import Case
from .edges import Merge, Split
from .events import Event, FeedCursor, FeedMark, Seal
from .words import Answer, AnswerState, Attachment, AttachmentKind, Note, NoteKind, Rating, ThirdPartyWait, UnitRequest

__all__ = [
    "Answer",
    "AnswerState",
    "Attachment",
    "AttachmentKind",
    "Case",
    "Event",
    "FeedCursor",
    "FeedMark",
    "Merge",
    "Note",
    "NoteKind",
    "Rating",
    "Seal",
    "Split",
    "ThirdPartyWait",
    "UnitRequest",
]
