"""The field worker's pages: today's jobs of her crew, and what she can do standing there."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mimer.cases import actions
from mimer.cases.models import Case
from mimer.cases.states import State
from mimer.municipality.models import Crew
from mimer.web.field import jobs
from tests.cast import House, open_every_day
from tests.web.pictures import photo


@pytest.fixture(autouse=True)
def _every_day(house: House) -> None:
    open_every_day(house.transport)


@pytest.fixture
def job(house: House) -> Case:
    """A pothole planned for today for the asphalt crew."""
    return actions.plan(house.assigned(), timezone.localdate(), crew=house.crew, by=house.officer)


@pytest.fixture
def at(client: Client, house: House) -> Any:
    """The job page as the field worker: read it, or do something there."""
    client.force_login(house.field_worker)

    def do(case: Case, **typed: Any) -> Any:
        url = reverse("field_case", args=[case.number])
        return client.post(url, typed, follow=True) if typed else client.get(url)

    return do


def test_the_list_shows_the_jobs_of_today_and_of_before_but_not_other_crews(
    house: House, client: Client, job: Case
) -> None:
    other = Crew.objects.create(name_tr="Kaldırım ekibi", unit=house.transport)
    theirs = actions.plan(house.assigned(), timezone.localdate(), crew=other, by=house.officer)
    client.force_login(house.field_worker)
    page = client.get(reverse("field")).content.decode()
    assert reverse("field_case", args=[job.number]) in page
    assert theirs.number not in page
    assert client.get(reverse("field_case", args=[theirs.number])).status_code == 404


def test_later_days_stand_apart(house: House, client: Client) -> None:
    actions.plan(house.assigned(), timezone.localdate() + timedelta(days=3), crew=house.crew, by=house.officer)
    client.force_login(house.field_worker)
    page = client.get(reverse("field")).content.decode()
    assert "Bugün için iş yok" in page
    assert "Sonraki günler" in page


def test_every_job_of_today_is_shown_and_what_is_left_out_later_is_said(
    house: House, client: Client, job: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "LATER_SHOWN", 1)
    today = [
        job,
        *(actions.plan(house.assigned(), timezone.localdate(), crew=house.crew, by=house.officer) for _ in "ab"),
    ]
    for day in (1, 2, 3):
        later = timezone.localdate() + timedelta(days=day)
        actions.plan(house.assigned(), later, crew=house.crew, by=house.officer)
    client.force_login(house.field_worker)
    page = client.get(reverse("field")).content.decode()
    assert all(reverse("field_case", args=[case.number]) in page for case in today)
    assert "Sonrasında 2 iş daha var." in page


def test_the_map_has_the_same_jobs(client: Client, house: House, job: Case) -> None:
    client.force_login(house.field_worker)
    assert "data-points" in client.get(reverse("field"), {"gorunum": "harita"}).content.decode()


def test_a_job_leads_there_and_to_the_citizen(at: Any, job: Case) -> None:
    page = at(job).content.decode()
    assert 'href="geo:38.720000,35.500000' in page
    assert 'href="tel:+905321234567"' in page


def test_done_needs_the_photo_and_keeps_the_words(at: Any, job: Case) -> None:
    page = at(job, **{"is": "yapildi", "outcome": "positive", "text": "Çukuru kapattık"}).content.decode()
    assert "fotoğrafı gerekir" in page
    assert "Çukuru kapattık" in page
    at(job, **{"is": "once", "photos": photo("once.jpg")})
    page = at(
        job, **{"is": "yapildi", "outcome": "positive", "text": "Çukuru kapattık", "photos": photo()}
    ).content.decode()
    assert "elinize sağlık" in page
    job.refresh_from_db()
    assert (job.state, job.outcome) == (State.RESOLVED, "positive")
    assert {file.kind for file in job.attachments.all()} == {"before", "after"}


def test_ready_words_stand_in_the_form(at: Any, job: Case) -> None:
    assert f"{job.number} numaralı başvurunuzda bildirdiğiniz iş" in at(job).content.decode()


def test_not_found_says_where_the_crew_looked(at: Any, job: Case) -> None:
    assert "Nereye baktığınızı yazın" in at(job, **{"is": "bulunamadi", "text": "Bulamadık"}).content.decode()
    at(job, **{"is": "bulunamadi", "text": "Bulamadık", "reason": "Sokağın iki ucuna da baktık"})
    job.refresh_from_db()
    assert job.outcome == "not_found"


def test_not_today_is_a_new_promise_with_its_reason(at: Any, job: Case) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert "neden yapılamadığını" in at(job, **{"is": "sonra", "day": tomorrow.isoformat()}).content.decode()
    at(job, **{"is": "sonra", "day": tomorrow.isoformat(), "reason": "Yağmur"})
    job.refresh_from_db()
    assert (job.state, job.planned_for) == (State.PLANNED, tomorrow)


def test_the_crew_is_asked_before_it_promises_a_closed_day(house: House, at: Any, job: Case) -> None:
    house.transport.opening_hours.all().delete()
    cache.clear()
    today = timezone.localdate()
    sunday = today + timedelta(days=6 - today.weekday() or 7)
    typed = {"is": "sonra", "day": sunday.isoformat(), "reason": "Yağmur"}
    page = at(job, **typed).text
    assert "kapalıyız" in page and "Yağmur" in page and "iş o gün yapılacak" in page
    at(job, **typed, closed_day=sunday.isoformat())
    job.refresh_from_db()
    assert job.planned_for == sunday


def test_where_the_head_must_sign_the_field_answer_is_a_proposal(house: House, at: Any) -> None:
    house.pothole.needs_approval = True
    house.pothole.save()
    case = actions.plan(house.assigned(), timezone.localdate(), crew=house.crew, by=house.officer)
    at(case, **{"is": "yapildi", "outcome": "positive", "text": "Kapattık", "photos": photo()})
    case.refresh_from_db()
    assert case.state == State.IN_APPROVAL


def test_a_job_that_is_over_offers_only_photo_and_note(house: House, at: Any, job: Case) -> None:
    actions.resolve(job, actions.Draft("informed", "Bakıldı"), by=house.officer)
    page = at(job).content.decode()
    assert "artık ekibinizde değil" in page
    assert "Bulamadım" not in page


@pytest.mark.parametrize("name", ["officer", "agent", "outsider", "mayor"])
def test_the_field_is_for_field_workers(house: House, client: Client, job: Case, name: str) -> None:
    client.force_login(house.staff[name])
    assert client.get(reverse("field")).status_code == 403
    assert client.get(reverse("field_case", args=[job.number])).status_code == 403


def test_many_jobs_cost_no_more_queries_than_one(
    house: House, client: Client, job: Case, django_assert_max_num_queries: Any
) -> None:
    client.force_login(house.field_worker)
    with django_assert_max_num_queries(10) as one:
        client.get(reverse("field"))
    for _more in range(3):
        actions.plan(house.assigned(), timezone.localdate(), crew=house.crew, by=house.officer)
    with django_assert_max_num_queries(len(one)):
        client.get(reverse("field"))
