"""Lists: the inbox, the filtered list, search, saved filters, bulk actions with undo, the map's points, the home page."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mimer.cases import actions
from mimer.cases.actions.opening import Place
from mimer.cases.models import Case
from mimer.municipality.models import RoutingRule
from mimer.people.models import Person
from mimer.people.search import save_person
from mimer.web.models import BulkAction, SavedFilter
from tests.cast import House

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def sign_in(client: Client) -> Any:
    def enter(staff: Any) -> Client:
        client.force_login(staff, backend=BACKEND)
        return client

    return enter


def test_an_officer_sees_her_units_cases_in_the_inbox_and_an_outsider_none(house: House, sign_in: Any) -> None:
    case = house.assigned()
    assert case.number in sign_in(house.officer).get(reverse("inbox") + "?tab=unit").text
    for tab in ("unit", "mine", "late", "waiting", "unassigned", "asked"):
        assert case.number not in sign_in(house.outsider).get(reverse("inbox") + f"?tab={tab}").text


def test_the_desk_finds_what_waits_for_routing_and_what_came_back(house: House, sign_in: Any) -> None:
    waiting, back = house.open(), house.assigned()
    actions.return_to_desk(back, "not_ours", "Fen İşlerine sorun", by=house.officer)
    client = sign_in(house.agent)
    assert waiting.number in client.get(reverse("inbox") + "?tab=new").text
    page = client.get(reverse("inbox") + "?tab=returned").text
    assert back.number in page and waiting.number not in page


def chosen_tab(client: Client) -> str:
    return str(client.get(reverse("inbox")).context["chosen"].code)


def test_the_inbox_opens_where_the_work_is_and_a_heads_approvals_come_first(house: House, sign_in: Any) -> None:
    assert chosen_tab(sign_in(house.officer)) == "mine"
    case = house.assigned(house.parcel)
    assert chosen_tab(sign_in(house.zoning_head)) == "unit"
    actions.accept(case, by=house.outsider)
    assert chosen_tab(sign_in(house.outsider)) == "mine"
    actions.propose_answer(case, actions.Draft("informed", "Konut alanı"), by=house.outsider)
    assert chosen_tab(sign_in(house.zoning_head)) == "approval"


def test_an_empty_heap_points_to_those_with_work(house: House, sign_in: Any) -> None:
    house.assigned()
    client = sign_in(house.officer)
    page = client.get(reverse("inbox") + "?tab=mine").text
    empty = page[page.index("Burada iş kalmadı") :]
    assert '<a href="?tab=unit">Birimimin (1)</a>, <a href="?tab=unassigned">Sahipsiz (1)</a>' in empty
    assert "?tab=late" not in empty


@pytest.mark.parametrize("typed", ["kaldırım", "KALDIRIMLAR", "kaldirimda cukur", "ÇUKUR"])
def test_words_find_a_case_in_whatever_case_or_diacritics(house: House, sign_in: Any, typed: str) -> None:
    case = house.assigned()
    assert case.number in sign_in(house.agent).get(reverse("case_list"), {"q": typed}).text


def test_a_whole_number_leads_straight_to_its_case_but_only_for_those_who_may_see_it(
    house: House, sign_in: Any
) -> None:
    case = house.assigned()
    answer = sign_in(house.agent).get(reverse("case_list"), {"q": case.number.replace("-", " ")})
    assert answer.status_code == 302 and case.number in answer["Location"]
    assert sign_in(house.outsider).get(reverse("case_list"), {"q": case.number}).status_code == 200


@pytest.mark.parametrize("part", ["officer", "head", "mayor", "agent"])
def test_an_applicants_name_finds_her_case_for_everybody_who_may_see_it(house: House, sign_in: Any, part: str) -> None:
    case, hidden = house.assigned(), house.assigned(house.staff_complaint)
    for n in range(20):  # newer namesakes whose cases are another unit's
        namesake = save_person(Person(given_name="Ayşe", family_name="Işık", phone=f"0533 000 00 {n:02}"))
        house.assigned(house.parcel, applicant=namesake)
    seen = sign_in(house.staff[part]).get(reverse("case_list"), {"q": "isik"}).text
    assert hidden.number not in seen and "Ayşe Işık" in seen
    if part in ("officer", "head"):
        assert case.number in seen and "0533 000 00" not in seen


def test_a_name_finds_nobody_whose_cases_are_out_of_sight(house: House, sign_in: Any) -> None:
    house.assigned()
    for part in ("outsider", "administrator", "greeter"):
        assert "Ayşe" not in sign_in(house.staff[part]).get(reverse("case_list"), {"q": "isik"}).text


@pytest.mark.parametrize("typed", ["isik", "IŞIK Ayşe", "0532 123 45 67", "ayse@ornek.example"])
def test_the_desk_finds_a_person_by_name_number_or_address(house: House, sign_in: Any, typed: str) -> None:
    case = house.assigned()
    page = sign_in(house.agent).get(reverse("case_list"), {"q": typed}).text
    assert "Ayşe Işık" in page and case.number in page


def test_the_filter_narrows_by_unit_state_and_lateness(house: House, sign_in: Any) -> None:
    late, fresh = house.assigned(), house.assigned()
    Case.objects.filter(pk=late.pk).update(due_at="2020-01-01T00:00Z", first_due_at="2020-01-01T00:00Z")
    page = sign_in(house.agent).get(reverse("case_list"), {"unit": "ULS", "state": "open", "late": "1"}).text
    assert late.number in page and fresh.number not in page
    assert fresh.number not in sign_in(house.agent).get(reverse("case_list"), {"unit": "IMR"}).text


def test_pages_follow_each_other_without_gap_or_repetition(house: House, sign_in: Any, monkeypatch: Any) -> None:
    from mimer.cases.paging import most_urgent_page, newest_page

    cases = {house.assigned().pk for _ in range(7)}
    Case.objects.filter(pk=min(cases)).update(due_at=None, first_due_at=None)
    for turn in (newest_page, most_urgent_page):
        seen: list[int] = []
        after = ""
        while True:
            page = turn(Case.objects.all(), after, 3)
            seen += [case.pk for case in page.cases]
            after = page.following
            if not after:
                break
        assert sorted(seen) == sorted(cases)


def test_the_lists_cost_the_same_queries_for_one_case_as_for_many(
    house: House, sign_in: Any, django_assert_max_num_queries: Any
) -> None:
    client = sign_in(house.agent)
    for _ in range(12):
        house.assigned()
    with django_assert_max_num_queries(13):
        client.get(reverse("case_list"))
    with django_assert_max_num_queries(15):
        client.get(reverse("inbox"))


def test_a_saved_filter_comes_back_under_its_name_and_goes_when_told(house: House, sign_in: Any) -> None:
    client = sign_in(house.agent)
    client.post(reverse("saved_filters"), {"name": "Geciken yollar", "query": "unit=ULS&late=1"})
    assert "Geciken yollar" in client.get(reverse("case_list")).text
    kept = SavedFilter.objects.get()
    assert sign_in(house.officer).post(reverse("saved_filters"), {"forget": kept.pk}).status_code == 302
    assert SavedFilter.objects.exists()
    sign_in(house.agent).post(reverse("saved_filters"), {"forget": kept.pk})
    assert not SavedFilter.objects.exists()


def test_many_cases_are_given_to_an_officer_and_taken_back(house: House, sign_in: Any) -> None:
    cases = [house.assigned() for _ in range(3)]
    client = sign_in(house.representative)
    fields = {"case": [case.pk for case in cases], "verb": "assign", "officer": house.officer.pk}
    page = client.post(reverse("bulk"), fields, follow=True).text
    assert "3 başvuru işlendi" in page and "Geri al" in page
    assert set(Case.objects.values_list("officer", flat=True)) == {house.officer.pk}
    client.post(reverse("bulk_undo", args=[BulkAction.objects.get().pk]))
    assert set(Case.objects.values_list("officer", flat=True)) == {None}
    assert client.post(reverse("bulk_undo", args=[BulkAction.objects.get().pk])).status_code == 404


def _assign_all(client: Client, cases: list[Case], house: House) -> BulkAction:
    chosen = {"case": [case.pk for case in cases], "verb": "assign", "officer": house.officer.pk}
    client.post(reverse("bulk"), chosen)
    return BulkAction.objects.get()


def test_undoing_leaves_a_case_alone_that_somebody_worked_on_since(house: House, sign_in: Any) -> None:
    touched, untouched = house.assigned(), house.assigned()
    client = sign_in(house.representative)
    action = _assign_all(client, [touched, untouched], house)
    actions.accept(Case.objects.get(pk=touched.pk), by=house.officer)
    page = client.post(reverse("bulk_undo", args=[action.pk]), follow=True).text
    assert "1 başvuru eski haline döndü" in page and "sonradan başka bir işlem yapıldı" in page
    for case in (touched, untouched):
        case.refresh_from_db()
    assert (touched.officer, untouched.officer) == (house.officer, None)


def test_undoing_leaves_what_was_so_before(house: House, sign_in: Any) -> None:
    main, tied, free = house.assigned(), house.assigned(), house.assigned()
    actions.merge(tied, main, by=house.agent)
    client = sign_in(house.agent)
    client.post(reverse("bulk"), {"case": [tied.pk, free.pk], "verb": "merge", "main_number": main.number})
    assert main.supporters.filter(ended_at=None).count() == 2
    client.post(reverse("bulk_undo", args=[BulkAction.objects.get().pk]))
    assert main.supporters.get(ended_at=None).supporter == tied


def _route_all(client: Client, cases: list[Case], house: House) -> str:
    fields = {
        "case": [case.pk for case in cases],
        "verb": "route",
        "unit": house.zoning.pk,
        "reason": "Ruhsatla ilgili",
    }
    return str(client.post(reverse("bulk"), fields, follow=True).text)  # type: ignore[attr-defined]


def test_a_bulk_routing_is_undone_where_a_case_waited_in_a_unit(house: House, sign_in: Any) -> None:
    waiting, fresh, given = house.assigned(), house.open(), house.assigned()
    actions.assign(given, house.officer, by=house.officer)
    client = sign_in(house.agent)
    assert "Geri al" in _route_all(client, [waiting, fresh, given], house)
    page = client.post(reverse("bulk_undo", args=[BulkAction.objects.get().pk]), follow=True).text
    assert "1 başvuru eski haline döndü" in page
    for case in (fresh, given):
        assert f"{case.number}: Eski haline dönemez" in page
    units = dict(Case.objects.values_list("pk", "unit"))
    assert units == {waiting.pk: house.transport.pk, fresh.pk: house.zoning.pk, given.pk: house.zoning.pk}


def test_a_return_or_an_arbiters_ruling_offers_no_undo_that_would_not_restore_it(house: House, sign_in: Any) -> None:
    returned, ruled = house.assigned(), house.assigned()
    for case in (returned, ruled):
        actions.return_to_desk(case, "not_ours", "İmarın", by=house.officer)
    actions.route(ruled, house.zoning, "İmarın", by=house.agent)
    actions.return_to_desk(ruled, "not_ours", "Bizim de değil", by=house.outsider)
    page = _route_all(sign_in(house.manager), [returned, ruled], house)
    assert "2 başvuru işlendi" in page and "Geri al" not in page
    assert RoutingRule.objects.get(is_ruling=True).unit == house.zoning
    assert (
        "0 başvuru"
        in sign_in(house.manager).post(reverse("bulk_undo", args=[BulkAction.objects.get().pk]), follow=True).text
    )
    assert RoutingRule.objects.get(is_ruling=True).unit == house.zoning


def test_a_crash_in_the_middle_leaves_an_undo_of_what_was_done(
    house: House, sign_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mimer.web.unit import bulk

    cases = [house.assigned() for _ in range(3)]
    left = iter([bulk.VERBS["assign"], bulk.VERBS["assign"]])
    client = sign_in(house.representative)
    monkeypatch.setitem(bulk.VERBS, "assign", lambda *given: next(left)(*given))
    with pytest.raises(StopIteration):
        _assign_all(client, cases, house)
    client.post(reverse("bulk_undo", args=[BulkAction.objects.get().pk]))
    assert set(Case.objects.values_list("officer", flat=True)) == {None}


def test_a_bulk_action_asks_for_what_is_missing_and_keeps_the_choice(house: House, sign_in: Any) -> None:
    case = house.assigned()
    page = sign_in(house.agent).post(reverse("bulk"), {"case": case.pk, "verb": "route", "unit": house.zoning.pk}).text
    assert "Neden bu birime havale ettiğinizi yazın" in page and f'value="{case.pk}"' in page


def test_a_bulk_action_does_not_reach_a_foreign_units_case(house: House, sign_in: Any) -> None:
    case = house.assigned()
    sign_in(house.outsider).post(reverse("bulk"), {"case": case.pk, "verb": "accept"})
    case.refresh_from_db()
    assert case.state == "assigned"


def test_the_map_gives_open_cases_of_the_box_and_nothing_to_an_outsider(house: House, sign_in: Any) -> None:
    inside = house.assigned()
    house.assigned(place=Place(lat=38.9, lon=35.9, address="Uzak"))
    points = sign_in(house.agent).get(reverse("case_points"), {"box": "35.4,38.7,35.6,38.8"}).json()
    assert [point["href"] for point in points] == [reverse("case", args=[inside.number])]
    assert sign_in(house.outsider).get(reverse("case_points"), {"box": "35.4,38.7,35.6,38.8"}).json() == []
    assert sign_in(house.agent).get(reverse("case_points"), {"box": "nerede"}).status_code == 400


def test_the_home_page_counts_what_came_what_is_open_and_what_is_late(house: House, sign_in: Any) -> None:
    from mimer.insight.measures import load_by_unit, today

    late, _fresh = house.assigned(), house.assigned()
    Case.objects.filter(pk=late.pk).update(due_at="2020-01-01T00:00Z", first_due_at="2020-01-01T00:00Z")
    numbers = today(Case.objects.visible_to(house.agent))
    assert (numbers.received, numbers.open, numbers.late, numbers.answered) == (2, 2, 1, 0)
    assert [(load.unit, load.open, load.late) for load in load_by_unit(Case.objects.all())] == [(house.transport, 2, 1)]
    page = sign_in(house.agent).get(reverse("home")).text
    assert (
        "başvurunun süresi geçti" in page
        and "2 açık, 1 gecikmiş" in page
        and "koyu turuncu bölümü gecikenlerdir" in page
    )
    assert 'class="bar-now" width="100"' in page and 'class="bar-attention" width="50"' in page
    later = timezone.now() + timedelta(days=9)
    Case.objects.filter(pk=late.pk).update(due_at=later, first_due_at=later)
    cache.clear()
    assert "2 açık</td>" in sign_in(house.agent).get(reverse("home")).text
    assert today(Case.objects.visible_to(house.outsider)).open == 0


def test_an_answer_of_today_counts_although_its_case_is_closed_by_now(house: House) -> None:
    from mimer.insight.measures import today

    earlier, closed = (actions.accept(house.assigned(), by=house.officer) for _ in range(2))
    actions.resolve(
        earlier, actions.Draft("informed", "Bakıldı"), by=house.officer, at=timezone.now() - timedelta(days=2)
    )
    actions.resolve(closed, actions.Draft("informed", "Bakıldı"), by=house.officer)
    for case in (earlier, closed):
        actions.close(case, by=house.agent)
    actions.invalidate(house.assigned(), "Deneme kaydı", by=house.agent)
    assert today(Case.objects.all()).answered == 1


def test_the_home_page_tells_the_desk_what_stands_still_and_nobody_else(house: House, sign_in: Any) -> None:
    assert "Arka plan çalışanı" in sign_in(house.manager).get(reverse("home")).text
    assert "Arka plan çalışanı" not in sign_in(house.officer).get(reverse("home")).text
