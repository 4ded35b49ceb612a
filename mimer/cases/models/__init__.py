"""The tables of a case: the case itself, its words and evidence, its edges, and its events."""

from .case import Case
from .clocks import LegalClock, Promise, PromiseEnd, PromiseKind
from .edges import Merge, Split
from .events import Event, FeedCursor, FeedMark, Seal
from .papers import Appeal, AppealTo, FeeNotice, Petition, SignatureKind
from .words import Answer, AnswerState, Attachment, AttachmentKind, Note, NoteKind, Rating, ThirdPartyWait, UnitRequest

__all__ = [
    "Answer",
    "AnswerState",
    "Appeal",
    "AppealTo",
    "Attachment",
    "AttachmentKind",
    "Case",
    "Event",
    "FeeNotice",
    "FeedCursor",
    "FeedMark",
    "LegalClock",
    "Merge",
    "Note",
    "NoteKind",
    "Petition",
    "Promise",
    "PromiseEnd",
    "PromiseKind",
    "Rating",
    "Seal",
    "SignatureKind",
    "Split",
    "ThirdPartyWait",
    "UnitRequest",
]
