"""A word index that gives the same answer on SQLite (FTS5) and PostgreSQL (tsvector + GIN).

The words are analysed in Python, so neither engine's idea of Turkish matters; a row is the id of the thing and its
tokens. Newest first means highest id first: both engines walk that way without gathering every hit.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import connection

RECENT = 5_000


@dataclass(frozen=True)
class WordIndex:
    """An index table of its own, made by a migration of its room and kept by whoever owns the things."""

    table: str

    def put(self, rows: Iterable[tuple[int, Iterable[str]]]) -> None:
        """Writes the tokens of each id, replacing what stood there."""
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.executemany(
                    f"INSERT INTO {self.table} (id, words) VALUES (%s, array_to_tsvector(%s::text[]))"
                    " ON CONFLICT (id) DO UPDATE SET words = EXCLUDED.words",
                    [(pk, sorted(set(words))) for pk, words in rows],
                )
            else:
                cursor.executemany(
                    f"INSERT OR REPLACE INTO {self.table} (rowid, words) VALUES (%s, %s)",
                    [(pk, " ".join(sorted(set(words)))) for pk, words in rows],
                )

    def add(self, rows: Iterable[tuple[int, Iterable[str]]]) -> None:
        """Writes the tokens of ids that were never here: no look for an older row, and a stream where there is one."""
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {self.table} (id, words) FROM STDIN") as copy:
                    for pk, words in rows:
                        copy.write_row((pk, " ".join(f"'{word}'" for word in sorted(set(words)))))
            else:
                cursor.executemany(
                    f"INSERT INTO {self.table} (rowid, words) VALUES (%s, %s)",
                    [(pk, " ".join(sorted(set(words)))) for pk, words in rows],
                )

    def remove(self, pk: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {self.table} WHERE {self._key} = %s", [pk])

    def clear(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {self.table}")

    def newest(self, terms: Iterable[str], *, below: int | None = None, limit: int = 50) -> list[int]:
        """Ids whose words contain every term, highest first; a term that ends in * matches any word that begins so."""
        terms = list(terms)
        query = self._query(terms)
        if not query:
            return []
        where = "words @@ %s::tsquery" if connection.vendor == "postgresql" else f"{self.table} MATCH %s"
        params: list[str | int] = [query]
        if below is not None:
            where += f" AND {self._key} < %s"
            params.append(below)
        newest = f"SELECT {self._key} FROM {self.table} WHERE {where} ORDER BY {self._key} DESC LIMIT %s"
        if connection.vendor != "postgresql" or not any(term.endswith("*") for term in terms):
            return self._ids(newest, [*params, limit])
        # PostgreSQL takes every beginning of a word for a frequent one and would walk the whole table for a rare name:
        # look among the newest rows first, then let the word index gather what there is.
        recent = self._ids(
            newest.replace(" ORDER BY", f" AND id > (SELECT max(id) FROM {self.table}) - {RECENT} ORDER BY"),
            [*params, limit],
        )
        if len(recent) == limit:
            return recent
        gathered = f"WITH hits AS MATERIALIZED (SELECT id FROM {self.table} WHERE {where})"
        return self._ids(f"{gathered} SELECT id FROM hits ORDER BY id DESC LIMIT %s", [*params, limit])

    @staticmethod
    def _ids(sql: str, params: list[str | int]) -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return [row[0] for row in cursor.fetchall()]

    def chunks(self, terms: Iterable[str], *, below: int | None = None, first: int = 100) -> Iterator[list[int]]:
        """The ids of `newest` in growing pieces, for a caller who filters them and stops when she has enough."""
        terms, size = list(terms), first
        while ids := self.newest(terms, below=below, limit=size):
            yield ids
            if len(ids) < size:
                return
            below, size = ids[-1], min(size * 4, 20_000)

    @property
    def _key(self) -> str:
        return "id" if connection.vendor == "postgresql" else "rowid"

    def _query(self, terms: list[str]) -> str:
        """Tokens hold letters and digits only, so quoting is enough; anything else is dropped."""
        clean = [("".join(sign for sign in term if sign.isalnum()), term.endswith("*")) for term in terms]
        if connection.vendor == "postgresql":
            return " & ".join(f"'{term}'" + (":*" if prefix else "") for term, prefix in clean if term)
        return " AND ".join(f'"{term}"' + ("*" if prefix else "") for term, prefix in clean if term)
