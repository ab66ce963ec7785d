"""Schema: the tables, as steps that only ever get longer; PRAGMA user_version counts those already taken.

What a task is (`task`) and where it stands (`node`) are apart, because the first is long and written once, the second short
and written at every move: a commit then touches few pages.
"""

import sqlite3

STEPS = (
    """
    CREATE TABLE run (
        id TEXT PRIMARY KEY, at REAL NOT NULL, state TEXT NOT NULL, epoch INTEGER NOT NULL, owner TEXT NOT NULL,
        request TEXT NOT NULL, plan TEXT, result TEXT
    );
    CREATE INDEX run_at ON run (at);
    CREATE TABLE task (position INTEGER PRIMARY KEY, run TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL, UNIQUE (run, id));
    CREATE TABLE node (
        run TEXT, id TEXT, state TEXT NOT NULL, missing INTEGER NOT NULL, epoch INTEGER NOT NULL, tries INTEGER NOT NULL,
        due REAL NOT NULL, started REAL NOT NULL, ended REAL NOT NULL, PRIMARY KEY (run, id)
    ) WITHOUT ROWID;
    CREATE TABLE edge (run TEXT, needs TEXT, task TEXT, PRIMARY KEY (run, needs, task)) WITHOUT ROWID;
    CREATE TABLE attempt (
        run TEXT, task TEXT, epoch INTEGER, started REAL NOT NULL, ended REAL NOT NULL, observation TEXT NOT NULL,
        PRIMARY KEY (run, task, epoch)
    );
    CREATE TABLE approval (
        id TEXT PRIMARY KEY, run TEXT NOT NULL, task TEXT NOT NULL, tool TEXT NOT NULL, question TEXT NOT NULL,
        shows TEXT NOT NULL, state TEXT NOT NULL
    );
    CREATE INDEX approval_run ON approval (run);
    CREATE TABLE event (
        run TEXT, seq INTEGER, at REAL NOT NULL, kind TEXT NOT NULL, task TEXT NOT NULL, data TEXT NOT NULL,
        PRIMARY KEY (run, seq)
    ) WITHOUT ROWID;
    CREATE TABLE fact (run TEXT, key TEXT, value TEXT NOT NULL, PRIMARY KEY (run, key));
    """,
)


def migrate(connection: sqlite3.Connection) -> None:
    """Take the steps this file has not seen, each in one transaction."""
    for number, step in enumerate(STEPS, start=1):
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version < number:
            connection.executescript(f"BEGIN IMMEDIATE; {step} PRAGMA user_version = {number}; COMMIT;")
