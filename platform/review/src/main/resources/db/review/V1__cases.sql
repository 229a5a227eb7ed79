CREATE TABLE review_case (
    decision_id TEXT PRIMARY KEY,
    application TEXT NOT NULL,
    decision TEXT NOT NULL,
    about TEXT NOT NULL,
    probability DOUBLE,
    leaning TEXT NOT NULL,
    positive TEXT NOT NULL,
    negative TEXT NOT NULL,
    asked_micros BIGINT NOT NULL,
    due_micros BIGINT NOT NULL,
    needed INTEGER NOT NULL,
    state TEXT NOT NULL,
    outcome TEXT,
    truth TEXT
) WITHOUT ROWID;

CREATE INDEX review_case_waiting ON review_case (application, due_micros) WHERE state IN ('OPEN', 'SECOND', 'DISPUTED');
CREATE INDEX review_case_over ON review_case (application, asked_micros) WHERE state IN ('SETTLED', 'OVERTAKEN');

CREATE TABLE review_opinion (
    decision_id TEXT NOT NULL,
    place INTEGER NOT NULL,
    reviewer TEXT NOT NULL,
    outcome TEXT NOT NULL,
    note TEXT NOT NULL,
    given_micros BIGINT NOT NULL,
    PRIMARY KEY (decision_id, place),
    UNIQUE (decision_id, reviewer)
) WITHOUT ROWID;

CREATE TABLE review_reached (reached TEXT NOT NULL);
INSERT INTO review_reached VALUES ('{}');
