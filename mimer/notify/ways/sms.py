"""By SMS: the senders an installation may choose, each behind the same `send`; a provider is one more class here."""

import phonenumbers
from django.conf import settings
from django.utils.translation import gettext as _

from mimer.people.models import Person

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
        if self.missing() or not person.phone.startswith("+"):
            return False
        return phonenumbers.number_type(phonenumbers.parse(person.phone)) in MOBILE

    def send(self, message: Message) -> Sent:
        if message.person is None or not message.person.phone:
            raise PermanentFailure(_("Telefon numarası yok."))
        return SENDERS[settings.SMS_SENDER]().send(message.person.phone, message.body, message.provider_key)
