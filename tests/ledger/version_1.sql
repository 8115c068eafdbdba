-- The ledger (design 2.2). Local time of Vietnam, ISO; days as YYYY-MM-DD. The tables of accepted rows, one a sheet kind,
-- are made from the forms (ledger/tables.py); every table is append-only (ledger/store.py adds the triggers).

CREATE TABLE schema_version (
    version INTEGER NOT NULL
);

-- One row a look into the inbox: what makes the lower end of an arrival.
CREATE TABLE scan (
    scan_id INTEGER PRIMARY KEY,
    run_id TEXT NOT NULL,
    as_of TEXT NOT NULL,
    settings TEXT NOT NULL
);

-- What changed the content of the ledger, chained: hash = SHA-256(previous, kind, as_of, content), never of run or scan ids.
CREATE TABLE event (
    event_id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    as_of TEXT NOT NULL,
    content TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE
);

CREATE TABLE settings_version (
    sha256 TEXT PRIMARY KEY,
    content TEXT NOT NULL
);

-- Bytes in custody. not_before is null when the first look into the inbox found them.
CREATE TABLE arrival (
    arrival_id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    path TEXT NOT NULL,
    size INTEGER NOT NULL,
    not_before TEXT,
    not_after TEXT NOT NULL,
    arrived_at TEXT NOT NULL,
    scan_id INTEGER NOT NULL REFERENCES scan (scan_id)
);

CREATE TABLE submission (
    submission_id INTEGER PRIMARY KEY,
    arrival_id INTEGER NOT NULL UNIQUE REFERENCES arrival (arrival_id),
    verdict TEXT NOT NULL,
    form TEXT,
    division TEXT,
    period TEXT,
    version INTEGER,
    is_empty INTEGER NOT NULL,
    based_on TEXT NOT NULL,
    judged_as_of TEXT NOT NULL,
    settings TEXT NOT NULL REFERENCES settings_version (sha256)
);
CREATE INDEX submission_obligation ON submission (form, division, period);

CREATE TABLE finding (
    submission_id INTEGER NOT NULL REFERENCES submission (submission_id),
    position INTEGER NOT NULL,
    code TEXT NOT NULL,
    severity TEXT NOT NULL,
    sheet TEXT NOT NULL,
    cell TEXT NOT NULL,
    field TEXT NOT NULL,
    label TEXT NOT NULL,
    facts TEXT NOT NULL,
    PRIMARY KEY (submission_id, position)
) WITHOUT ROWID;
