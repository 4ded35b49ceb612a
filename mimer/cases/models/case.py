"""The case: one application from the first word to its honest ending."""

import secrets
from datetime import date, datetime, time, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from mimer.municipality.kinds import CaseType, Channel, Priority
from mimer.municipality.models import Crew, ExternalBody, Neighbourhood, Staff, Subject, Unit
from mimer.people.models import Person

from ..queries import CaseQuerySet
from ..states import ENDED, OPEN, CitizenTag, LegalRegime, Outcome, State, citizen_tag

# No 0/O, 1/I/L, and no U, so that a code survives being read aloud and cannot spell a word that offends.
TRACKING_SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
# The desk may ask the citizen before it knows whose the case is.
WITHOUT_UNIT = ENDED | {State.REGISTERED, State.RETURNED, State.WAITING_APPLICANT}
# Written as what it is not: SQLite then takes it as the border of a partial index and nothing to search by.
IS_OPEN = ~Q(state__in=sorted(ENDED))


def new_tracking_code() -> str:
    """Ten signs of thirty: 49 bits nobody guesses behind a rate limit."""
    number, code = secrets.randbelow(len(TRACKING_SIGNS) ** 10), ""
    for _place in range(10):
        number, sign = divmod(number, len(TRACKING_SIGNS))
        code += TRACKING_SIGNS[sign]
    return code


class PlaceKind(models.TextChoices):
    """How the place was told."""

    NONE = "none"
    POINT = "point"
    ADDRESS = "address"
    PARCEL = "parcel"


