"""The ways out, one module each, behind one small interface; a new way is one more module and one more line here."""

from mimer.municipality.kinds import Way

from .call import Call
from .mail import Mail
from .post import Post
from .sms import Sms
from .way import MachineWay, PermanentFailure, Sent, TemporaryFailure, WayDown, WayOut

WAYS: dict[str, WayOut] = {Way.EMAIL: Mail(), Way.SMS: Sms(), Way.PHONE: Call(), Way.LETTER: Post()}


def mail_ready() -> str | None:
    """The sentence that says why no e-mail can leave this installation, or None when it can."""
    return WAYS[Way.EMAIL].missing() or None


__all__ = ["WAYS", "MachineWay", "PermanentFailure", "Sent", "TemporaryFailure", "WayDown", "WayOut", "mail_ready"]
