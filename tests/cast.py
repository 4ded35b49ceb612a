"""The fixed cast of the tests: a small municipality, its staff, and a citizen; everything else is made by the real verbs."""

from dataclasses import dataclass, field
from datetime import time
from typing import Any

from mimer.cases.actions import Opening, open_case, route
from mimer.cases.actions.opening import Place
from mimer.cases.actors import Citizen
from mimer.cases.models import Case
from mimer.municipality.kinds import CaseType, Channel, Evidence, Priority
from mimer.municipality.models import (
    Category,
    Crew,
    ExternalBody,
    Municipality,
    Neighbourhood,
    OpeningHours,
    RoleAssignment,
    SensitiveAccess,
    Staff,
    Subject,
    Unit,
)
from mimer.municipality.roles import Role
from mimer.people.models import Person
from mimer.people.search import save_person

PASSWORD = "cay-bardagi-1907"
# One hash for everybody: hashing for each of them would cost the suite minutes.
FAST_HASH: dict[str, str] = {}


@dataclass
class House:
    """Everybody and everything the tests speak of, by name."""

    transport: Unit = field(init=False)
    zoning: Unit = field(init=False)
    desk: Unit = field(init=False)
    pothole: Subject = field(init=False)
    parcel: Subject = field(init=False)
    staff_complaint: Subject = field(init=False)
    water: Subject = field(init=False)
    fatih: Neighbourhood = field(init=False)
    waterworks: ExternalBody = field(init=False)
    crew: Crew = field(init=False)
    ayse: Person = field(init=False)
    staff: dict[str, Staff] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Staff:
        """Staff by the name of their part: `house.agent`, `house.officer`, `house.outsider` …"""
        try:
            return self.__dict__["staff"][name]
        except KeyError:
            raise AttributeError(name) from None

    def open(self, subject: Subject | None = None, **changes: Any) -> Case:
        """A registered case in Ayşe's words, about a pothole in Fatih unless told otherwise."""
        subject = subject or self.pothole
        place = Place(lat=38.72, lon=35.5, address="Çay Sokak 5", neighbourhood=self.fatih)
        fields = {
            "text": "Kaldırımda büyük bir çukur var",
            "subject": subject,
            "channel": Channel.WEB,
            "applicant": self.ayse,
            "place": place,
        } | changes
        return open_case(Opening(**fields), by=Citizen())

    def assigned(self, subject: Subject | None = None, **changes: Any) -> Case:
        """The same, routed to the subject's unit."""
        return route(self.open(subject, **changes))


def make_house() -> House:
    """Builds the cast in an empty database."""
    house = House()
    Municipality.objects.create(
        pk=1, name="Deneme Belediyesi", phone="0352 000 00 00", south=38.5, north=39.0, west=35.2, east=36.0
    )
    for weekday in range(5):
        OpeningHours.objects.create(weekday=weekday, opens=time(8), closes=time(17))
    house.transport = Unit.objects.create(
        code="ULS", name_tr="Ulaşım Hizmetleri Müdürlüğü", name_en="Transport Services"
    )
    house.zoning = Unit.objects.create(
        code="IMR", name_tr="İmar ve Şehircilik Müdürlüğü", name_en="Zoning and Urban Planning"
    )
    house.desk = Unit.objects.create(code="MIM", name_tr="İletişim Merkezi", name_en="Contact Centre", is_desk=True)
    house.waterworks = ExternalBody.objects.create(code="KSK", name_tr="KASKİ", name_en="Waterworks", phone_short="185")
    house.fatih = Neighbourhood.objects.create(slug="fatih", name="Fatih", lat=38.72, lon=35.5)
    _subjects(house)
    _people(house)
    return house


def open_every_day(unit: Unit) -> None:
    """Roads are mended on Sundays too, so that a test may promise any day without being asked about it."""
    for weekday in range(7):
        OpeningHours.objects.create(unit=unit, weekday=weekday, opens=time(7), closes=time(19))


