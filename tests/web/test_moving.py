"""Carrying an installation into another database, and building the word indexes anew."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from mimer.cases import actions
from mimer.cases.models import Case
from mimer.cases.search import WORDS, search_cases
from mimer.people.search import NAMES, find_people
from mimer.settings import read_database_url
from mimer.web.moving import carry, index_anew, tables
from tests.cast import House

pytestmark = pytest.mark.django_db


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[str]:
    """Another database with its tables and nothing in them."""
    known = {
        "default": connections.settings["default"],
        "elsewhere": read_database_url(f"sqlite:///{tmp_path / 'm.db'}"),
    }
    connections.settings["elsewhere"] = connections.configure_settings(known)["elsewhere"]
    there: Any = connections["elsewhere"]
    there.ensure_connection = lambda: there.connection or there.connect()  # tests may open the default one only
    call_command("migrate", database="elsewhere", verbosity=0)
    yield "elsewhere"
    there.close()
    del connections["elsewhere"], connections.settings["elsewhere"]


def test_a_carried_installation_is_the_same_row_by_row_to_the_microsecond(house: House, elsewhere: str) -> None:
    actions.accept(house.assigned(), by=house.officer)
    told: dict[str, int] = {}
    carry("default", elsewhere, told.__setitem__)
    assert told["cases.Event"] == 3
    for table in tables():
        rows = table._base_manager.order_by("pk").values_list()
        assert list(rows) == list(rows.using(elsewhere)), table._meta.label


def test_words_and_names_are_found_again_after_the_indexes_were_lost(house: House) -> None:
    case = house.open()
    WORDS.clear()
    NAMES.clear()
    assert not search_cases(Case.objects.all(), "çukur") and not find_people("ayşe")
    index_anew(lambda _what, _number: None)
    assert search_cases(Case.objects.all(), "çukur") == [case]
    assert find_people("ayşe") == [house.ayse]


def test_a_database_in_which_somebody_works_is_not_written_over(house: House, tmp_path: Path) -> None:
    (tmp_path / "old.db").touch()
    with pytest.raises(CommandError, match="boş değil"):
        call_command("move", "--from", f"sqlite:///{tmp_path / 'old.db'}")
    connections.settings.pop("old")


@pytest.mark.parametrize(("url", "sentence"), [("sqlite:////nowhere/m.db", "dosya yok"), ("mysql://x/y", "must begin")])
def test_an_address_that_leads_nowhere_is_told_so(url: str, sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        call_command("move", "--from", url)
