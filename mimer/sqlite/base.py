"""SQLite whose writing transactions wait in one fair line instead of polling the busy file.

SQLite's own waiting sleeps and tries again, so that with several writers one of them may starve for seconds. Here every
BEGIN IMMEDIATE first takes an exclusive `flock` beside the database: the kernel hands it on in order of arrival, to
threads and processes alike, and frees it when a process dies.
"""

import fcntl
import os
from typing import Any

from django.db.backends.sqlite3 import base

from mimer.turkish import sort_key


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that holds the writers' lock from BEGIN to COMMIT or ROLLBACK."""

    _line: int | None = None

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        connection.create_collation("tr", _compare_turkish)
        return connection

    def _start_transaction_under_autocommit(self) -> None:
        self._take_line()
        try:
            super()._start_transaction_under_autocommit()
        except BaseException:
            self._leave_line()
            raise

    def _commit(self) -> None:
        try:
            super()._commit()
        finally:
            self._leave_line()

    def _rollback(self) -> None:
        try:
            super()._rollback()
        finally:
            self._leave_line()

    def _close(self) -> None:
        try:
            super()._close()
        finally:
            self._leave_line()

    def _take_line(self) -> None:
        name = str(self.settings_dict["NAME"])
        if self.is_in_memory_db() or self._line is not None:
            return
        line = os.open(name + ".line", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(line, fcntl.LOCK_EX)
        self._line = line

    def _leave_line(self) -> None:
        if self._line is not None:
            os.close(self._line)
            self._line = None


def _compare_turkish(left: str, right: str) -> int:
    a, b = sort_key(left), sort_key(right)
    return (a > b) - (a < b)
