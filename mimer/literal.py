"""Conditions whose values are written into the SQL, so that SQLite can see that a partial index covers them.

A bound parameter could be anything, so SQLite will not use an index that holds only `state = 'waiting'` for `state = ?`.
Such values are our own codes, never what somebody typed.
"""

from typing import Any

from django.db import models
from django.db.models.sql.compiler import SQLCompiler


class Is(models.Func):
    """`column = 'code'`, or `column IN ('a', 'b')` for several codes, in the order they are given."""

    output_field = models.BooleanField()

    def __init__(self, column: str, *codes: str) -> None:
        if not codes or not all(code.isidentifier() for code in codes):
            raise ValueError("codes only: letters, digits and underscores")
        super().__init__(models.F(column))
        self.codes = [str(code) for code in codes]

    def as_sql(  # type: ignore[override]
        self, compiler: SQLCompiler, connection: Any, *args: Any, **kwargs: Any
    ) -> tuple[str, list[Any]]:
        column, params = compiler.compile(self.source_expressions[0])
        written = [f"'{code}'" for code in self.codes]
        return f"{column} = {written[0]}" if len(written) == 1 else f"{column} IN ({', '.join(written)})", list(params)
