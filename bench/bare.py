"""The yardstick of intake: a bare Django view doing the same inserts in one transaction, without any rule of the house."""

from datetime import timedelta

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from mimer.cases.models import Case, Event, Promise
from mimer.cases.search import WORDS
from mimer.municipality.models import Subject
from mimer.people.models import Person
from mimer.people.search import NAMES


@csrf_exempt
def bare_intake(request: HttpRequest) -> HttpResponse:
    """Person, her name's words, case, its words, the date told, two events; everything that takes thought is a constant."""
    post, now = request.POST, timezone.now()
    with transaction.atomic():
        person = Person.objects.create(
            given_name=post["given_name"], family_name=post["family_name"], phone=post["phone"]
        )
        NAMES.put([(person.pk, post["given_name"].split())])
        subject = Subject.objects.get(pk=post["subject"])
        case = Case.objects.create(
            year=2026,
            tracking_code="ABCDEFGHJK",
            channel="phone",
            type="complaint",
            subject=subject,
            unit_id=subject.unit_id,
            applicant=person,
            text=post["text"],
            address=post["address"],
            place_kind="address",
            state="assigned",
            received_at=now,
            recorded_at=now,
            state_since=now,
            changed_at=now,
            due_at=now + timedelta(days=5),
            last_event=2,
        )
        WORDS.put([(case.pk, post["text"].lower().split())])
        Promise.objects.create(
            case=case, kind="target", unit_id=subject.unit_id, due_on=now + timedelta(days=5), made_at=now, event=1
        )
        for seq, verb in ((1, "open_case"), (2, "route")):
            Event.objects.create(
                case=case, seq=seq, verb=verb, party="desk", to_state="assigned", at=now, hash="0" * 64
            )
    return HttpResponse(case.number)
