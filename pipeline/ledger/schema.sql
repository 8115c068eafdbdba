-- The ledger, version 3 (design 2.2). Local time of Vietnam, ISO; days as YYYY-MM-DD. The tables of accepted rows, one a
-- sheet kind, are made from the forms (ledger/tables.py); every table is append-only (ledger/schema.py adds the triggers).

CREATE TABLE schema_version (
    version INTEGER NOT NULL
);

-- One row a look into the inbox: what makes the lower end of an arrival. waiting: JSON, path to the reason why a file that
-- lay there was not taken. content: the head of the chain of events after this look. hash chains the looks themselves:
-- SHA-256(previous, "scan", as_of, canonical [settings, waiting, content, clock, program, stamps]), never of run ids. clock: what the
-- machine's own clock said, which --as-of may differ from; program: its version; both are blank in rows older than version 3,
-- whose link ends with content. stamps: [sha256, path, written_at, changed_at] of each arrival of this look, by its id.
CREATE TABLE scan (
    scan_id INTEGER PRIMARY KEY,
    run_id TEXT NOT NULL,
    clock TEXT NOT NULL,
    program TEXT NOT NULL,
    as_of TEXT NOT NULL,
    settings TEXT NOT NULL,
    waiting TEXT NOT NULL,
    content TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL
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

-- written, directory: SHA-256 of the bytes of qms.toml and danh_muc.xlsx, kept in archive/settings (blank in rows that are
-- older than version 2).
CREATE TABLE settings_version (
    sha256 TEXT PRIMARY KEY,
    content TEXT NOT NULL,
    written TEXT NOT NULL,
    directory TEXT NOT NULL
);

-- Bytes in custody. not_before is null when the first look into the inbox found them. folder: the division in whose folder
-- of the inbox they lay, else blank. The same bytes arrive again only when they lay in the wrong folder before, or when a
-- fault of ours kept them from being judged. written_at, changed_at: what the file's own stamps said;
-- in no event, but in the link of the look.
CREATE TABLE arrival (
    arrival_id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL,
    path TEXT NOT NULL,
    folder TEXT NOT NULL,
    size INTEGER NOT NULL,
    not_before TEXT,
    not_after TEXT NOT NULL,
    arrived_at TEXT NOT NULL,
    written_at TEXT,
    changed_at TEXT,
    scan_id INTEGER NOT NULL REFERENCES scan (scan_id),
    UNIQUE (sha256, path, scan_id)
);

-- Known bytes seen under another name, or under their own again where others lay meanwhile: recognised, not counted twice.
CREATE TABLE sighting (
    sha256 TEXT NOT NULL,
    path TEXT NOT NULL,
    folder TEXT NOT NULL,
    not_before TEXT,
    not_after TEXT NOT NULL,
    arrived_at TEXT NOT NULL,
    PRIMARY KEY (sha256, path, not_after)
) WITHOUT ROWID;

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

-- What the secretary recorded: an extension, an exemption, a withdrawal, a presentation to the committee, or that an earlier
-- decision is taken back (revokes). up_to_version: the last version of the obligation's form that a withdrawal takes back.
-- wrong_from, wrong_until: the first and last look (scan_id) whose clock was wrong.
CREATE TABLE decision (
    decision_id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    as_of TEXT NOT NULL,
    form TEXT,
    division TEXT,
    period TEXT NOT NULL,
    until TEXT,
    reason TEXT NOT NULL,
    document TEXT NOT NULL,
    document_on TEXT,
    revokes INTEGER REFERENCES decision (decision_id),
    sha256 TEXT,
    up_to_version INTEGER,
    wrong_from INTEGER,
    wrong_until INTEGER
);

-- What our own program could not make, and when it could again (state: began, ended). Not of the content: chained by itself, as
-- the looks are: hash = SHA-256(previous, state, as_of, canonical [code, stage, artefact, reason]).
CREATE TABLE fault (
    fault_id INTEGER PRIMARY KEY,
    as_of TEXT NOT NULL,
    state TEXT NOT NULL,
    code TEXT NOT NULL,
    stage TEXT NOT NULL,
    artefact TEXT NOT NULL,
    reason TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE
);
