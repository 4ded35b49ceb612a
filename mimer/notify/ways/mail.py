"""By e-mail: the SMTP server of `MIMER_EMAIL_URL`, one connection a round, a Message-ID that a second try repeats."""

import re
import smtplib
import ssl
import time
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import DatabaseError
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from mimer.municipality.models import Municipality
from mimer.people.models import Person

from ..models import Message
from .way import MachineWay, PermanentFailure, Sent, TemporaryFailure, WayDown

# Seconds for each step of a conversation, and for all that is said about one letter: less than a worker may hold it.
PATIENCE = 15.0
ALTOGETHER = 90.0
PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
# What a server says when it is full or the mailbox is busy, in the range of the final refusals all the same.
NOT_FINAL = frozenset({552})


class Timed(smtplib.SMTP):
    """A conversation that ends in time, however slowly the server answers each step."""

    def __init__(self, until: float, *args: Any, **kwargs: Any) -> None:
        self.until = until
        super().__init__(*args, **kwargs)

    def send(self, s: Any) -> None:
        self._hurry()
        super().send(s)

    def getreply(self) -> tuple[int, bytes]:
        self._hurry()
        return super().getreply()

    def _hurry(self) -> None:
        left = self.until - time.monotonic()
        if left <= 0:
            raise TimeoutError(_("konuşma çok uzun sürdü"))
        if self.sock is not None:
            self.sock.settimeout(min(PATIENCE, left))


class TimedTls(Timed, smtplib.SMTP_SSL):
    """The same where the whole conversation is encrypted."""


@dataclass(frozen=True)
class Server:
    """The mail server as the installation names it."""

    scheme: str
    host: str
    port: int
    user: str
    password: str

    @classmethod
    def from_url(cls, url: str) -> "Server":
        """Reads smtp://, smtp+tls:// (STARTTLS) or smtps://; raises ValueError for anything else."""
        parts = urlsplit(url)
        if parts.scheme not in PORTS or not parts.hostname:
            raise ValueError(url)
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        return cls(parts.scheme, parts.hostname, parts.port or PORTS[parts.scheme], user, password)

    def connect(self, until: float) -> Timed:
        """Greets the server and signs in, by this moment of the monotonic clock."""
        trust = ssl.create_default_context()
        if self.scheme == "smtps":
            talk: Timed = TimedTls(until, self.host, self.port, timeout=PATIENCE, context=trust)
        else:
            talk = Timed(until, self.host, self.port, timeout=PATIENCE)
            if self.scheme == "smtp+tls":
                talk.starttls(context=trust)
        if self.user:
            talk.login(self.user, self.password)
        return talk


class Mail(MachineWay):
    """Sends letters with a plain and an HTML part."""

    def __init__(self) -> None:
        self._talk: Timed | None = None

    def missing(self) -> str:
        if not settings.EMAIL_URL:
            return _("E-posta sunucusu tanımlı değil (MIMER_EMAIL_URL); e-postalar sırada bekliyor.")
        try:
            Server.from_url(settings.EMAIL_URL)
        except ValueError:
            return _("E-posta sunucusunun adresi anlaşılamıyor (MIMER_EMAIL_URL); e-postalar sırada bekliyor.")
        return ""

    def reaches(self, person: Person) -> bool:
        return is_address(person.email)

    def reference(self, message: Message) -> str:
        return f"<{super().reference(message)}@{settings.EMAIL_FROM.rpartition('@')[2]}>"

    def send(self, message: Message) -> Sent:
        letter, talk = _written(message), self._connected(time.monotonic() + ALTOGETHER)
        try:
            talk.send_message(letter)
        except smtplib.SMTPRecipientsRefused as refused:
            code, words = next(iter(refused.recipients.values()))
            raise _failure(code, words) from refused
        except smtplib.SMTPDataError as refused:
            self.rest()
            raise _failure(refused.smtp_code, refused.smtp_error) from refused
        except smtplib.SMTPNotSupportedError as refused:
            raise PermanentFailure(str(refused)) from refused
        except (smtplib.SMTPException, OSError) as down:
            self.rest()
            raise _down(down) from down
        return Sent(message.provider_key)

    def rest(self) -> None:
        talk, self._talk = self._talk, None
        if talk is not None:
            try:
                talk.quit()
            except (smtplib.SMTPException, OSError):
                talk.close()

    def _connected(self, until: float) -> Timed:
        """The open conversation, or a new one, with the time that this letter has."""
        if self._talk is None:
            try:
                self._talk = Server.from_url(settings.EMAIL_URL).connect(until)
            except (smtplib.SMTPException, OSError) as down:  # also: no encryption or sign-in where we ask for it
                raise _down(down) from down
        self._talk.until = until
        return self._talk


def is_address(text: str) -> bool:
    """Whether this could be an e-mail address at all."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _written(message: Message) -> EmailMessage:
    """What cannot be written now cannot be written later either, unless it was the database's fault."""
    try:
        return write(message)
    except (PermanentFailure, DatabaseError):
        raise
    except Exception as error:
        raise PermanentFailure(_("E-posta hazırlanamadı: %(why)s") % {"why": error}) from error


def write(message: Message) -> EmailMessage:
    """The letter as it goes out; raises PermanentFailure when there is nobody to write to."""
    house = Municipality.get()
    letter = EmailMessage(policy=SMTP)
    letter["Subject"] = _subject(message)
    letter["From"] = _address(f"{house.centre_name} · {house.short_name or house.name}", settings.EMAIL_FROM)
    if message.staff is not None:
        letter["To"] = _address(message.staff.full_name, message.staff.email)
    elif message.person is not None and is_address(message.person.email):
        letter["To"] = _address(message.person.full_name, message.person.email)
    else:
        raise PermanentFailure(_("E-posta adresi yok ya da geçersiz."))
    if is_address(house.email):
        letter["Reply-To"] = _address("", house.email)
    letter["Date"] = format_datetime(timezone.localtime())
    letter["Message-ID"] = message.provider_key
    letter["Auto-Submitted"] = "auto-generated"
    letter["Content-Language"] = message.language
    letter.set_content(message.body, cte="quoted-printable")
    paragraphs = [part for part in re.split(r"\n\s*\n", message.body) if part.strip()]
    page = render_to_string("notify/letter.html", {"message": message, "paragraphs": paragraphs, "municipality": house})
    letter.add_alternative(page, subtype="html", cte="quoted-printable")
    return letter


def _subject(message: Message) -> str:
    """One line, with the number by which an answer to it finds its case."""
    line = " ".join(message.subject.split())
    if message.case is None:
        return line
    number, token = message.case.number, f"[{message.case.number}]"
    return line.replace(number, token, 1) if number in line else f"{token} {line}"


def _address(name: str, address: str) -> Address:
    """An address with its domain as the wire wants it; line breaks in a name cannot break out of the header."""
    local, _at, domain = address.rpartition("@")
    return Address(" ".join(name.split()), local, domain.encode("idna").decode())


def _down(why: Exception) -> WayDown:
    return WayDown(_("E-posta sunucusuna ulaşılamıyor: %(why)s") % {"why": why})


def _failure(code: int, words: bytes | str) -> TemporaryFailure | PermanentFailure:
    said = words.decode(errors="replace") if isinstance(words, bytes) else words
    final = 500 <= code < 600 and code not in NOT_FINAL
    return (PermanentFailure if final else TemporaryFailure)(f"{code} {said}"[:300])