def _subjects(house: House) -> None:
    roads = Category.objects.create(name_tr="Yol ve ulaşım", name_en="Roads and transport", order=1)
    other = Category.objects.create(name_tr="Diğer", name_en="Other", order=9)
    types = [CaseType.COMPLAINT, CaseType.REQUEST, CaseType.INFO]
    house.pothole = Subject.objects.create(
        code="ULS-01",
        name_tr="Yol çukuru",
        name_en="Pothole",
        category=roads,
        unit=house.transport,
        allowed_types=types,
        default_type=CaseType.COMPLAINT,
        target_hours=40,
        needs_location=True,
        evidence=Evidence.PHOTO,
        default_priority=Priority.HIGH,
        keywords_tr="çukur|asfalt",
    )
    house.parcel = Subject.objects.create(
        code="IMR-01",
        name_tr="İmar durumu bilgisi",
        name_en="Zoning status",
        category=other,
        unit=house.zoning,
        allowed_types=types,
        default_type=CaseType.INFO,
        target_hours=40,
        needs_parcel=True,
        needs_approval=True,
        evidence=Evidence.DOCUMENT_NUMBER,
    )
    house.staff_complaint = Subject.objects.create(
        code="TEF-01",
        name_tr="Personel şikâyeti",
        name_en="Complaint about staff",
        category=other,
        unit=house.desk,
        allowed_types=types,
        default_type=CaseType.COMPLAINT,
        target_hours=80,
        sensitive=True,
    )
    house.water = Subject.objects.create(
        code="DIS-01",
        name_tr="Su kesintisi",
        name_en="Water cut",
        category=other,
        unit=house.desk,
        allowed_types=types,
        default_type=CaseType.REFERRAL,
        target_hours=1,
        external_body=house.waterworks,
        needs_location=True,
    )


def _people(house: House) -> None:
    parts: list[tuple[str, str, Role, Unit | None]] = [
        ("agent", "Elif", Role.AGENT, None),
        ("manager", "Hatice", Role.CENTRE_MANAGER, None),
        ("officer", "Mehmet", Role.OFFICER, house.transport),
        ("representative", "Zeynep", Role.REPRESENTATIVE, house.transport),
        ("head", "Kemal", Role.UNIT_HEAD, house.transport),
        ("field_worker", "Yusuf", Role.FIELD_WORKER, house.transport),
        ("outsider", "Ilgaz", Role.OFFICER, house.zoning),
        ("zoning_head", "İpek", Role.UNIT_HEAD, house.zoning),
        ("arbiter", "Nuri", Role.ARBITER, None),
        ("administrator", "Selin", Role.ADMINISTRATOR, None),
        ("mayor", "Orhan", Role.MAYOR, None),
        ("auditor", "Derya", Role.AUDITOR, None),
        ("greeter", "Gül", Role.GREETER, None),
        ("hall_manager", "Cem", Role.HALL_MANAGER, None),
        ("moderator", "Pınar", Role.MODERATOR, None),
        ("deputy_mayor", "Suat", Role.DEPUTY_MAYOR, None),
    ]
    for part, name, role, unit in parts:
        staff = Staff(email=f"{part}@ornek.example", given_name=name, family_name="Deneme")
        staff.password = _password_hash(staff)
        staff.save()
        RoleAssignment.objects.create(staff=staff, role=role, unit=unit)
        house.staff[part] = staff
    house.crew = Crew.objects.create(name_tr="Asfalt ekibi", unit=house.transport)
    house.crew.members.add(house.field_worker)
    SensitiveAccess.objects.create(subject=house.staff_complaint, staff=house.manager)
    house.ayse = save_person(
        Person(
            given_name="Ayşe",
            family_name="Işık",
            phone="0532 123 45 67",
            email="ayse@ornek.example",
            preferred_way="email",
        )
    )


def _password_hash(staff: Staff) -> str:
    if "hash" not in FAST_HASH:
        staff.set_password(PASSWORD)
        FAST_HASH["hash"] = staff.password
    return FAST_HASH["hash"]
