"""The same GROUP BY in SQLite and PostgreSQL, on the same cells, in the two shapes a database would hold them.

`long` has one row per cell under a primary key (indicator, period, commune); `wide` one row per report with a
column per indicator, which is as close as a row store comes to columns. Both join communes to provinces.
"""
from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import psycopg
import pysqlite3

PGBIN = Path("/usr/lib/postgresql/15/bin")
Rows = list[tuple[int, ...]]
LONG_SUMS = (
    "SELECT c.{area}, v.period, v.indicator, CAST(SUM(v.value) AS BIGINT) FROM cell v JOIN commune c ON c.id = v.commune "
    "GROUP BY c.{area}, v.period, v.indicator"
)
LONG_COUNTS = (
    "SELECT c.{area}, v.period, v.indicator, v.state, COUNT(*) FROM cell v JOIN commune c ON c.id = v.commune "
    "GROUP BY c.{area}, v.period, v.indicator, v.state"
)
COMMUNES = "CREATE TABLE commune (id INTEGER PRIMARY KEY, old_province INTEGER NOT NULL, new_province INTEGER NOT NULL)"


def cell_table(value: str, tail: str) -> str:
    """The long table; `value` is the type of a cell."""
    return (
        f"CREATE TABLE cell (indicator SMALLINT NOT NULL, period SMALLINT NOT NULL, commune INTEGER NOT NULL, state SMALLINT NOT NULL, "
        f"value {value} NOT NULL, PRIMARY KEY (indicator, period, commune)){tail}"
    )


def wide_table(columns: int) -> str:
    """The wide table without states: less to read than the engine reads."""
    cells = ", ".join(f"c{at} BIGINT NOT NULL" for at in range(columns))
    return f"CREATE TABLE report (period SMALLINT NOT NULL, commune INTEGER NOT NULL, {cells}, PRIMARY KEY (period, commune))"


def wide_sums(columns: int) -> str:
    cells = ", ".join(f"CAST(SUM(r.c{at}) AS BIGINT)" for at in range(columns))
    return f"SELECT c.{{area}}, r.period, {cells} FROM report r JOIN commune c ON c.id = r.commune GROUP BY c.{{area}}, r.period"


class Peer:
    """A loaded database: `ask(sql)` gives all rows."""

    def __init__(self, ask: Callable[[str], Rows], columns: int) -> None:
        self.ask = ask
        self.columns = columns

    def timed(self, sql: str, area: str, times: int) -> tuple[float, Rows]:
        """The best of several runs, rows fetched."""
        best, rows = float("inf"), []
        for _ in range(times):
            began = time.perf_counter()
            rows = self.ask(sql.format(area=area))
            best = min(best, time.perf_counter() - began)
        return best, rows

    def wide(self, times: int) -> float:
        return self.timed(wide_sums(self.columns), "old_province", times)[0]


@contextmanager
def sqlite(folder: Path, communes: Rows, values: np.ndarray, states: np.ndarray) -> Iterator[Peer]:
    """A file database, loaded in key order. `values` and `states` are [indicators, periods, communes]."""
    file = folder / "peer.sqlite3"
    connection = pysqlite3.connect(str(file))
    connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-262144; PRAGMA mmap_size=4294967296;")
    connection.execute(COMMUNES)
    connection.executemany("INSERT INTO commune VALUES (?, ?, ?)", communes)
    connection.execute(cell_table("INTEGER", " WITHOUT ROWID"))
    connection.execute(wide_table(len(values)))
    ids = [commune[0] for commune in communes]
    for indicator in range(len(values)):
        for period in range(values.shape[1]):
            columns = (states[indicator, period].tolist(), values[indicator, period].tolist())
            rows = ((indicator, period, commune, state, value) for commune, state, value in zip(ids, *columns, strict=True))
            connection.executemany("INSERT INTO cell VALUES (?, ?, ?, ?, ?)", rows)
    marks = ", ".join("?" * (len(values) + 2))
    for period in range(values.shape[1]):
        table = values[:, period].T.tolist()
        connection.executemany(f"INSERT INTO report VALUES ({marks})", ((period, commune, *row) for commune, row in zip(ids, table, strict=True)))
    connection.commit()
    connection.execute("ANALYZE")
    try:
        yield Peer(lambda sql: list(connection.execute(sql)), len(values))
    finally:
        connection.close()


