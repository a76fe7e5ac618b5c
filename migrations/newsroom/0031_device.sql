-- +goose Up

-- Browsers in which somebody has signed in: tries that come from there are
-- counted apart from those of strangers. Two people may share one.
CREATE TABLE device (
    token_hash TEXT   NOT NULL,
    person_id  TEXT   NOT NULL REFERENCES person (id),
    session_id TEXT   NOT NULL, -- that was opened there last, '' for none
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (token_hash, person_id)
);
CREATE INDEX device_person ON device (person_id);
