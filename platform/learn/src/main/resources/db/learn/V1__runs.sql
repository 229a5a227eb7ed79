CREATE TABLE run (
    run_id         TEXT PRIMARY KEY,
    application    TEXT NOT NULL,
    model          TEXT NOT NULL,
    state          TEXT NOT NULL CHECK (state IN ('RUNNING', 'FINISHED', 'FAILED', 'INTERRUPTED')),
    started_micros INTEGER NOT NULL,
    ended_micros   INTEGER,
    code_version   TEXT NOT NULL,
    seed           INTEGER NOT NULL,
    parameters     TEXT NOT NULL,
    outcome        TEXT,
    failure        TEXT
);
CREATE INDEX run_by_model ON run (application, model, started_micros);
