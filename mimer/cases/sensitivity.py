"""A subject that becomes sensitive, or ceases to be, takes its cases along, and new ones follow it at once."""

from mimer.municipality.models import Subject

from .models import Case


def follow_subject(subject: Subject) -> int:
    """Shows the subject's cases to those named only, or to all again; returns how many changed."""
    # No event: who may see a subject is a setting, kept with who changed it among the changes of the tables. Nothing
    # happens to the case itself, and its story must not say when others were shut out of it.
    return Case.objects.filter(subject=subject).exclude(sensitive=subject.sensitive).update(sensitive=subject.sensitive)


def sensitive_now(*subjects: Subject) -> set[int]:
    """Which of these are sensitive as the table says at this moment: the objects at hand may be some seconds old."""
    ids = {subject.pk for subject in subjects}
    return set(Subject.objects.filter(pk__in=ids, sensitive=True).order_by().values_list("pk", flat=True))
