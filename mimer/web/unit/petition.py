"""The petition beside its case: its signature and pages, the document system's numbers, what it lacks and what to do then."""

from collections.abc import Collection
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from mimer.cases.legal import WRITTEN
from mimer.cases.models import Attachment, Case, Petition
from mimer.cases.paper import is_written, lack_words, pages_of
from mimer.turkish import upper

SHORT_HASH = 12
# The verbs that end or divide a petition, each one step away.
STEPS = ("ask_applicant", "not_examine", "refer", "split")


@dataclass(frozen=True)
class Step:
    """A step offered beside the petition: the words on it, its form, its icon."""

    label: str
    url: str
    icon: str


@dataclass(frozen=True)
class Page:
    """One scanned page: the file and the beginning of its hash."""

    file: Attachment
    hash: str


@dataclass(frozen=True)
class PetitionCard:
    """What the card shows; `lacks` is the sentence on missing elements, `early` that EBYS had it before us."""

    petition: Petition | None
    pages: list[Page]
    lacks: str = ""
    early: bool = False
    steps: list[Step] = field(default_factory=list)
    has_draft: bool = False


def petition_card(case: Case, offered: Collection[str], *, has_answer: bool = False) -> PetitionCard | None:
    """The card, or None for what neither came on paper nor has a paper answer."""
    petition: Petition | None = getattr(case, "petition", None)
    has_draft = has_answer and is_written(case)
    if petition is None and not (case.channel in WRITTEN or has_draft):
        return None
    received = timezone.localtime(case.received_at).date()
    return PetitionCard(
        petition,
        [Page(file, file.sha256[:SHORT_HASH]) for file in pages_of(case)] if petition else [],
        lacks_sentence(case, petition),
        bool(petition and petition.incoming_on and petition.incoming_on < received),
        steps(case, petition, offered) if petition else [],
        has_draft,
    )


def lacks_sentence(case: Case, petition: Petition | None) -> str:
    """What the law misses on it, while something can still be done about it."""
    if petition is None or case.channel not in WRITTEN or not case.is_open or not petition.lacks:
        return ""
    missing = ", ".join(lack_words(element) for element in petition.lacks)
    sentence = _("%(missing)s yok: 3071 m. 4; incelenemez (m. 6/c) ya da eksiği isteyin.") % {"missing": missing}
    return upper(sentence[:1]) + sentence[1:]


def steps(case: Case, petition: Petition, offered: Collection[str]) -> list[Step]:
    """The right next steps from here: first what mends a lack, then another body, then several subjects."""
    lacking = bool(lacks_sentence(case, petition))
    found = []
    if lacking and "ask_applicant" in offered and case.applicant_id:
        found.append(_step(case, "ask_applicant", _("Eksiği isteyin"), "question", text=_question(petition)))
    if lacking and "not_examine" in offered:
        ground = {"ground": "missing_elements", "text": _refusal(petition)}
        found.append(_step(case, "not_examine", _("İncelenemez (m. 6/c)"), "cross", **ground))
    if "refer" in offered:
        found.append(_step(case, "refer", _("Görevli kuruma gönderin (m. 5)"), "refer"))
    if "split" in offered:
        found.append(_step(case, "split", _("Konularına bölün"), "split"))
    return found


def _step(case: Case, verb: str, label: str, icon: str, **first: str) -> Step:
    url = reverse("case_verb", args=[case.number, verb])
    return Step(label, f"{url}?{urlencode(first)}" if first else url, icon)


def _missing(petition: Petition) -> str:
    return ", ".join(lack_words(element) for element in petition.lacks)


def _question(petition: Petition) -> str:
    return _(
        "Dilekçenizde şunlar eksik: %(missing)s. 3071 sayılı Kanunun 4. maddesi bunları arar; "
        "tamamlayıp bize ulaştırırsanız dilekçenizi inceleriz."
    ) % {"missing": _missing(petition)}


def _refusal(petition: Petition) -> str:
    return _("Dilekçenizde şunlar eksik olduğu için inceleyemedik: %(missing)s.") % {"missing": _missing(petition)}
