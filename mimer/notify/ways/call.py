"""By telephone: the desk's call list, with a script to read and a result to note."""

from mimer.people.models import Person

from .way import WayOut


class Call(WayOut):
    """Waits until somebody has called."""

    def reaches(self, person: Person) -> bool:
        return bool(person.phone or person.phone_raw)
