CREATE TABLE subject_key (
    key_id         TEXT PRIMARY KEY,
    pseudonym      TEXT NOT NULL UNIQUE,
    wrapped        BLOB NOT NULL,
    created_micros BIGINT NOT NULL
);

CREATE TABLE erased_key (
    key_id        TEXT PRIMARY KEY,
    pseudonym     TEXT NOT NULL,
    erased_micros BIGINT NOT NULL,
    scrubbed      INTEGER NOT NULL
);

CREATE INDEX erased_key_by_pseudonym ON erased_key (pseudonym);

CREATE TABLE master_check (
    code TEXT PRIMARY KEY
);
