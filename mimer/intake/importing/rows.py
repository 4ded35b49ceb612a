"""One row becomes one case of history, or a sentence that says why it cannot."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from django.utils import timezone
from django.utils.translation import gettext as _

from mimer.cases.actions import History
from mimer.cases.actions.opening import Place
from mimer.cases.models import Case
from mimer.cases.states import ENDED, State
from mimer.municipality.kinds import CaseType, Channel
from mimer.municipality.models import Municipality
from mimer.municipality.where import neighbourhood_at
from mimer.turkish import fold

from .mapping import COLUMN, Mapping, Source
from .setup import BadRow, SetUp

Cells = Sequence[str]
Getter = Callable[[Cells], str]
ADDRESS_LENGTH = Case._meta.get_field("address").max_length or 400
SOURCE_LENGTH = Case._meta.get_field("source_id").max_length or 120
PARCEL_LENGTH = 20
# Clocks differ between systems; a day ahead is not yet the future.
AHEAD = timedelta(days=1)


class RowReader:
    """Reads rows of one table through one mapping."""

    def __init__(self, mapping: Mapping, columns: Sequence[str], setup: SetUp) -> None:
        self.mapping, self.setup = mapping, setup
        self._places = {fold(name): place for place, name in enumerate(columns)}
        self._columns = {key: ", ".join(source.columns) for key, source in mapping.fields.items()}
        self._get: dict[str, Getter] = {key: self._getter(key, source) for key, source in mapping.fields.items()}
        self._codes: dict[tuple[str, str], str] = {}
        self._moment = lru_cache(maxsize=50_000)(self._parse_moment)
        self._latest = timezone.now() + AHEAD
        self._house = Municipality.get()

    def history(self, cells: Cells) -> History:
        """The case a row tells of; raises BadRow with a sentence."""
        source_id = self._source_id(cells)
        received, resolved = self._moments(cells)
        state = self._state(cells, resolved)
        text = self._field("text", cells) or self.mapping.otherwise.get("text", "")
        if not text:
            raise BadRow(_("Metin boş (%(columns)s).") % {"columns": self._columns["text"]})
        ended = state in ENDED
        if ended and resolved is None:
            raise BadRow(
                _("Kapanmış görünüyor ama kapanış tarihi boş (%(column)s).") % {"column": self._name("resolved_at")}
            )
        if ended and resolved and resolved < received:
            raise BadRow(self._closed_too_soon(cells))
        place, beyond = self._place(cells)
        unit = self.setup.unit(self._field("unit", cells) or self.mapping.otherwise.get("unit", ""))
        case_type = self._code("type", cells, CaseType.REQUEST)
        subject = self.setup.subject(
            self._field("category", cells), self._field("subject", cells) or self.mapping.otherwise.get("subject", "GENEL"),
            unit, case_type,
        )  # fmt: skip
        return History(
            source_id=source_id, channel=self._code("channel", cells, Channel.IMPORT), text=text + beyond, subject=subject,
            unit=unit, type=case_type, state=state, received_at=received,
            outcome=self._code("outcome", cells, "positive") if ended else "",
            answer=self._field("answer", cells) if ended else "", due_at=self._when("due_at", cells),
            resolved_at=resolved if ended else None, place=place, language=self.mapping.language,
        )  # fmt: skip

    def _source_id(self, cells: Cells) -> str:
        told = self._field("source_id", cells)
        if not told:
            raise BadRow(_("Kayıt numarası boş (%(column)s).") % {"column": self._name("source_id")})
        source_id = self.mapping.prefix + told
        if len(source_id) > SOURCE_LENGTH:
            raise BadRow(_("Kayıt numarası çok uzun: “%(cell)s”.") % {"cell": told[:60] + "…"})
        return source_id

    def _moments(self, cells: Cells) -> tuple[datetime, datetime | None]:
        received = self._when("received_at", cells)
        if received is None:
            raise BadRow(_("Açılış tarihi boş (%(column)s).") % {"column": self._name("received_at")})
        resolved = self._when("resolved_at", cells)
        if received > self._latest or (resolved and resolved > self._latest):
            raise BadRow(_("Tarih gelecekte: %(cell)s.") % {"cell": self._field("received_at", cells)})
        return received, resolved

    def _closed_too_soon(self, cells: Cells) -> str:
        return _("Kapanış tarihi (%(closed)s) açılış tarihinden (%(opened)s) önce.") % {
            "closed": self._field("resolved_at", cells),
            "opened": self._field("received_at", cells),
        }

    def _state(self, cells: Cells, resolved: datetime | None) -> str:
        if self.mapping.state_by:
            return State.CLOSED if self._field(self.mapping.state_by, cells) else State.ASSIGNED
        return self._code("state", cells, State.CLOSED if resolved else State.ASSIGNED)

    def _place(self, cells: Cells) -> tuple[Place, str]:
        """Where it was, and the end of an address that is too long for its column, so that it stays with the words."""
        lat, lon = self._point(cells)
        address = self._field("address", cells)
        place = Place(lat=lat, lon=lon)
        if told := self._field("neighbourhood", cells):
            place.neighbourhood = self.setup.neighbourhood(told)
            if place.neighbourhood is None:
                address = f"{told}, {address}" if address else told
        elif lat is not None and lon is not None:
            place.neighbourhood = neighbourhood_at(lat, lon)
        block, lot = self._field("block", cells), self._field("lot", cells)
        if len(block) <= PARCEL_LENGTH and len(lot) <= PARCEL_LENGTH:
            place.block, place.lot = block, lot
        elif block:
            address = f"{address} {block}/{lot}".strip()
        place.address = address[:ADDRESS_LENGTH]
        return place, f"\n{address}" if len(address) > ADDRESS_LENGTH else ""

    def _point(self, cells: Cells) -> tuple[float | None, float | None]:
        first, second = self._field("lat", cells), self._field("lon", cells)
        if not first and not second:
            return None, None
        try:
            lat, lon = float(first.replace(",", ".")), float(second.replace(",", "."))
        except ValueError:
            raise BadRow(_("Koordinat okunamadı: “%(lat)s, %(lon)s”.") % {"lat": first, "lon": second}) from None
        if (lat, lon) == (0, 0) or (lat, lon) in self.mapping.fake_points:
            return None, None
        if not self._inside(lat, lon):
            raise BadRow(self._outside(lat, lon))
        return lat, lon

    def _inside(self, lat: float, lon: float) -> bool:
        if self.mapping.box:
            south, west, north, east = self.mapping.box
            return south <= lat <= north and west <= lon <= east
        return -90 <= lat <= 90 and -180 <= lon <= 180 and self._house.contains(lat, lon)

    def _outside(self, lat: float, lon: float) -> str:
        told = {"lat": lat, "lon": lon, "house": self._house.name}
        if self._house.outside_body and not self.mapping.box:
            body = self._house.outside_body.name
            return _("Nokta (%(lat)s, %(lon)s) %(house)s sınırlarının dışında; orada %(body)s sorumlu.") % {
                **told,
                "body": body,
            }
        return _("Nokta (%(lat)s, %(lon)s) sınırların dışında.") % told

    def _when(self, key: str, cells: Cells) -> datetime | None:
        told = self._field(key, cells)
        if not told:
            return None
        moment = self._moment(told)
        if moment is None:
            raise BadRow(
                _("“%(cell)s” bir tarih olarak okunamadı (%(column)s).")
                % {"cell": told[:60], "column": self._name(key)}
            )
        return moment

    def _parse_moment(self, told: str) -> datetime | None:
        """UTC, or None for what is no date in any of the mapping's forms."""
        moment = None
        for form in self.mapping.dates:
            try:
                if form == "unix":
                    moment = datetime.fromtimestamp(float(told), tz=UTC)
                else:
                    moment = datetime.strptime(told, form)  # noqa: DTZ007 - the zone follows
                break
            except (ValueError, OverflowError, OSError):
                continue
        try:
            moment = moment or datetime.fromisoformat(told)
            return (moment if moment.tzinfo else moment.replace(tzinfo=self.mapping.zone)).astimezone(UTC)
        except (ValueError, OverflowError):
            return None

    def _code(self, key: str, cells: Cells, usual: str) -> str:
        """The code a cell stands for: by its whole value, by how it begins, or the mapping's `otherwise`."""
        told = self._field(key, cells)
        known = self._codes.get((key, told))
        if known is not None:
            return known
        folded = fold(told)
        code = self.mapping.values.get(key, {}).get(folded)
        if code is None:
            begins = self.mapping.begins.get(key, {})
            code = next((code for start, code in begins.items() if folded.startswith(start)), None)
        if code is None:
            code = self.mapping.otherwise.get(key)
        if code is None and told and key in self.mapping.values:
            raise BadRow(
                _("“%(cell)s” değeri eşlemede yok (%(column)s).") % {"cell": told[:60], "column": self._name(key)}
            )
        if len(told) < 60:  # long cells rarely come twice
            self._codes[key, told] = code or usual
        return code or usual

    def _name(self, key: str) -> str:
        return self._columns.get(key, key)

    def _field(self, key: str, cells: Cells) -> str:
        get = self._get.get(key)
        return get(cells) if get else ""

    def _getter(self, key: str, source: Source) -> Getter:
        joint = self.mapping.join.get(key, " ")
        if source.is_text:
            parts = [self._template(part) for part in source.parts]
            return lambda cells: joint.join(dict.fromkeys(filter(None, (part(cells) for part in parts))))
        columns = [self._column(name) for name in source.parts]
        if len(columns) == 1:
            return columns[0]
        return lambda cells: next((cell for column in columns if (cell := column(cells))), "")

    def _template(self, part: str) -> Getter:
        """The part with its columns filled in, or "" when one of them is empty."""
        pieces = COLUMN.split(part)  # text, column, text, column …
        words, columns = pieces[::2], [self._column(name) for name in pieces[1::2]]
        if len(columns) == 1 and words == ["", ""]:
            return columns[0]

        def fill(cells: Cells) -> str:
            found = [column(cells) for column in columns]
            if not all(found):
                return ""
            return words[0] + "".join(cell + word for cell, word in zip(found, words[1:], strict=True))

        return fill

    def _column(self, name: str) -> Getter:
        place = self._places.get(fold(name))
        if place is None:
            return lambda _cells: ""
        empty, digits = self.mapping.empty, self.mapping.digits.get(fold(name))
        longest = 2 * max(map(len, empty))  # folding may shorten: a letter and its accent become one

        def cell(cells: Cells) -> str:
            told = cells[place].replace("\x00", "").strip()
            if not told or (len(told) <= longest and fold(told) in empty):
                return ""
            return told.removesuffix(".0").zfill(digits) if digits else told

        return cell