@contextmanager
def postgres(communes: Rows, values: np.ndarray, states: np.ndarray) -> Iterator[Peer]:
    """A throw-away cluster on a socket, fsync on, loaded by COPY, vacuumed and analysed."""
    with _cluster() as sockets, psycopg.connect(f"host={sockets} user=soket dbname=postgres", autocommit=True) as connection:
        connection.execute(COMMUNES)
        connection.execute(cell_table("BIGINT", ""))
        connection.execute(wide_table(len(values)))
        ids = np.array([commune[0] for commune in communes])
        with connection.cursor().copy("COPY commune FROM STDIN") as copy:
            for row in communes:
                copy.write_row(row)
        _copy(connection, "cell", [_long(ids, at, values[at], states[at]) for at in range(len(values))])
        _copy(connection, "report", [_wide(ids, at, values[:, at]) for at in range(values.shape[1])])
        connection.execute("VACUUM ANALYZE")
        yield Peer(lambda sql: connection.execute(sql).fetchall(), len(values))


def _long(ids: np.ndarray, indicator: int, values: np.ndarray, states: np.ndarray) -> list[tuple[str, np.ndarray]]:
    periods = np.repeat(np.arange(len(values)), len(ids))
    return [
        (">i2", np.full(values.size, indicator)), (">i2", periods), (">i4", np.tile(ids, len(values))),
        (">i2", states.reshape(-1)), (">i8", values.reshape(-1)),
    ]  # fmt: skip


def _wide(ids: np.ndarray, period: int, values: np.ndarray) -> list[tuple[str, np.ndarray]]:
    return [(">i2", np.full(len(ids), period)), (">i4", ids), *((">i8", column) for column in values)]


def _copy(connection: psycopg.Connection[Any], table: str, chunks: list[list[tuple[str, np.ndarray]]]) -> None:
    """Rows in PostgreSQL's binary COPY form: a count of fields, then each field with its length."""
    with connection.cursor().copy(f"COPY {table} FROM STDIN (FORMAT BINARY)") as copy:
        copy.write(b"PGCOPY\n\xff\r\n\0" + bytes(8))
        for chunk in chunks:
            fields: list[tuple[str, str]] = [("count", ">i2")]
            for at, (kind, _) in enumerate(chunk):
                fields += [(f"n{at}", ">i4"), (f"v{at}", kind)]
            rows = np.empty(len(chunk[0][1]), dtype=fields)
            rows["count"] = len(chunk)
            for at, (kind, column) in enumerate(chunk):
                rows[f"n{at}"], rows[f"v{at}"] = np.dtype(kind).itemsize, column
            copy.write(rows.tobytes())
        copy.write(b"\xff\xff")


@contextmanager
def _cluster() -> Iterator[Path]:
    home = Path(tempfile.mkdtemp(prefix="soket-bench-pg-", dir="/tmp"))
    sockets, data = home / "s", home / "d"
    sockets.mkdir()
    prefix = []
    if os.geteuid() == 0:
        prefix = ["runuser", "-u", "postgres", "--"]
        shutil.chown(home, "postgres")
        shutil.chown(sockets, "postgres")
    home.chmod(0o755)
    settings = f"-k {sockets} -c listen_addresses='' -c shared_buffers=1GB -c work_mem=256MB -c max_wal_size=4GB"

    def run(*command: str | Path) -> None:
        subprocess.run([*prefix, *map(str, command)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")

    try:
        run(PGBIN / "initdb", "-D", data, "-U", "soket", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        run(PGBIN / "pg_ctl", "-D", data, "-w", "-l", home / "log", "-o", settings, "start")
        yield sockets
    finally:
        subprocess.run([*prefix, str(PGBIN / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop"], check=False, capture_output=True, cwd="/")
        shutil.rmtree(home, ignore_errors=True)
