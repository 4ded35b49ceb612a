"""The citizen's own door: a draft filled page by page becomes one case, once, however often the button is pressed."""

from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models.fields.files import FieldFile

from mimer.cases.actions import Opening
from mimer.cases.actions.opening import Place
from mimer.cases.actors import Actor
from mimer.cases.files import CheckedFile
from mimer.cases.models import Case
from mimer.municipality.kinds import Channel
from mimer.municipality.models import Neighbourhood, Subject
from mimer.people.models import Person
from mimer.people.secrets import unseal

from .models import Application, ApplicationFile
from .receive import Arrival, receive

# What stays of a draft once it has become a case: whose browser it was, so that going back leads to the receipt.
KEPT = ("owner",)


def submit(application: Application, *, by: Actor) -> Case:
    """The case of this draft: opened with everything in it, or the one it became before. The draft is then emptied.

    Raises NotAllowed when something the subject needs is missing.
    """
    with transaction.atomic():
        draft = Application.objects.select_for_update().get(pk=application.pk)
        if draft.case is not None:
            return draft.case
        files = list(draft.files.all())
        case = receive(_arrival(draft, files), by=by)
        draft.case = case
        draft.data = {name: draft.data[name] for name in KEPT if name in draft.data}
        draft.save()
        draft.files.all().delete()
        transaction.on_commit(lambda: _delete_files([file.file for file in files]))
    return case


def keep_file(application: Application, checked: CheckedFile) -> ApplicationFile:
    """Keeps a checked upload with the draft; the same file twice is kept once."""
    if known := application.files.filter(sha256=checked.sha256).first():
        return known
    lat, lon = checked.taken_at or (None, None)
    kept = ApplicationFile(
        application=application, name=checked.name, content_type=checked.content_type, sha256=checked.sha256,
        width=checked.width, height=checked.height, lat=lat, lon=lon,
    )  # fmt: skip
    kept.file.save(f"{checked.sha256[:16]}{checked.suffix}", ContentFile(checked.content), save=False)
    kept.save()
    return kept


def drop_file(file: ApplicationFile) -> None:
    """Takes an upload out of its draft."""
    content = file.file
    file.delete()
    transaction.on_commit(lambda: _delete_files([content]))


def drop_draft(application: Application) -> None:
    """Deletes an unsent draft and its uploads."""
    files = [file.file for file in application.files.all()]
    application.delete()
    transaction.on_commit(lambda: _delete_files(files))


def _arrival(draft: Application, files: list[ApplicationFile]) -> Arrival:
    data = draft.data
    subject = Subject.objects.get(pk=data["subject"])
    asked = set(subject.questions.values_list("code", flat=True))
    opening = Opening(
        text=data.get("text", ""), subject=subject, channel=Channel.WEB, place=_place(data), source_id=str(draft.pk),
        answers={code: answer for code, answer in data.get("answers", {}).items() if code in asked},
        language=data.get("language", "tr"),
    )  # fmt: skip
    return Arrival(opening, person_of(data, subject), [_checked(file) for file in files])


def _place(data: dict[str, Any]) -> Place:
    neighbourhood = (
        Neighbourhood.objects.filter(pk=data["neighbourhood"]).first() if data.get("neighbourhood") else None
    )
    return Place(
        lat=data.get("lat"), lon=data.get("lon"), address=data.get("address", ""), neighbourhood=neighbourhood,
        block=data.get("block", ""), lot=data.get("lot", ""),
    )  # fmt: skip


def person_of(data: dict[str, Any], subject: Subject) -> Person | None:
    """The applicant as she described herself, not yet saved; None when she stays unknown.

    Her identity number is taken only for subjects that need it, even where she typed it for another before.
    """
    if data.get("who") == "anonymous" and not subject.needs_identity:
        return None
    columns = ("given_name", "family_name", "phone", "email", "address_of_person", "preferred_way", "language")
    told = {name: data[name] for name in columns if data.get(name)}
    told["address"] = told.pop("address_of_person", "")
    sealed = data.get("national_id", "") if subject.needs_identity else ""
    return Person(**told, national_id=unseal(sealed))


def _checked(file: ApplicationFile) -> CheckedFile:
    with file.file.open("rb") as content:
        return CheckedFile(
            file.name,
            content.read(),
            file.content_type,
            PurePath(file.file.name or "").suffix,
            file.sha256,
            file.width,
            file.height,
        )


def _delete_files(files: list[FieldFile]) -> None:
    for file in files:
        file.storage.delete(file.name or "")
