"""A word index that gives the same answer on SQLite (FTS5) and PostgreSQL (tsvector + GIN).

The words are analysed in Python, so neither engine's idea of Turkish matters; a row is the id of the thing and its
tokens. Newest first means highest id first: both engines walk that way without gathering every hit.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import connection

# How many of the newest rows PostgreSQL walks through for a frequent word, and within how many it lets the word index
# gather a less frequent one before it gathers all of a rare one.
WALKED, GATHERED = 4_000, 40_000


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
        if connection.vendor != "postgresql":
            newest = f"SELECT rowid FROM {self.table} WHERE {where} ORDER BY rowid DESC LIMIT %s"
            return self._ids(newest, [*params, limit])
        return self._newest_of_postgresql(where, params, below, limit)

    def _newest_of_postgresql(self, where: str, params: list[str | int], below: int | None, limit: int) -> list[int]:
        """Left to itself PostgreSQL takes most words for frequent ones, and walks half the table for those that are not."""
        top = f"(SELECT max(id) FROM {self.table})" if below is None else str(int(below))
        walk = f"SELECT id FROM {self.table} WHERE {where} AND id > {top} - {WALKED} ORDER BY id DESC LIMIT %s"
        found = self._ids(walk, [*params, limit])
        for within in (f" AND id > {top} - {GATHERED}", ""):
            if len(found) < limit:
                hits = f"WITH hits AS MATERIALIZED (SELECT id FROM {self.table} WHERE {where}{within})"
                found = self._ids(f"{hits} SELECT id FROM hits ORDER BY id DESC LIMIT %s", [*params, limit])
        return found

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
