"""The verbs: the only code that changes a case. Pages, doors and the worker call these and nothing else."""

from .act import holding
from .afterwards import answered_elsewhere, record_appeal
from .answering import (
    Draft,
    approve,
    interim_answer,
    propose_answer,
    refer,
    resolve,
    resolve_with_main,
    send_back,
)
from .edges import merge, unmerge
from .ending import close, invalidate, not_examine, not_solved, rate, reopen, withdraw
from .fees import fee_notice, fee_paid, fee_unpaid
from .history import History, adopt_many
from .opening import Opening, open_case
from .papers import Registration, hand_over, register_document, sign_answer
from .periods import change_regime, extend, postpone, warn
from .routing import correct_place, reclassify, return_to_desk, route, split
from .words import applicant_writes, attach, note
from .work import (
    accept,
    applicant_replies,
    ask_applicant,
    ask_unit,
    assign,
    await_third_party,
    plan,
    third_party_replies,
    unit_replies,
)

__all__ = [
    "Draft",
    "History",
    "Opening",
    "Registration",
    "accept",
    "adopt_many",
    "answered_elsewhere",
    "applicant_replies",
    "applicant_writes",
    "approve",
    "ask_applicant",
    "ask_unit",
    "assign",
    "attach",
    "await_third_party",
    "change_regime",
    "close",
    "correct_place",
    "extend",
    "fee_notice",
    "fee_paid",
    "fee_unpaid",
    "hand_over",
    "holding",
    "interim_answer",
    "invalidate",
    "merge",
    "not_examine",
    "not_solved",
    "note",
    "open_case",
    "plan",
    "postpone",
    "propose_answer",
    "rate",
    "reclassify",
    "record_appeal",
    "refer",
    "register_document",
    "reopen",
    "resolve",
    "resolve_with_main",
    "return_to_desk",
    "route",
    "send_back",
    "sign_answer",
    "split",
    "third_party_replies",
    "unit_replies",
    "unmerge",
    "warn",
    "withdraw",
]
