"""The way through the wizard: which pages this draft needs, which are done, and which comes next."""

from enum import StrEnum
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils import timezone

from mimer.intake.models import Application, ApplicationFile
from mimer.municipality.models import Question, Subject
from mimer.municipality.where import is_ours

DONE_PAGE = 1


class Step(StrEnum):
    """The pages, by the last part of their address."""

    WORDS = "ne-oldu"
    SUBJECT = "konu"
    BODY = "kurum"
    QUESTIONS = "sorular"
    PLACE = "yer"
    OUTSIDE = "sinir-disi"
    CONTACT = "iletisim"
    CHECK = "kontrol"


# The pages a citizen counts: several of ours are one step to her.
STAGES = (
    {Step.WORDS, Step.SUBJECT, Step.BODY, Step.QUESTIONS}, {Step.PLACE, Step.OUTSIDE}, {Step.CONTACT}, {Step.CHECK},
)  # fmt: skip


class Journey:
    """One draft on its way."""

    def __init__(self, draft: Application) -> None:
        self.draft = draft
        self.data: dict[str, Any] = draft.data

    @cached_property
    def subject(self) -> Subject | None:
        chosen = Subject.objects.filter(pk=self.data.get("subject") or 0, active=True, citizen_visible=True)
        return chosen.select_related("external_body", "unit", "category").first() if self.data.get("subject") else None

    @cached_property
    def questions(self) -> list[Question]:
        return list(self.subject.questions.all()) if self.subject else []

    @cached_property
    def files(self) -> list[ApplicationFile]:
        return list(self.draft.files.all())

    @property
    def photo_place(self) -> tuple[float, float] | None:
        """Where a photo was taken, if that is ours to look after."""
        for file in self.files:
            if file.lat is not None and file.lon is not None and is_ours(file.lat, file.lon):
                return file.lat, file.lon
        return None

    @cached_property
    def steps(self) -> list[Step]:
        """The pages this draft has to pass, as far as is known."""
        steps = [Step.WORDS, Step.SUBJECT]
        subject = self.subject
        if subject and subject.done_elsewhere:
            steps.append(Step.BODY)
        if subject and (self.questions or (subject.emergency and Step.BODY not in steps)):
            steps.append(Step.QUESTIONS)
        if subject is None or subject.needs_location or subject.needs_parcel or Step.PLACE in self._done:
            steps.append(Step.PLACE)
        if self.outside:
            steps.append(Step.OUTSIDE)
        return [*steps, Step.CONTACT]

    @property
    def outside(self) -> bool:
        """Whether the point is outside the municipality."""
        lat, lon = self.data.get("lat"), self.data.get("lon")
        return lat is not None and lon is not None and bool(self.data.get("outside"))

    @property
    def missing(self) -> Step:
        """The first page that is still to be done; the check page when none is."""
        return next((step for step in self.steps if not self.is_done(step)), Step.CHECK)

    def is_done(self, step: Step) -> bool:
        if step == Step.SUBJECT:
            return self.subject is not None
        return step in self._done

    def may_open(self, step: Step) -> bool:
        """A page may be opened once everything before it is done; the place may always be added."""
        if step == Step.PLACE:
            return self.subject is not None
        if step == Step.CHECK:
            return self.missing == Step.CHECK
        if step not in self.steps:
            return False
        return all(self.is_done(before) for before in self.steps[: self.steps.index(step)])

    def is_first_about_subject(self, step: Step) -> bool:
        """Whether this is the page on which the subject's hint belongs: the first one after it was chosen."""
        if self.subject is None or Step.BODY in self.steps:
            return False
        return step == next((one for one in (Step.QUESTIONS, Step.PLACE, Step.CONTACT) if one in self.steps), None)

    def keep(self, step: Step, **told: Any) -> None:
        """Saves what was told on a page and marks the page as done."""
        self.data.update(told)
        self._mark(step)
        self._save()

    def keep_unfinished(self, **told: Any) -> None:
        """Saves what was told without being done with the page."""
        self.data.update(told)
        self._save()

    def choose(self, subject: Subject) -> None:
        """Another subject asks other things: its own pages are to be passed again, with what was typed still there."""
        if self.data.get("subject") != subject.pk:
            again = {Step.BODY, Step.QUESTIONS}
            if subject.needs_location or subject.needs_parcel:
                again.add(Step.PLACE)
            if subject.needs_identity and not self.data.get("national_id"):
                again.add(Step.CONTACT)
            self.data["done"] = [step for step in self.data.get("done", []) if step not in again]
        self.keep(Step.SUBJECT, subject=subject.pk)
        for cached in ("subject", "questions", "steps"):
            self.__dict__.pop(cached, None)

    def url(self, step: Step) -> str:
        return reverse("apply_step", args=[self.draft.pk, step.value])

    def before(self, step: Step) -> str:
        """The page before this one, or the start."""
        steps = [*self.steps, Step.CHECK]
        if step == Step.PLACE and step not in steps:
            return self.url(Step.CHECK)
        place = steps.index(step)
        return self.url(steps[place - 1]) if place else reverse("start")

    def stage(self, step: Step) -> tuple[int, int]:
        """Which of how many stages this page belongs to, the last being the page that says it is done."""
        present = set(self.steps) | {Step.CHECK, step}
        stages = [stage for stage in STAGES if stage & present]
        return next(n for n, stage in enumerate(stages, 1) if step in stage), len(stages) + DONE_PAGE

    @property
    def _done(self) -> list[str]:
        return list(self.data.get("done", []))

    def _mark(self, step: Step) -> None:
        if step not in self._done:
            self.data["done"] = [*self._done, step.value]
        self.__dict__.pop("steps", None)

    def _save(self) -> None:
        """Writes what was told, and nothing into a draft that was sent meanwhile from another tab: it is a case by now."""
        self.draft.data = self.data
        unsent = Application.objects.filter(pk=self.draft.pk, case=None)
        unsent.update(data=self.data, changed_at=timezone.now())
