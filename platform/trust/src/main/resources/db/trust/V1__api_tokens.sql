CREATE TABLE api_token (
    id               TEXT PRIMARY KEY,
    hash             TEXT NOT NULL,
    name             TEXT NOT NULL,
    roles            TEXT NOT NULL,
    created_micros   BIGINT NOT NULL,
    expires_micros   BIGINT,
    revoked_micros   BIGINT,
    last_used_micros BIGINT
);
