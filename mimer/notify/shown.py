"""The words of a message as staff read them: without what would let them act as the citizen."""

import re

from .models import Message

HIDDEN = "••••"


def without_secret(message: Message) -> str:
    """The text without the link and the code of its case, however the code is grouped.

    Whoever must say or print the words themselves (the call in hand, the letters) takes the body.
    """
    if message.case is None:
        return message.body
    code = r"[\s-]?".join(map(re.escape, message.case.tracking_code))
    return re.sub(rf"\S*/takip/\S*|{code}", HIDDEN, message.body, flags=re.IGNORECASE)


def without_name(message: Message) -> str:
    """The same for a page that others than the desk read: a hidden identity stays hidden in our own letters too."""
    body = without_secret(message)
    if message.case is None or not message.case.identity_hidden or message.person is None:
        return body
    person = message.person
    known = (person.full_name, person.given_name, person.family_name, person.email, person.phone, person.phone_display)
    for told in filter(None, known):
        body = re.sub(re.escape(told), HIDDEN, body, flags=re.IGNORECASE)
    return body
