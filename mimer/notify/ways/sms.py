"""By SMS: the senders an installation may choose, each behind the same `send`; a provider is one more class here."""

import phonenumbers
from django.conf import settings
from django.utils.translation import gettext as _

from mimer.municipality.models import Staff
from mimer.people.models import Person
from mimer.people.phones import normalise

from ..models import Message
from .way import MachineWay, PermanentFailure, Sent

MOBILE = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE)


class SilentSender:
    """For trials: takes everything, sends nothing."""

    def send(self, number: str, text: str, reference: str) -> Sent:
        return Sent(f"silent:{reference}")


SENDERS = {"silent": SilentSender}


class Sms(MachineWay):
    """Hands short texts to the chosen sender; without one it carries nothing, and other ways are taken."""

    def missing(self) -> str:
        if not settings.SMS_SENDER:
            return _("SMS göndericisi tanımlı değil; SMS isteyenlere başka yoldan haber veriliyor.")
        if settings.SMS_SENDER not in SENDERS:
            return _("“%(name)s” adında bir SMS göndericisi yok (MIMER_SMS).") % {"name": settings.SMS_SENDER}
        return ""

    def reaches(self, person: Person) -> bool:
        return not self.missing() and _is_mobile(person.phone)

    def send(self, message: Message) -> Sent:
        number = normalise(message.staff.phone) if message.staff else message.person.phone if message.person else ""
        if not number:
            raise PermanentFailure(_("Telefon numarası yok."))
        return SENDERS[settings.SMS_SENDER]().send(number, message.body, message.provider_key)


def reaches_staff(staff: Staff) -> bool:
    """Whether a text message comes to a telephone in her pocket."""
    return _is_mobile(normalise(staff.phone))


def _is_mobile(number: str) -> bool:
    return number.startswith("+") and phonenumbers.number_type(phonenumbers.parse(number)) in MOBILE
