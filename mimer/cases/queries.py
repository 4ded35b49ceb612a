"""Lists of cases: who may see which, and the filters of the work places. Nobody fetches a case by bare id."""

import re
from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from mimer.literal import Is
from mimer.municipality.kinds import Channel
from mimer.municipality.models import Staff, Unit

from .states import ENDED, Outcome, State

SHOWN_IN_LISTS = (
    "year", "channel", "state", "sensitive", "due_at", "legal_due_on", "legal_act_by", "legal_met_on", "first_due_at",
    "clock_left", "received_at", "address", "subject__name_tr",
    "subject__name_en", "unit__name_tr", "unit__name_en", "unit__short_tr", "neighbourhood__name", "officer__given_name",
    "officer__family_name",
)  # fmt: skip
NUMBER = re.compile(r"^\s*(\d{4})[\s\-–./]*(\d{1,9})\s*$")


class CaseQuerySet(models.QuerySet["Case"]):  # type: ignore[name-defined]
    """Filters that read as prose: `Case.objects.visible_to(staff).of_unit(unit).overdue(now)`."""

    def visible_to(self, staff: Staff) -> Self:
        """What this member of staff may see: her units' cases, side requests to them, or all; sensitive ones only if named."""
        scope = staff.scope
        seen = self
        if not scope.across_units:
            mine = Q(unit__in=scope.unit_ids) if scope.unit_ids else Q(pk__in=[])
            if scope.unit_ids:
                mine |= Q(pk__in=self._asked_of(scope.unit_ids))
            if scope.crew_ids:
                mine |= Q(crew__in=scope.crew_ids)
            seen = self.filter(mine)
        if scope.sensitive_subject_ids:
            return seen.filter(Q(sensitive=False) | Q(subject__in=scope.sensitive_subject_ids))
        return seen.filter(sensitive=False)

    def _asked_of(self, unit_ids: frozenset[int]) -> models.QuerySet:
        from .models.words import UnitRequest  # the model is defined after this manager

        return UnitRequest.objects.filter(unit__in=unit_ids).values("case_id")

    def open(self) -> Self:
        return self.exclude(Is("state", *sorted(ENDED)))

    def of_unit(self, unit: Unit | int) -> Self:
        return self.filter(unit=unit)

    def overdue(self, now: datetime) -> Self:
        """Open cases whose service target or whose period by law has passed without the answer.

        While the citizen is asked her target stands still, the law does not.
        """
        return self.open().filter(first_due_at__lt=now)

    def legally_late(self, today: date) -> Self:
        """Open cases for which the last day of the law has passed without the answer it waits for."""
        return self.open().filter(legal_met_on=None, legal_act_by__lt=today, legal_due_on__lt=today)

    def promise_ending(self, by: date) -> Self:
        """Open cases whose last told date falls on that day or has passed, so that a new one must be told or the work done."""
        return self.open().filter(promised_on__lte=by)

    def waiting(self) -> Self:
        return self.open().filter(state__in=[State.WAITING_APPLICANT, State.WAITING_THIRD_PARTY])

    def awaiting_fee(self) -> Self:
        """Cases that wait until the applicant pays for the information (4982 art. 11)."""
        from .models.clocks import LegalClock  # the model is defined after this manager

        stopped = LegalClock.objects.filter(case=OuterRef("pk"), met_on=None, ended_on=None, stopped_on__isnull=False)
        return self.in_state(State.WAITING_APPLICANT).filter(Exists(stopped))

    def to_enter_in_cimer(self) -> Self:
        """Answered cases from CİMER whose answer nobody has entered there yet."""
        from .models.events import Event  # the model is defined after this manager

        entered = Event.objects.filter(case=OuterRef("pk"), verb="answered_elsewhere", at__gte=OuterRef("resolved_at"))
        ended = self.filter(channel=Channel.CIMER, resolved_at__isnull=False).exclude(outcome=Outcome.INVALID)
        return ended.exclude(Exists(entered)).order_by("resolved_at", "pk")

    def naming_applicant_to(self, staff: Staff) -> Self:
        """Without those whose applicant's identity is kept from this reader (`shown_applicant`)."""
        return self if staff.scope.at_desk else self.filter(identity_hidden=False)

    def returned(self) -> Self:
        return self.in_state(State.RETURNED)

    def in_state(self, state: State) -> Self:
        """Cases in one open state."""
        return self.open().filter(state=state)

    def by_number(self, typed: str) -> Self:
        """The case with this public number, however it was typed: "2026-000123", "2026 123", "2026000123"."""
        match = NUMBER.match(typed)
        if not match:
            return self.none()
        return self.filter(pk=int(match[2]), year=int(match[1]))

    def by_external_number(self, typed: str) -> Self:
        """The cases that another body knows by this number (CİMER)."""
        number = typed.strip().replace("\x00", "")  # which no text of PostgreSQL's can hold
        return self.filter(external_number=number) if any(sign.isdigit() for sign in number) else self.none()

    def in_box(self, south: float, west: float, north: float, east: float) -> Self:
        """Cases with a point in this rectangle (WGS84 degrees)."""
        return self.filter(lat__gte=south, lat__lte=north, lon__gte=west, lon__lte=east)

    def for_list(self) -> Self:
        """With what a row of a list shows, and not a column more, in one query."""
        return self.select_related("subject", "unit", "neighbourhood", "officer").only(*SHOWN_IN_LISTS)
