"""The rule that picks a unit: rulings and exceptions first, then the subject's own unit; the reason goes with it."""

from collections.abc import Mapping
from dataclasses import dataclass

from .catalogue import catalogue
from .models import Neighbourhood, RoutingRule, Subject, Unit


@dataclass(frozen=True)
class Choice:
    """A unit, why it was picked (a code for the event), the rule if one did, and a priority if the rule sets one."""

    unit: Unit
    reason: str
    rule: RoutingRule | None = None
    priority: int | None = None


def pick_unit(
    subject: Subject,
    case_type: str,
    neighbourhood: Neighbourhood | None = None,
    answers: Mapping[str, object] | None = None,
) -> Choice:
    """The unit for such a case: the most specific rule that fits wins (rulings before others), else the subject's unit."""
    fitting = [
        rule
        for rule in catalogue().rules
        if rule.subject_id in (None, subject.pk) and _fits(rule, case_type, neighbourhood, answers or {})
    ]
    if fitting:
        rule = max(fitting, key=_weight)
        return Choice(rule.unit, "ruling" if rule.is_ruling else "rule", rule, rule.priority)
    return Choice(subject.unit, "subject")


def _fits(
    rule: RoutingRule, case_type: str, neighbourhood: Neighbourhood | None, answers: Mapping[str, object]
) -> bool:
    if rule.case_type and rule.case_type != case_type:
        return False
    if rule.neighbourhood_id and (neighbourhood is None or rule.neighbourhood_id != neighbourhood.pk):
        return False
    return not rule.question_code or str(answers.get(rule.question_code, "")) == rule.answer


def _weight(rule: RoutingRule) -> tuple[bool, int, int]:
    named = [rule.subject_id, rule.case_type, rule.neighbourhood_id, rule.question_code]
    return (rule.is_ruling, sum(bool(part) for part in named), rule.pk)
