-- What is defined, folded from the stream _admin. `reached` is the offset of the next event to fold.
CREATE TABLE application_version (
  application   TEXT    NOT NULL,
  version       TEXT    NOT NULL,
  manifest      TEXT    NOT NULL,
  applied_micros INTEGER NOT NULL,
  applied_by    TEXT    NOT NULL,
  log_offset    INTEGER NOT NULL,
  PRIMARY KEY (application, log_offset)
);
CREATE TABLE rollout (
  application TEXT    NOT NULL,
  model       TEXT    NOT NULL,
  route       TEXT    NOT NULL,
  version     INTEGER NOT NULL,
  digest      TEXT    NOT NULL,
  share       REAL    NOT NULL,
  set_micros  INTEGER NOT NULL,
  set_by      TEXT    NOT NULL,
  PRIMARY KEY (application, model, route)
);
-- Arrival order of the first promotion to champion: events that arrived before it are never asked.
CREATE TABLE live_since (
  application TEXT    NOT NULL,
  model       TEXT    NOT NULL,
  sequence    INTEGER NOT NULL,
  PRIMARY KEY (application, model)
);
CREATE TABLE folded (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), reached INTEGER NOT NULL);
INSERT INTO folded VALUES (1, 0);
