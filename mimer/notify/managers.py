"""Mail to those who answer for the centre: what the law wants of them by a day or an hour, each told once."""

from collections.abc import Mapping

from django.utils import timezone

from mimer.municipality.kinds import Way
from mimer.municipality.models import Municipality, Staff
from mimer.municipality.roles import Role

from . import letters
from .models import Message
from .ways import mail_ready


def centre_managers() -> list[Staff]:
    """Who answers for the centre; demo sign-ins have no mailbox."""
    found = Staff.objects.filter(is_active=True, is_demo=False, roles__role=Role.CENTRE_MANAGER)
    return list(found.distinct().order_by("pk"))


def tell_managers(key: str, letter: str, words: Mapping[str, Mapping[str, str]]) -> int:
    """One mail to each, with words by language; a key that was used is not used again. Returns how many were new."""
    if mail_ready():
        return 0
    known = set(Message.objects.filter(key__startswith=f"{key}:").values_list("key", flat=True))
    new = [staff for staff in centre_managers() if f"{key}:{staff.pk}" not in known]
    rows = [_mail(f"{key}:{staff.pk}", letter, staff, words) for staff in new]
    # Another worker may be as far; its rows stand and ours are left out.
    Message.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _mail(key: str, letter: str, staff: Staff, words: Mapping[str, Mapping[str, str]]) -> Message:
    language, now = letters.known_language(staff.language), timezone.now()
    told = {"name": staff.full_name, "municipality": Municipality.get().name} | dict(words[language])
    text = letters.write(letter, Way.EMAIL, language, told, letters.TO_UNITS)
    return Message(
        key=key, letter=letter, way=Way.EMAIL, language=language, staff=staff, subject=text.subject[:300], body=text.body,
        made_at=now, next_attempt_at=now,
    )  # fmt: skip
