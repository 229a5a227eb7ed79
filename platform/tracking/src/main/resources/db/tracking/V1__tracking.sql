CREATE TABLE experiment (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    artifact_location TEXT NOT NULL,
    lifecycle TEXT NOT NULL,
    created_millis INTEGER NOT NULL,
    updated_millis INTEGER NOT NULL
);

CREATE TABLE experiment_tag (
    experiment INTEGER NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (experiment, key)
) WITHOUT ROWID;

CREATE TABLE run (
    id INTEGER PRIMARY KEY,
    run_id TEXT NOT NULL UNIQUE,
    experiment INTEGER NOT NULL,
    name TEXT NOT NULL,
    user_id TEXT NOT NULL,
    status TEXT NOT NULL,
    start_millis INTEGER NOT NULL,
    end_millis INTEGER,
    artifact_uri TEXT NOT NULL,
    lifecycle TEXT NOT NULL
);
CREATE INDEX run_by_start ON run (experiment, lifecycle, start_millis DESC, run_id);

CREATE TABLE run_param (
    run INTEGER NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (run, key)
) WITHOUT ROWID;
CREATE INDEX run_param_by_value ON run_param (key, value, run);

CREATE TABLE run_tag (
    run INTEGER NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (run, key)
) WITHOUT ROWID;
CREATE INDEX run_tag_by_value ON run_tag (key, value, run);

-- every point; a value that is not a number is kept as 0 with nan = 1
CREATE TABLE metric_point (
    run INTEGER NOT NULL,
    key TEXT NOT NULL,
    step INTEGER NOT NULL,
    timestamp_millis INTEGER NOT NULL,
    value REAL NOT NULL,
    nan INTEGER NOT NULL,
    PRIMARY KEY (run, key, step, timestamp_millis, value, nan)
) WITHOUT ROWID;

-- the last point of each metric: greatest step, then time, then value
CREATE TABLE metric_last (
    run INTEGER NOT NULL,
    key TEXT NOT NULL,
    step INTEGER NOT NULL,
    timestamp_millis INTEGER NOT NULL,
    value REAL NOT NULL,
    nan INTEGER NOT NULL,
    PRIMARY KEY (run, key)
) WITHOUT ROWID;
CREATE INDEX metric_last_by_value ON metric_last (key, nan, value, run);

CREATE TABLE dataset (
    id INTEGER PRIMARY KEY,
    experiment INTEGER NOT NULL,
    name TEXT NOT NULL,
    digest TEXT NOT NULL,
    source_type TEXT NOT NULL,
    source TEXT NOT NULL,
    schema TEXT,
    profile TEXT,
    UNIQUE (experiment, name, digest)
);

CREATE TABLE run_dataset (
    run INTEGER NOT NULL,
    dataset INTEGER NOT NULL,
    tags TEXT NOT NULL,
    PRIMARY KEY (run, dataset)
) WITHOUT ROWID;

CREATE TABLE logged_model (
    model_id TEXT PRIMARY KEY,
    experiment INTEGER NOT NULL,
    name TEXT NOT NULL,
    artifact_uri TEXT NOT NULL,
    created_millis INTEGER NOT NULL,
    updated_millis INTEGER NOT NULL,
    status TEXT NOT NULL,
    model_type TEXT NOT NULL,
    source_run_id TEXT NOT NULL,
    lifecycle TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX logged_model_by_experiment ON logged_model (experiment, created_millis DESC);

CREATE TABLE logged_model_param (
    model_id TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (model_id, key)
) WITHOUT ROWID;

CREATE TABLE logged_model_tag (
    model_id TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (model_id, key)
) WITHOUT ROWID;

CREATE TABLE logged_model_metric (
    model_id TEXT NOT NULL,
    key TEXT NOT NULL,
    dataset_name TEXT NOT NULL,
    dataset_digest TEXT NOT NULL,
    run_id TEXT NOT NULL,
    step INTEGER NOT NULL,
    timestamp_millis INTEGER NOT NULL,
    value REAL NOT NULL,
    nan INTEGER NOT NULL,
    PRIMARY KEY (model_id, key, dataset_name, dataset_digest, run_id)
) WITHOUT ROWID;

-- direction 'input' or 'output'
CREATE TABLE run_model (
    run INTEGER NOT NULL,
    direction TEXT NOT NULL,
    model_id TEXT NOT NULL,
    step INTEGER NOT NULL,
    PRIMARY KEY (run, direction, model_id)
) WITHOUT ROWID;

CREATE TABLE registered_model (
    name TEXT PRIMARY KEY,
    description TEXT NOT NULL,
    created_millis INTEGER NOT NULL,
    updated_millis INTEGER NOT NULL,
    newest INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE registered_model_tag (
    name TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (name, key)
) WITHOUT ROWID;

CREATE TABLE registered_model_alias (
    name TEXT NOT NULL,
    alias TEXT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (name, alias)
) WITHOUT ROWID;

CREATE TABLE model_version (
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    description TEXT NOT NULL,
    created_millis INTEGER NOT NULL,
    updated_millis INTEGER NOT NULL,
    user_id TEXT NOT NULL,
    stage TEXT NOT NULL,
    source TEXT NOT NULL,
    location TEXT NOT NULL,
    run_id TEXT NOT NULL,
    run_link TEXT NOT NULL,
    model_id TEXT NOT NULL,
    PRIMARY KEY (name, version)
) WITHOUT ROWID;

CREATE TABLE model_version_tag (
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (name, version, key)
) WITHOUT ROWID;
