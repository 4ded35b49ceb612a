"""By letter: the print queue, until somebody has printed and posted it."""

from mimer.people.models import Person

from .way import WayOut


class Post(WayOut):
    """Waits until somebody has put it into an envelope."""

    def reaches(self, person: Person) -> bool:
        return bool(person.address.strip())