class Case(models.Model):
    """Başvuru: the words of a citizen with a number, an owner, its clocks and an ending. Only verbs change it."""

    year = models.PositiveSmallIntegerField(editable=False)
    tracking_code = models.CharField(max_length=12, editable=False)
    channel = models.CharField(max_length=12, choices=Channel.choices)
    # The number another body gave it (CİMER), and whether that body keeps the informant's name from us all.
    external_number = models.CharField(max_length=60, blank=True)
    identity_hidden = models.BooleanField(default=False)
    source_id = models.CharField(max_length=120, null=True, blank=True)
    type = models.CharField(max_length=20, choices=CaseType.choices)
    regime = models.CharField(max_length=30, choices=LegalRegime.choices, default=LegalRegime.SERVICE)
    # Unit and subject are the beginning of an index of their own, see below.
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+", db_index=False)
    sensitive = models.BooleanField(default=False)
    priority = models.PositiveSmallIntegerField(choices=Priority.choices, default=Priority.NORMAL)
    applicant = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="cases")
    text = models.TextField()
    answers = models.JSONField(default=dict, blank=True)
    language = models.CharField(max_length=5, default="tr")

    place_kind = models.CharField(max_length=8, choices=PlaceKind.choices, default=PlaceKind.NONE)
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    address = models.CharField(max_length=400, blank=True)
    neighbourhood = models.ForeignKey(Neighbourhood, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    block = models.CharField(max_length=20, blank=True, help_text="ada")
    lot = models.CharField(max_length=20, blank=True, help_text="parsel")

    state = models.CharField(max_length=20, choices=State.choices, default=State.REGISTERED)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    officer = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    crew = models.ForeignKey(Crew, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    external_body = models.ForeignKey(ExternalBody, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # Where a waiting case goes back to, and what was left of its service clock (seconds) when it stopped.
    resume_state = models.CharField(max_length=20, blank=True)
    clock_left = models.PositiveIntegerField(null=True, blank=True)
    returns = models.PositiveSmallIntegerField(default=0)
    reopenings = models.PositiveSmallIntegerField(default=0)

    received_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    # Copied from the subject when the clock was set, so that later configuration cannot change the promise.
    target_hours = models.PositiveIntegerField(default=0)
    clock = models.CharField(max_length=10, default="business")
    # Since when it runs: since the case was received, or since it came back unsolved. None in history from elsewhere.
    clock_from = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    # Of the clock of the law that leads (`LegalClock`): its last day, and the last working day on or before it.
    legal_due_on = models.DateField(null=True, blank=True)
    legal_act_by = models.DateField(null=True, blank=True)
    # The earlier of the two: the service target, and the end of the law's last day while it waits for an answer. Lists
    # go by it. (Work is due on `legal_act_by`; no office is open between the two, so the order is the same.)
    first_due_at = models.DateTimeField(null=True, blank=True, editable=False)
    # When the answer the law owes was given; "not solved" does not bring it back.
    legal_met_on = models.DateField(null=True, blank=True)
    # When the next step of the ladder is due (`mimer.cases.ladder`); none in history from elsewhere.
    next_warning_at = models.DateTimeField(null=True, blank=True, editable=False)
    planned_for = models.DateField(null=True, blank=True)
    # The last date that was told to the citizen and still stands (`Promise`).
    promised_on = models.DateField(null=True, blank=True)
    state_since = models.DateTimeField()
    interim_at = models.DateTimeField(null=True, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField()

    last_event = models.PositiveIntegerField(default=0, editable=False)
    chain = models.CharField(max_length=64, blank=True, editable=False)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "source_id"], name="case_once_a_source"),
            models.CheckConstraint(
                condition=Q(state__in=sorted(ENDED)) & ~Q(outcome="") | Q(state__in=sorted(OPEN)) & Q(outcome=""),
                name="outcome_when_ended",
            ),
            models.CheckConstraint(
                condition=Q(unit__isnull=False) | Q(state__in=sorted(WITHOUT_UNIT)),
                name="worked_on_by_a_unit",
            ),
            models.CheckConstraint(
                condition=Q(lat=None, lon=None) | Q(lat__isnull=False, lon__isnull=False), name="whole_point"
            ),
        ]
        indexes = [
            models.Index(fields=["-received_at", "-id"], name="case_newest"),
            models.Index(fields=["unit", "-received_at", "-id"], name="case_unit_newest"),
            models.Index(fields=["subject", "-received_at", "-id"], name="case_subject_newest"),
            models.Index(fields=["unit", "first_due_at", "id"], condition=IS_OPEN, name="case_open_unit_first"),
            models.Index(fields=["first_due_at", "id"], condition=IS_OPEN, name="case_open_first"),
            models.Index(fields=["officer", "first_due_at", "id"], condition=IS_OPEN, name="case_open_officer_first"),
            models.Index(fields=["state", "first_due_at", "id"], condition=IS_OPEN, name="case_open_state_first"),
            models.Index(fields=["crew", "planned_for"], condition=IS_OPEN, name="case_open_crew"),
            models.Index(fields=["lat", "lon"], condition=IS_OPEN & Q(lat__isnull=False), name="case_open_place"),
            models.Index(
                fields=["next_warning_at"], condition=IS_OPEN & Q(next_warning_at__isnull=False), name="case_warning"
            ),
            models.Index(
                fields=["legal_act_by", "id"],
                name="case_open_legal",
                condition=IS_OPEN & Q(legal_met_on=None, legal_act_by__isnull=False),
            ),
            models.Index(
                fields=["unit", "promised_on"],
                condition=IS_OPEN & Q(promised_on__isnull=False),
                name="case_open_promised",
            ),
            models.Index(fields=["external_number"], condition=~Q(external_number=""), name="case_external_number"),
            models.Index(fields=["block", "lot"], condition=~Q(block=""), name="case_parcel"),
            models.Index(fields=["state_since"], condition=Q(state=State.RESOLVED), name="case_resolved_since"),
            models.Index(fields=["resolved_at"], condition=Q(resolved_at__isnull=False), name="case_resolved"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The public number, short and sayable: the year of recording and the running number."""
        return f"{self.year}-{self.pk:06d}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def citizen_tag(self) -> CitizenTag:
        return citizen_tag(self.state)

    @property
    def applicant_name(self) -> str:
        """How she is named where anybody may read it; whom a hidden identity is shown to, `cases.identity` says."""
        if self.applicant and self.identity_hidden:
            return str(_("Kimliği gizli"))
        return str(self.applicant) if self.applicant else ""

    @property
    def place_line(self) -> str:
        """The place in one line: neighbourhood, address, parcel."""
        parcel = f"{self.block}/{self.lot}" if self.block else ""
        name = self.neighbourhood.name if self.neighbourhood else ""
        return ", ".join(part for part in (name, self.address, parcel) if part)

    @property
    def has_point(self) -> bool:
        return self.lat is not None

    @property
    def owes_the_law(self) -> bool:
        """Whether a statute still waits for an answer."""
        return self.is_open and self.legal_due_on is not None and self.legal_met_on is None

    @property
    def runs_as_information_request(self) -> bool:
        """Whether the period of the law on information (4982) is running."""
        clocks = self.legal_clocks.filter(regime=LegalRegime.FOI_4982, met_on=None, ended_on=None)
        return self.regime != LegalRegime.SERVICE and clocks.filter(stopped_on=None).exists()

    @property
    def awaits_fee(self) -> bool:
        """Whether it waits for the fee of the information asked for: the law's own clock stands still for nothing else."""
        return Case.objects.awaiting_fee().filter(pk=self.pk).exists()

    def is_legally_late(self, today: date | None = None) -> bool:
        """Whether the last day of the leading statute has passed without the answer it owes."""
        return (
            self.owes_the_law and self.legal_due_on is not None and self.legal_due_on < (today or timezone.localdate())
        )

    def earliest_due(self) -> datetime | None:
        """The earlier of the service target and the end of the law's last day; None while neither runs."""
        if not self.owes_the_law or self.legal_due_on is None:
            return self.due_at
        end = timezone.make_aware(datetime.combine(self.legal_due_on + timedelta(days=1), time.min))
        return min(end, self.due_at) if self.due_at else end

    def is_late(self, now: datetime | None = None) -> bool:
        """Whether the service target has passed while work is still owed."""
        return self.is_open and self.due_at is not None and self.due_at < (now or timezone.now())
