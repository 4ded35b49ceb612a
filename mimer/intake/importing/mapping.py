"""The declarative mapping of a foreign file: which column is what, in TOML, checked before the first row is read.

title = "Boston 311"                    # what the file is
time_zone = "America/New_York"          # of the moments in it that carry no zone
language = "en"                         # of its words
prefix = "boston311-"                   # before its ids, so that two systems' numbers never meet
dates = ["%m/%d/%Y %I:%M:%S %p"]        # also "unix"; ISO 8601 is always understood
empty = ["NA", "N/A"]                   # cells that mean nothing
make = ["units", "subjects"]            # set-up rows made from the columns; also "neighbourhoods"

[fields]                                # what we know = a column, several (the first filled one counts), or
source_id = "CASE_ENQUIRY_ID"           # a text with {COLUMN}; a part in a list whose column is empty is left out
text = ["{TYPE}", "{CASE_TITLE}"]
state_by = "resolved_at"                # instead of `state`: closed where this field is filled

[values.state]                          # what a cell means; [begins.outcome] the same for how a cell begins
Closed = "closed"
[otherwise]                             # where a field is empty or its value is not listed
channel = "import"
[join]                                  # between the parts of a list (default: a blank)
text = ": "
[digits]                                # numbers that lost their leading zeros
ZIP = 5
[place]                                 # points to be ignored, and the rectangle a point must lie in
fake_points = [[42.3594, -71.0587]]
box = [42.2, -71.2, 42.45, -70.9]       # south, west, north, east
"""

import hashlib
import re
import tomllib
from collections.abc import Mapping as Reading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.translation import gettext as _

from mimer.cases.states import ADOPTABLE, Outcome
from mimer.municipality.kinds import CaseType, Channel
from mimer.turkish import fold

HOUSE = Path(__file__).parent.parent / "mappings"
COLUMN = re.compile(r"\{([^{}]+)\}")
FIELDS = frozenset(
    {
        "source_id", "received_at", "resolved_at", "due_at", "state", "state_by", "outcome", "channel", "type", "text",
        "answer", "category", "subject", "unit", "lat", "lon", "address", "neighbourhood", "block", "lot",
    }
)  # fmt: skip
TOP = frozenset(
    {"title", "time_zone", "language", "prefix", "dates", "empty", "make", "fields", "values", "begins", "otherwise", "join",
     "digits", "place"}
)  # fmt: skip
CHOICES: dict[str, set[str]] = {
    "state": set(ADOPTABLE), "outcome": set(Outcome.values), "channel": set(Channel.values), "type": set(CaseType.values),
}  # fmt: skip
MAKES = frozenset({"units", "subjects", "neighbourhoods"})


class BadMapping(Exception):
    """The mapping itself is wrong; the message is for whoever wrote it."""


@dataclass(frozen=True)
class Source:
    """Where a field comes from: alternatives (the first filled counts) or parts to be joined."""

    parts: tuple[str, ...]
    is_text: bool

    @property
    def columns(self) -> list[str]:
        if self.is_text:
            return [name for part in self.parts for name in COLUMN.findall(part)]
        return list(self.parts)


@dataclass(frozen=True)
class Mapping:
    """A mapping as its file says it."""

    name: str
    title: str
    sha256: str
    zone: ZoneInfo
    language: str
    prefix: str
    dates: tuple[str, ...]
    empty: frozenset[str]
    make: frozenset[str]
    fields: dict[str, Source]
    values: dict[str, dict[str, str]]
    begins: dict[str, dict[str, str]]
    otherwise: dict[str, str]
    join: dict[str, str]
    digits: dict[str, int]
    fake_points: frozenset[tuple[float, float]]
    box: tuple[float, ...] | None
    state_by: str = ""
    needed: tuple[str, ...] = field(default=())

    def missing_from(self, columns: list[str]) -> list[str]:
        """The columns without which no row can be read, as far as `columns` lacks them."""
        here = {fold(name) for name in columns}
        return [name for name in self.needed if fold(name) not in here]


def available() -> list[str]:
    """The names of the mappings that came with the house."""
    return sorted(path.stem for path in HOUSE.glob("*.toml"))


