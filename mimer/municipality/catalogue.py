"""What every intake asks of the set-up (subjects with their questions, routing rules), read once and shared.

A process reads it again when it was told of a change (`forget`) and at the latest after some seconds, so that another
process's change arrives that late. The rows are shared between requests: nobody changes them.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.core.cache import cache

from .models import Question, RoutingRule, Subject
from .remembered import remembered

STAMP = "catalogue"


@dataclass(frozen=True)
class Catalogue:
    """The active subjects by id (with unit, category and external body at hand), their questions, and all rules."""

    subjects: dict[int, Subject]
    questions: dict[int, tuple[Question, ...]]
    rules: tuple[RoutingRule, ...]

    def subject(self, typed: str) -> Subject | None:
        """The active subject with this id as a form sends it."""
        return self.subjects.get(int(typed)) if typed.isdecimal() and len(typed) <= 18 else None

    def questions_of(self, subject: Subject) -> tuple[Question, ...]:
        return self.questions.get(subject.pk, ())


def forget() -> None:
    """Reads everything again at the next question; call after changing a subject, a question or a rule."""
    cache.delete(STAMP)


@remembered(STAMP, seconds=10)
def catalogue() -> Catalogue:
    """The catalogue as this process knows it, at most some seconds old."""
    subjects = Subject.objects.filter(active=True).select_related("unit", "category", "external_body")
    questions: dict[int, list[Question]] = defaultdict(list)
    for question in Question.objects.all():
        questions[question.subject_id].append(question)
    rules = RoutingRule.objects.filter(active=True, unit__active=True).select_related("unit").order_by("id")
    return Catalogue(
        {row.pk: row for row in subjects}, {pk: tuple(rows) for pk, rows in questions.items()}, tuple(rules)
    )
