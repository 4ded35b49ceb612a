"""Carries a whole installation from one database into another, and builds the word indexes anew."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connections, models, transaction
from django.db.models import sql

from mimer.cases.models import Case
from mimer.cases.search import WORDS, index_new_cases
from mimer.people.models import Person
from mimer.people.search import NAMES, index_people

# What a migration makes by itself, and what is of no worth an hour later: who is signed in, who mistyped, who is alive.
STAYS = {"contenttypes", "auth", "sessions", "axes", "jobs.Heartbeat", "web.Presence", "web.KnockCount"}
AT_ONCE = 2000

# Told the name of a table and how many rows of it were carried.
Tell = Callable[[str, int], object]


def tables() -> list[type[models.Model]]:
    """Every table that is carried, the ones between two others (crew and members) too."""
    found = apps.get_models(include_auto_created=True)
    return [table for table in found if not {table._meta.app_label, table._meta.label} & STAYS]


def carry(source: str, target: str, tell: Tell) -> None:
    """Copies every row as it is, all or nothing; `source` and `target` are names of connections.

    Not through JSON, which would cut the microseconds off and so break every chain of events.
    """
    with transaction.atomic(using=target):  # foreign keys are looked at only at the end of it
        for table in tables():
            tell(table._meta.label, sum(_insert(table, rows, target) for rows in _bites(_all(table, source))))
        with connections[target].cursor() as cursor:
            for statement in connections[target].ops.sequence_reset_sql(no_style(), tables()):
                cursor.execute(statement)


def index_anew(tell: Tell) -> None:
    """Builds both word indexes from what the tables say, all or nothing."""
    with transaction.atomic():
        NAMES.clear()
        WORDS.clear()
        tell("people", _each(Person.objects.order_by("pk"), index_people))
        cases = Case.objects.select_related("subject", "neighbourhood").order_by("pk")
        tell("cases", _each(cases, index_new_cases))


def _all(table: type[models.Model], source: str) -> "models.QuerySet[Any]":
    return table._base_manager.using(source).order_by("pk")


def _each(rows: "models.QuerySet[Any]", index: Callable[[list[Any]], None]) -> int:
    done = 0
    for some in _bites(rows):
        index(some)
        done += len(some)
    return done


def _bites(rows: "models.QuerySet[Any]") -> Iterator[list[Any]]:
    walk = rows.iterator(AT_ONCE)
    while some := list(islice(walk, AT_ONCE)):
        yield some


def _insert(table: type[models.Model], rows: list[Any], target: str) -> int:
    """Writes rows with their ids; raw, so that no column (when it was changed, by whom) gets a new value."""
    fields = [column for column in table._meta.concrete_fields if not column.generated]
    size = connections[target].ops.bulk_batch_size(fields, rows)
    for start in range(0, len(rows), size):
        query = sql.InsertQuery(table)
        query.insert_values(fields, rows[start : start + size], raw=True)
        query.get_compiler(using=target).execute_sql()
    return len(rows)
