"""A subject that becomes sensitive, or ceases to be, takes its cases along."""

from mimer.municipality.models import Subject

from .models import Case


def follow_subject(subject: Subject) -> int:
    """Shows the subject's cases to those named only, or to all again; returns how many changed."""
    # No event: who may see a subject is a setting, kept with who changed it among the changes of the tables. Nothing
    # happens to the case itself, and its story must not say when others were shut out of it.
    return Case.objects.filter(subject=subject).exclude(sensitive=subject.sensitive).update(sensitive=subject.sensitive)