def load_mapping(name: str) -> Mapping:
    """A mapping by the name of a committed one, or from a TOML file; raises BadMapping with a sentence."""
    path = HOUSE / f"{name}.toml" if name in available() else Path(name)
    try:
        content = path.read_bytes()
        told = tomllib.loads(content.decode("utf-8"))
    except FileNotFoundError:
        raise BadMapping(
            _("“%(name)s” adında bir eşleme ya da dosya yok. Olanlar: %(names)s.")
            % {"name": name, "names": ", ".join(available())}
        ) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadMapping(_("%(file)s eşlemesi okunamadı: %(why)s") % {"file": path, "why": error}) from error
    return _checked(path.stem, hashlib.sha256(content).hexdigest(), told)


def _checked(name: str, digest: str, told: dict[str, Any]) -> Mapping:
    _refuse_unknown(told, TOP, "")
    fields: dict[str, Any] = told.get("fields", {})
    _refuse_unknown(fields, FIELDS, "[fields]")
    if absent := [field for field in ("source_id", "received_at", "text") if field not in fields]:
        raise BadMapping(_("Eşlemenin [fields] bölümünde eksik alanlar: %(names)s.") % {"names": ", ".join(absent)})
    for section in ("values", "begins"):
        for about, choices in told.get(section, {}).items():
            _refuse_unknown_values(f"[{section}.{about}]", about, choices)
    _refuse_unknown_values("[otherwise]", "", told.get("otherwise", {}))
    if unknown := set(told.get("make", [])) - MAKES:
        raise BadMapping(
            _("Eşlemede bilinmeyen ad: %(names)s (%(where)s).") % {"names": ", ".join(unknown), "where": "make"}
        )
    try:
        zone = ZoneInfo(told.get("time_zone") or "Europe/Istanbul")
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise BadMapping(_("Bilinmeyen saat dilimi: %(zone)s.") % {"zone": told["time_zone"]}) from error
    place, sources = told.get("place", {}), {key: _source(value) for key, value in fields.items() if key != "state_by"}
    return Mapping(
        name=name, title=told.get("title", name), sha256=digest, zone=zone, language=told.get("language", "tr"),
        prefix=told.get("prefix", ""), dates=tuple(told.get("dates", ())), make=frozenset(told.get("make", ())),
        empty=frozenset(map(fold, told.get("empty", ()))) | {""}, fields=sources,
        values={about: {fold(cell): code for cell, code in choices.items()} for about, choices in told.get("values", {}).items()},
        begins={about: {fold(cell): code for cell, code in choices.items()} for about, choices in told.get("begins", {}).items()},
        otherwise=told.get("otherwise", {}), join=told.get("join", {}),
        digits={fold(column): count for column, count in told.get("digits", {}).items()},
        fake_points=frozenset((float(lat), float(lon)) for lat, lon in place.get("fake_points", ())),
        box=tuple(map(float, place["box"])) if "box" in place else None, state_by=fields.get("state_by", ""),
        needed=tuple(dict.fromkeys(name for key in NEEDED if key in sources for name in sources[key].columns[:1])),
    )  # fmt: skip


# A file without the first column of one of these is another file; the other columns may be missing here and there.
NEEDED = ("source_id", "received_at", "resolved_at", "state", "text", "subject", "unit")


def _source(told: object) -> Source:
    parts = tuple(map(str, told)) if isinstance(told, list) else (str(told),)
    return Source(parts, any(COLUMN.search(part) for part in parts))


def _refuse_unknown(told: Reading[str, object], known: frozenset[str], where: str) -> None:
    if unknown := sorted(set(told) - known):
        raise BadMapping(
            _("Eşlemede bilinmeyen ad: %(names)s (%(where)s).")
            % {"names": ", ".join(unknown), "where": where or "TOML"}
        )


def _refuse_unknown_values(where: str, about: str, choices: Reading[str, str]) -> None:
    for cell, code in choices.items():
        allowed = CHOICES.get(about or cell)
        if allowed and code not in allowed:
            raise BadMapping(
                _("%(where)s içinde “%(code)s” bilinmiyor; olabilecekler: %(names)s.")
                % {"where": where, "code": code, "names": ", ".join(sorted(allowed))}
            )
