"""The agent's screen while somebody talks: everything her words so far bring up, each thing looked up only where it is shown."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any

from django.forms import BoundField, ChoiceField
from django.utils import timezone
from django.utils.translation import gettext as _

from mimer.cases.clocks import service_due
from mimer.cases.legal import WRITTEN, legal_due, regimes_for
from mimer.cases.paper import SIGNED_BY_DOOR
from mimer.cases.states import Outcome
from mimer.knowledge.models import CannedAnswer
from mimer.municipality.catalogue import catalogue
from mimer.municipality.kinds import CaseType, Channel
from mimer.municipality.models import Neighbourhood, Question, Staff, Subject
from mimer.municipality.named import in_language
from mimer.municipality.routing import Choice, pick_unit
from mimer.municipality.subject_finder import suggest_subjects
from mimer.municipality.where import is_ours, neighbourhood_at

from ..access import row_id
from ..forms.answers import referral_words
from ..forms.border import body_beyond
from ..forms.cimer import CIMER_TYPES, name_fields
from ..forms.desk import ON_PAPER, TAKEN_DOWN, CallForm
from ..forms.wizard import QuestionsForm
from ..templatetags.look import long_date, until
from ..unit.near import Near
from .callers import Caller, asked_for, caller_of, find_callers
from .near import same_trouble

SUGGESTED = 5
ANSWER_PREFIX = "soru"


def channels_of(counter: bool) -> tuple[Channel, ...]:
    """The doors whose words are taken down on this screen."""
    return (Channel.UNIT, Channel.PETITION) if counter else TAKEN_DOWN


class Screen:
    """One call on one reader's screen; `told` is what the fields hold so far."""

    def __init__(self, staff: Staff, told: Mapping[str, Any], *, counter: bool, form: CallForm | None = None) -> None:
        self.staff, self.told, self.counter = staff, told, counter
        self.form = form or CallForm(staff=staff, initial=dict(told.items()), channels=self.channels)
        self.bound = form is not None
        if self.from_cimer:
            name_fields(self.form)

    @property
    def channels(self) -> tuple[Channel, ...]:
        return channels_of(self.counter)

    @property
    def channel(self) -> str:
        return self.told.get("channel") or self.channels[0]

    @property
    def on_paper(self) -> bool:
        """Whether it came in writing, on a day and with a number of its own."""
        return self.channel in ON_PAPER

    @property
    def from_cimer(self) -> bool:
        return bool(self.channel == Channel.CIMER)

    @property
    def written(self) -> bool:
        """Whether it is a petition in the sense of 3071: on paper, by KEP, by e-Devlet."""
        return self.channel in WRITTEN

    @property
    def delivered(self) -> bool:
        """Whether its door tells by itself when it was delivered."""
        return self.channel in SIGNED_BY_DOOR

    @cached_property
    def found(self) -> list[Caller]:
        return find_callers(self.asked, self.staff) if self.asked else []

    @property
    def asked(self) -> str:
        return asked_for(str(self.told.get("caller", "")))

    @cached_property
    def caller(self) -> Caller | None:
        """The person chosen for this call."""
        return caller_of(self.told.get("person"), self.staff)

    @cached_property
    def suggestions(self) -> list[Subject]:
        words = str(self.told.get("text", "")).strip()
        return suggest_subjects(words, limit=SUGGESTED) if len(words) > 2 else []

    @cached_property
    def subject(self) -> Subject | None:
        pk = str(self.told.get("subject", ""))
        rows = Subject.objects.filter(active=True).select_related("unit", "external_body")
        return rows.filter(pk=row_id(pk) or 0).first()

    @property
    def type_field(self) -> BoundField:
        """The types this subject may be of, its usual one named; the statutes' own are open to every subject."""
        field, subject = self.form.fields["type"], self.subject
        if subject and isinstance(field, ChoiceField):
            usual = CaseType(subject.default_type)
            own = CIMER_TYPES if self.from_cimer else subject.allowed_types
            codes = [*own, CaseType.FOI, CaseType.DATA_SUBJECT]
            choices = [(code, CaseType(code).label) for code in dict.fromkeys(codes) if code in CaseType.values]
            field.choices = [("", _("Konuya göre: %(type)s") % {"type": usual.label}), *choices]
        return self.form["type"]

    @cached_property
    def questions(self) -> QuestionsForm | None:
        """The subject's questions; none need be answered while somebody waits on the line."""
        rows = catalogue().questions_of(self.subject) if self.subject else ()
        return questions_form(rows, self.told, bound=self.bound) if rows else None

    @cached_property
    def point(self) -> tuple[float, float] | None:
        try:
            lat, lon = float(self.told.get("lat") or ""), float(self.told.get("lon") or "")
        except ValueError:
            return None
        return (lat, lon) if abs(lat) <= 90 and abs(lon) <= 180 else None

    @cached_property
    def outside(self) -> bool:
        """Whether the point is somebody else's to look after."""
        return self.point is not None and not is_ours(*self.point)

    @cached_property
    def outside_body(self) -> str:
        """Who is responsible beyond the border, and how she is reached."""
        return body_beyond() if self.outside else ""

    @cached_property
    def neighbourhood(self) -> Neighbourhood | None:
        pk = row_id(str(self.told.get("neighbourhood", "")))
        if pk is not None:
            return Neighbourhood.objects.filter(pk=pk).first()
        return neighbourhood_at(*self.point) if self.point else None

    @cached_property
    def near(self) -> list[Near]:
        if self.subject is None:
            return []
        address = str(self.told.get("address", ""))
        return same_trouble(
            self.subject, self.staff, point=self.point, address=address, neighbourhood=self.neighbourhood
        )

    @cached_property
    def choice(self) -> Choice | None:
        """The unit it will go to, and why."""
        if self.subject is None:
            return None
        mark = f"{ANSWER_PREFIX}-"
        answers = {name.removeprefix(mark): value for name, value in self.told.items() if name.startswith(mark)}
        return pick_unit(self.subject, self.case_type, self.neighbourhood, answers)

    @property
    def case_type(self) -> str:
        return self.told.get("type") or (self.subject.default_type if self.subject else "")

    @cached_property
    def due(self) -> datetime | None:
        """Until when the house promises to answer."""
        subject = self.subject
        return (
            service_due(timezone.now(), subject.target_hours, subject.clock, subject.unit_id)
            if subject and subject.target_hours
            else None
        )

    @property
    def legal(self) -> str:
        """The last day of the statute, where one applies."""
        if self.subject is None:
            return ""
        regimes = regimes_for(self.case_type, self.channel, self.subject)
        ends = [due.last_day for regime in regimes if (due := legal_due(regime, timezone.localdate()))]
        return long_date(min(ends)) if ends else ""

    @property
    def promise(self) -> str:
        """What the agent says aloud before she saves."""
        if self.choice is None:
            return ""
        words = {"unit": self.choice.unit.name, "until": until(self.due)}
        if self.due:
            return _("Başvurunuzu alıyorum; %(unit)s bakacak. %(until)s sonuçlandırmayı hedefliyoruz.") % words
        return _("Başvurunuzu alıyorum; %(unit)s bakacak.") % words

    @property
    def referral(self) -> str:
        """What a referral says by itself."""
        body = self.subject.external_body if self.subject else None
        return referral_words(body, self.told.get("language") or "tr") if body else ""

    @cached_property
    def canned(self) -> list[CannedAnswer]:
        """Ready words for information given on the spot."""
        if self.subject is None or self.counter:
            return []
        rows = CannedAnswer.objects.filter(active=True, outcome=Outcome.INFORMED)
        fitting = rows.filter(subject=self.subject) | rows.filter(subject=None)
        return sorted(fitting, key=lambda row: row.subject_id is None)[:SUGGESTED]

    def spoken(self, canned: CannedAnswer) -> str:
        """A ready text with what is known of this call put in."""
        language = self.told.get("language") or "tr"
        text = in_language(canned, "text", language)
        place = str(self.told.get("address", "")) or (
            self.neighbourhood.name if self.neighbourhood else _("bildirdiğiniz yer")
        )
        name = f"{self.told.get('given_name', '')} {self.told.get('family_name', '')}".strip()
        words = {
            "applicant": str(self.caller.person) if self.caller else name, "number": _("başvuru numaranız"), "place": place,
            "subject": in_language(self.subject, "name", language) if self.subject else "",
            "unit": in_language(self.choice.unit, "name", language) if self.choice else "",
            "date": long_date(timezone.localdate()),
        }  # fmt: skip
        for spot, word in words.items():
            text = text.replace(f"{{{spot}}}", word)
        return text


def questions_form(questions: Sequence[Question], told: Mapping[str, Any], *, bound: bool) -> QuestionsForm:
    """The questions of a subject as fields, of which none is compulsory at the desk."""
    if bound:
        return QuestionsForm(told, questions=questions, prefix=ANSWER_PREFIX, all_optional=True)
    initial = {question.code: told.get(f"{ANSWER_PREFIX}-{question.code}", "") for question in questions}
    return QuestionsForm(questions=questions, prefix=ANSWER_PREFIX, initial=initial, all_optional=True)
