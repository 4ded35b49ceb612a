"""Who does what in the demo: the staff of each unit, the desk, and the applicants."""

import json
from functools import cached_property
from pathlib import Path
from typing import Any

from mimer.cases.models import Case
from mimer.cases.rules import may
from mimer.municipality.models import Crew, ExternalBody, Neighbourhood, Question, Staff, Subject, Unit
from mimer.municipality.roles import Role
from mimer.people.models import Person
from mimer.people.search import save_person


class Cast:
    """The people and places of the demo, each read once."""

    def __init__(self, folder: Path) -> None:
        self.people_rows: list[dict[str, Any]] = json.loads((folder / "people.json").read_text(encoding="utf-8"))
        self.units = {row.code: row for row in Unit.objects.all()}
        self.subjects = {row.code: row for row in Subject.objects.select_related("unit", "external_body")}
        self.bodies = {row.code: row for row in ExternalBody.objects.all()}
        self.places = {row.slug: row for row in Neighbourhood.objects.all()}
        self._kinds: dict[str, dict[str, str]] = {}
        self.crews: dict[int, list[Crew]] = {}
        for crew in Crew.objects.all():
            self.crews.setdefault(crew.unit_id, []).append(crew)
        self.staff: dict[int | None, list[Staff]] = {None: []}
        for member in Staff.objects.filter(is_demo=True).prefetch_related("roles").order_by("pk"):
            if member.scope.has(Role.AGENT, Role.CENTRE_MANAGER, Role.ARBITER):
                self.staff[None].append(member)
            for _role, unit in member.scope.roles:
                if unit:
                    self.staff.setdefault(unit, []).append(member)

    def who_may(self, verb: str, case: Case, turn: int = 0) -> Staff:
        """Somebody the table lets do this; `turn` lets colleagues take turns. The unit's own people come first."""
        own = list(self.staff.get(case.unit_id, ())) if case.unit_id else []
        office = [member for member in own if member.scope.has(Role.OFFICER, Role.REPRESENTATIVE)]
        office = office[turn % len(office) :] + office[: turn % len(office)] if office else office
        others = [member for member in own if member not in office]
        others.sort(key=lambda member: member.scope.has(Role.UNIT_HEAD))
        own = [*office, *others]  # a head does what is a head's, and not her own people's work
        desk = self.staff[None]
        desk = desk[turn % len(desk) :] + desk[: turn % len(desk)]
        at_desk_first = verb in AT_THE_DESK
        for member in [*desk, *own] if at_desk_first else [*own, *desk]:
            if may(verb, case, member):
                return member
        raise LookupError(f"nobody in the demo may {verb} on {case.number} ({case.subject.code}, {case.state})")

    def question_kinds(self, subject_code: str) -> dict[str, str]:
        """The kind of each question of a subject, by its code."""
        if not self._kinds:
            for code, question, kind in Question.objects.values_list("subject__code", "code", "kind"):
                self._kinds.setdefault(code, {})[question] = kind
        return self._kinds.get(subject_code, {})

    def agent(self, turn: int) -> Staff:
        agents = [member for member in self.staff[None] if member.scope.has(Role.AGENT)]
        return agents[turn % len(agents)]

    def opener(self, unit: Unit, turn: int) -> Staff:
        """Somebody at the unit's own counter."""
        members = [member for member in self.staff.get(unit.pk, ()) if member.scope.in_unit]
        return members[turn % len(members)] if members else self.agent(turn)

    def applicant(self, turn: int, channel: str, language: str) -> Person:
        """One of the invented people, fit for the door and the language; saved when she first applies."""
        speakers = [row for row in self.people_rows if row["language"] == language] or self.people_rows
        fitting = [row for row in speakers if channel != "email" or row["email"]] or speakers
        row = fitting[turn * 37 % len(fitting)]
        wanted = Person(
            kind=row["kind"], given_name=row["given_name"], family_name=row["family_name"], phone=row["phone"] or "",
            email=row["email"] or "", preferred_way=row["preferred_way"], language=row["language"], address=row["address"],
        ).prepare()  # fmt: skip
        key = (wanted.name_key, wanted.address)
        if key not in self._known:
            self._known[key] = save_person(wanted)
        return self._known[key]

    @cached_property
    def _known(self) -> dict[tuple[str, str], Person]:
        return {(person.name_key, person.address): person for person in Person.objects.all()}


AT_THE_DESK = frozenset({"route", "split", "merge", "refer", "reopen", "invalidate", "not_examine", "close"})
