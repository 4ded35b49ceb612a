"""Letters of the print queue as paper: one PDF for as many as were chosen."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from mimer.municipality.models import Municipality
from mimer.notify.models import Message
from mimer.notify.told import tracking_link
from mimer.paper import Identity, Letter, letters_pdf
from mimer.turkish import short_date, upper

from ..receipt import footer_of


def print_letters(messages: Sequence[Message], house: Municipality) -> bytes:
    """The letters one after the other, each beginning on a page of its own, in the language of its reader."""
    identity = Identity(house.name, house.centre_name, footer=footer_of(house), colour=house.colour)
    return letters_pdf([_letter(message, house) for message in messages], identity, title=_("Mektuplar"))


def addressee(message: Message) -> tuple[str, ...]:
    """Name and address as they stand in the window of the envelope."""
    person = message.person
    if person is None:
        return ()
    lines = [line.strip() for line in person.address.replace("\n", ",").split(",")]
    return (str(person), *_rejoined([line for line in lines if line]))


def _rejoined(lines: list[str], most: int = 4) -> list[str]:
    """At most so many lines: what is over stays together on the last."""
    return lines if len(lines) <= most else [*lines[: most - 1], ", ".join(lines[most - 1 :])]


def _letter(message: Message, house: Municipality) -> Letter:
    case = message.case
    with override(message.language):
        references = [(_("Sayı"), case.number)] if case else []
        references.append((_("Tarih"), short_date(timezone.localdate())))
        turkish = message.language == "tr"
        return Letter(
            language=message.language, subject=message.subject or _("Başvurunuz hakkında"),
            authority=("T.C.", upper(house.name), house.centre_name) if turkish else (house.name, house.centre_name),
            return_address=", ".join(filter(None, [house.name, house.address])), addressee=addressee(message),
            references=tuple(references), greeting="",
            paragraphs=tuple(part.strip() for part in message.body.split("\n\n") if part.strip()),
            signer=house.centre_name, signer_title=house.name,
            follow=_("Başvurunuzu telefonunuzla kodu okutarak izleyebilirsiniz.") if case else "",
            link=tracking_link(case) if case else "",
        )  # fmt: skip
