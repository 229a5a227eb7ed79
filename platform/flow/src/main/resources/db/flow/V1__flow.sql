-- whose turn at the journal it is: a write of an older generation is refused
CREATE TABLE flow_node (
    one        INTEGER PRIMARY KEY CHECK (one = 1),
    generation INTEGER NOT NULL
);
INSERT INTO flow_node (one, generation) VALUES (1, 0);

CREATE TABLE flow_definition (
    digest   TEXT PRIMARY KEY,
    document TEXT NOT NULL
);

CREATE TABLE flow_workflow (
    name           TEXT PRIMARY KEY,
    digest         TEXT NOT NULL REFERENCES flow_definition (digest),
    applied_micros INTEGER NOT NULL
);

CREATE TABLE flow_run (
    id              TEXT PRIMARY KEY,
    workflow        TEXT NOT NULL,
    definition      TEXT NOT NULL,
    status          TEXT NOT NULL,
    start_key       TEXT,
    parent          TEXT NOT NULL,
    parent_path     TEXT NOT NULL,
    origin          TEXT NOT NULL,
    reason          TEXT NOT NULL,
    accepted_micros INTEGER NOT NULL,
    ended_micros    INTEGER NOT NULL
);
CREATE UNIQUE INDEX flow_run_key ON flow_run (start_key);
CREATE INDEX flow_run_open ON flow_run (accepted_micros) WHERE ended_micros = 0;
CREATE INDEX flow_run_newest ON flow_run (accepted_micros, id);
CREATE INDEX flow_run_workflow ON flow_run (workflow, accepted_micros);

CREATE TABLE flow_event (
    run     TEXT NOT NULL,
    seq     INTEGER NOT NULL,
    event   TEXT NOT NULL,
    path    TEXT,
    attempt INTEGER,
    body    TEXT NOT NULL,
    PRIMARY KEY (run, seq)
);
-- an outcome of an attempt is recorded once, whatever anybody tries
CREATE UNIQUE INDEX flow_one_outcome ON flow_event (run, path, attempt) WHERE event = 'ended';

CREATE TABLE flow_kept (
    cache_key TEXT PRIMARY KEY,
    outcome   TEXT NOT NULL,
    at_micros INTEGER NOT NULL
);

CREATE TABLE flow_signal (
    id        TEXT PRIMARY KEY,
    name      TEXT NOT NULL,
    keys      TEXT NOT NULL,
    payload   TEXT NOT NULL,
    by_whom   TEXT NOT NULL,
    at_micros INTEGER NOT NULL
);
CREATE INDEX flow_signal_name ON flow_signal (name, at_micros);
