"""What a way out is: whom it reaches, whether it can carry now, and how a machine sends by it."""

from dataclasses import dataclass

from django.utils.crypto import salted_hmac

from mimer.people.models import Person

from ..models import Message


@dataclass(frozen=True)
class Sent:
    """Accepted by the other side; its own number for it, or ours where it gives none."""

    provider_key: str


class TemporaryFailure(Exception):
    """Not now: worth another try later."""


class WayDown(TemporaryFailure):
    """Nothing goes this way at present, so the rest need not try either."""


class PermanentFailure(Exception):
    """Never like this: another way must be found."""


class WayOut:
    """A way that people walk: the message waits in their list until one of them says what came of it."""

    by_machine = False

    def reaches(self, person: Person) -> bool:
        """Whether we know where to reach her by this way."""
        raise NotImplementedError

    def missing(self) -> str:
        """The sentence that says what the way lacks to carry anything, or ""; its messages wait meanwhile."""
        return ""


class MachineWay(WayOut):
    """A way that a machine walks; `send` may be called for many messages, `rest` when a round of them is over."""

    by_machine = True

    def reference(self, message: Message) -> str:
        """Our number for the message, kept before it is sent, the same each time it is tried."""
        return salted_hmac("mimer.notify.reference", f"{message.key} {message.made_at.isoformat()}").hexdigest()

    def send(self, message: Message) -> Sent:
        """Hands the message over; raises TemporaryFailure or PermanentFailure."""
        raise NotImplementedError

    def rest(self) -> None:
        """Gives back what the round held, such as a connection."""
