CREATE TABLE model_version (
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    digest TEXT NOT NULL,
    created_micros BIGINT NOT NULL,
    metrics TEXT NOT NULL,
    PRIMARY KEY (name, version),
    UNIQUE (name, digest)
);

CREATE INDEX model_version_digest ON model_version (digest);

CREATE TABLE model_alias_change (
    name TEXT NOT NULL,
    position INTEGER NOT NULL,
    alias TEXT NOT NULL,
    version INTEGER NOT NULL,
    previous INTEGER NOT NULL,
    who TEXT NOT NULL,
    why TEXT NOT NULL,
    at_micros BIGINT NOT NULL,
    PRIMARY KEY (name, position)
);
