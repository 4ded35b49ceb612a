"""What somebody asks to be sent, to the address we know and no other: the link to her case, or a way back into her account."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from mimer.cases.models import Case
from mimer.municipality.kinds import Way
from mimer.municipality.models import Municipality, Staff

from . import letters
from .models import Message
from .told import TRACKING_LINK, words_of
from .ways import WAYS

NEW_PASSWORD = "password_link"  # noqa: S105


def send_tracking_link(case: Case) -> Message | None:
    """Queues the link by e-mail or SMS; None where neither reaches her (the desk can still help)."""
    person = case.applicant
    way = next((way for way in (Way.EMAIL, Way.SMS) if person and WAYS[way].reaches(person)), None)
    if person is None or way is None:
        return None
    language, now = letters.known_language(person.language), timezone.now()
    text = letters.write(TRACKING_LINK, way, language, words_of(case, Municipality.get(), language))
    message = Message(
        key=f"link:{case.pk}:{now:%Y%m%d%H}", case=case, person=person, letter=TRACKING_LINK, way=way, language=language,
        subject=text.subject[:300], body=text.body, made_at=now, next_attempt_at=now,
    )  # fmt: skip
    try:
        with transaction.atomic():
            message.save()
    except IntegrityError:
        return Message.objects.get(key=message.key)
    return message


def send_password_link(staff: Staff, link: str) -> Message:
    """Queues the link by which a member of staff chooses a new password; it opens once and within the hour."""
    language, now = letters.known_language(staff.language), timezone.now()
    words = {"name": staff.full_name, "link": link, "municipality": Municipality.get().name}
    text = letters.write(NEW_PASSWORD, Way.EMAIL, language, words, letters.TO_UNITS)
    return Message.objects.create(
        key=f"password:{staff.pk}:{now.timestamp()}", staff=staff, letter=NEW_PASSWORD, way=Way.EMAIL, language=language,
        subject=text.subject[:300], body=text.body, made_at=now, next_attempt_at=now,
    )  # fmt: skip
