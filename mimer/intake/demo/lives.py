"""What became of each demo application: its fate, played by the real verbs at moments in the past."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from mimer.cases import actions
from mimer.cases.actors import RULE, Citizen
from mimer.cases.information import REFUSING, is_information_request, refusal_grounds
from mimer.cases.models import AttachmentKind, Case
from mimer.cases.states import NEEDS_EVIDENCE, NEEDS_REASON, Outcome
from mimer.municipality.kinds import Evidence
from mimer.municipality.models import Staff

from .cast import Cast
from .photos import demo_photo

# Waits and answers older than the house's windows would be ended by time itself on the first evening.
FRESH = timedelta(days=12)
CLOSED_AFTER = timedelta(days=15, hours=1)
# A crew that looks at its list finds the nearest days' work on it at once.
TODAYS_JOBS = 10


class Life:
    """One case on its way; `at` is the moment of the last thing that happened and never passes now."""

    def __init__(self, case: Case, row: dict[str, Any], number: int, cast: Cast, now: datetime) -> None:
        self.case, self.row, self.number, self.cast, self.now = case, row, number, cast, now
        self.rng = random.Random(number)  # noqa: S311 - the same every time
        self.at = case.received_at

    def live(self) -> None:
        """Plays the fate of the row."""
        FATES[self.row["fate"]](self)

    def later(self, low: float, high: float) -> datetime:
        """Some hours on, but never more than most of the time that is left until now."""
        wish = timedelta(hours=self.rng.uniform(low, high))
        self.at += min(wish, (self.now - self.at) * 0.7)
        return self.at

    def not_before(self, moment: datetime) -> None:
        self.at = max(self.at, moment)

    def who(self, verb: str) -> Staff:
        return self.cast.who_may(verb, self.case, self.number)

    def registered(self) -> None:
        """Nobody has touched it yet."""

    def assigned(self) -> None:
        self.at += min(timedelta(minutes=2), (self.now - self.at) / 2)
        actions.route(self.case, by=RULE, at=self.at)

    def in_progress(self) -> None:
        self.assigned()
        actions.accept(self.case, by=self.who("accept"), at=self.later(0.5, 9))
        for note in self.row.get("notes", ()):
            actions.note(self.case, note, by=self.who("note"), at=self.later(0.1, 1))

    def interim(self) -> None:
        self.in_progress()
        actions.interim_answer(
            self.case, self.row["interim_text"], by=self.who("interim_answer"), at=self.later(24, 72)
        )

    def returned(self) -> None:
        self.assigned()
        self._return(self.row["return_grounds"][0])

    def returned_twice(self) -> None:
        self.assigned()
        first, second = self.row["return_grounds"][:2]
        self._return(first)
        desk = self.cast.units["MIM"]
        again = desk if self.case.unit_id != desk.pk else self.cast.units["ZBT"]
        reason = "Yazılanlara göre önce burada bakılması uygun görüldü."
        actions.route(self.case, again, reason, by=self.who("route"), at=self.later(1, 8))
        self._return(second)
        ruling = self.cast.units[self.row["ruling_unit"]]
        actions.route(self.case, ruling, self.row["notes"][0], by=self.who("route"), at=self.later(1, 20))

    def _return(self, ground: str) -> None:
        words = (self.row.get("notes") or ["Konu birimimizin görev alanında değil."])[0]
        actions.return_to_desk(self.case, ground, words, by=self.who("return_to_desk"), at=self.later(2, 20))

    def planned(self) -> None:
        self.in_progress()
        days = self.row["plan_days"]
        goes_out_today = days <= TODAYS_JOBS and self.case.unit_id in self.cast.crews
        self._plan(timezone.localtime(self.now).date() + timedelta(days=0 if goes_out_today else days))

    def _plan(self, day: Any) -> None:
        crews = self.cast.crews.get(self.case.unit_id or 0, [])
        crew = crews[self.number % len(crews)] if crews else None
        actions.plan(self.case, day, crew=crew, by=self.who("plan"), at=self.later(0.2, 6))

    def waiting_applicant(self) -> None:
        self.in_progress()
        self.not_before(self.now - FRESH)
        question = self.row["question_to_citizen"]
        actions.ask_applicant(self.case, question, by=self.who("ask_applicant"), at=self.later(1, 24))

    def waiting_third_party(self) -> None:
        self.in_progress()
        body = self.cast.bodies[self.row["third_party"]]
        reference = f"E-{10_000 + self.number * 7}-{body.code}"
        actions.await_third_party(self.case, body, reference, by=self.who("await_third_party"), at=self.later(4, 48))

    def in_approval(self) -> None:
        self.in_progress()
        self._evidence()
        if self.case.subject.needs_approval:  # where the unit answers by itself, it is still at work
            actions.propose_answer(self.case, self._draft(), by=self.who("propose_answer"), at=self.later(6, 48))

    def resolved(self) -> None:
        self._worked()
        self.not_before(self.now - FRESH)
        self._answer()

    def closed(self) -> None:
        self._worked()
        self._answer()
        if rating := self.row.get("rating"):
            actions.rate(
                self.case, rating, really_solved=rating > 2, by=Citizen(self.case.channel), at=self.later(1, 30)
            )
        if self.number % 3 == 0 or not self._closed_by_time():
            actions.close(self.case, by=Citizen(self.case.channel), at=self.later(2, 60))

    def _closed_by_time(self) -> bool:
        if self.now - self.at <= CLOSED_AFTER:
            return False
        self.at += CLOSED_AFTER
        actions.close(self.case, by=RULE, at=self.at)
        return True

    def not_solved(self) -> None:
        self._worked()
        self._answer()
        by = Citizen(self.case.channel)
        actions.not_solved(self.case, self.row["not_solved_text"], by=by, at=self.later(10, 90))

    def reopened(self) -> None:
        self._worked()
        self._answer()
        actions.close(self.case, by=Citizen(self.case.channel), at=self.later(2, 40))
        actions.reopen(self.case, self.row["reopen_reason"], by=self.who("reopen"), at=self.later(20, 200))

    def split(self) -> None:
        parts = [(self.cast.subjects[part["subject_code"]], part["text"]) for part in self.row["split_into"]]
        actions.split(self.case, parts, by=self.who("split"), at=self.later(0.5, 4))
        self.assigned()

    def withdrawn(self) -> None:
        self.assigned()
        actions.withdraw(self.case, self.row["withdraw_word"], by=Citizen(self.case.channel), at=self.later(3, 40))

    def not_examined(self) -> None:
        ground, words = self.row["not_examined_ground"], self.row["answer_text"]
        actions.not_examine(self.case, ground, words, by=self.who("not_examine"), at=self.later(2, 20))

    def forwarded(self) -> None:
        body = self.cast.bodies[self.row["external_body"]]
        reference = self.row.get("document_number", "")
        actions.refer(self.case, body, self.row["answer_text"], reference, by=self.who("refer"), at=self.later(0.2, 9))
        self._closed_by_time()

    def invalid(self) -> None:
        actions.invalidate(self.case, self.row["invalid_reason"], by=self.who("invalidate"), at=self.later(0.1, 3))

    def _worked(self) -> None:
        """Up to the answer: accepted, planned where a crew goes out, photographed where that is the evidence."""
        self.in_progress()
        if self.case.subject.evidence == Evidence.PHOTO and self.cast.crews.get(self.case.unit_id or 0):
            self._plan(timezone.localtime(self.at).date() + timedelta(days=1))
        self.later(3, 30)
        self._evidence()

    def _evidence(self) -> None:
        if self.case.subject.evidence != Evidence.PHOTO or self.row["outcome"] not in NEEDS_EVIDENCE:
            return
        by = self.who("attach")
        before, after = demo_photo(self.number, mended=False), demo_photo(self.number, mended=True)
        actions.attach(self.case, before, AttachmentKind.BEFORE, by=by, at=self.at)
        actions.attach(self.case, after, AttachmentKind.AFTER, by=by, at=self.later(0.3, 2))

    def _draft(self) -> actions.Draft:
        outcome, subject = self.row["outcome"], self.case.subject
        reason = self.row.get("reason_text", "")
        number = self.row.get("document_number", "")
        if not reason and (outcome in NEEDS_REASON or subject.evidence == Evidence.NOTE):
            reason = "Yerinde incelendi; yapılan iş başvuruya verilen cevapta anlatıldı."
        if not number and subject.evidence == Evidence.DOCUMENT_NUMBER and outcome in NEEDS_EVIDENCE:
            number = f"{subject.code.split('-')[0]}-{timezone.localtime(self.at).year}/{1000 + self.number}"
        return actions.Draft(Outcome(outcome), self.row["answer_text"], reason, number, grounds=self._grounds(outcome))

    def _grounds(self, outcome: str) -> list[str]:
        """One of the law's grounds, in turn, where information was refused wholly or in part."""
        if outcome not in REFUSING or not is_information_request(self.case):
            return []
        grounds = refusal_grounds(self.case)
        return [grounds[self.number % len(grounds)].code]

    def _answer(self) -> None:
        if self.case.subject.needs_approval:
            actions.propose_answer(self.case, self._draft(), by=self.who("propose_answer"), at=self.later(2, 20))
            actions.approve(self.case, by=self.who("approve"), at=self.later(1, 12))
        else:
            actions.resolve(self.case, self._draft(), by=self.who("resolve"), at=self.later(1, 20))


FATES: dict[str, Callable[[Life], None]] = {
    "registered": Life.registered, "assigned": Life.assigned, "in_progress": Life.in_progress, "interim": Life.interim,
    "returned": Life.returned, "returned_twice": Life.returned_twice, "planned": Life.planned,
    "waiting_applicant": Life.waiting_applicant, "waiting_third_party": Life.waiting_third_party,
    "in_approval": Life.in_approval, "resolved": Life.resolved, "closed": Life.closed, "not_solved": Life.not_solved,
    "reopened": Life.reopened, "split": Life.split, "withdrawn": Life.withdrawn, "not_examined": Life.not_examined,
    "forwarded": Life.forwarded, "invalid": Life.invalid, "merged": Life.assigned,
}  # fmt: skip
