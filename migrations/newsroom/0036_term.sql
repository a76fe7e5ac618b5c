-- +goose Up

-- Words that have one right translation. Nothing is deleted: a term ends.
CREATE TABLE term (
    id          TEXT    NOT NULL PRIMARY KEY,
    agency_id   TEXT    NOT NULL REFERENCES agency (id), -- that answers for it
    lang        TEXT    NOT NULL, -- of the wording
    sort_key    TEXT    NOT NULL, -- the wording as lists are sorted
    search      TEXT    NOT NULL, -- everything it is found by, folded, one on a line
    note        TEXT    NOT NULL,
    document    TEXT    NOT NULL,
    document_on BIGINT  NOT NULL,
    link        TEXT    NOT NULL,
    valid_from  BIGINT  NOT NULL, -- 0: always
    valid_to    BIGINT  NOT NULL, -- 0: still
    locked      BOOLEAN NOT NULL, -- an official name
    version     BIGINT  NOT NULL,
    changed_at  BIGINT  NOT NULL
);
CREATE INDEX term_sort ON term (sort_key, id);

-- The wording (position 0) and its variants, with what they are compared by.
CREATE TABLE term_wording (
    term_id  TEXT   NOT NULL REFERENCES term (id),
    position BIGINT NOT NULL,
    lang     TEXT   NOT NULL,
    text     TEXT   NOT NULL,
    compared TEXT   NOT NULL,
    PRIMARY KEY (term_id, position)
);
CREATE INDEX term_wording_compared ON term_wording (lang, compared);

-- What a term is called in a language, must or must not be.
CREATE TABLE term_rendering (
    term_id  TEXT   NOT NULL REFERENCES term (id),
    position BIGINT NOT NULL,
    lang     TEXT   NOT NULL,
    text     TEXT   NOT NULL,
    standing TEXT   NOT NULL,
    PRIMARY KEY (term_id, position)
);

-- A list that somebody has sent and not yet agreed to take in: one a person.
CREATE TABLE term_import (
    person_id TEXT   NOT NULL PRIMARY KEY REFERENCES person (id),
    agency_id TEXT   NOT NULL REFERENCES agency (id),
    name      TEXT   NOT NULL, -- of the file
    body      TEXT   NOT NULL,
    at        BIGINT NOT NULL
);

-- Every change of the terms takes a number, so that any process notices.
INSERT INTO counter (name, value) VALUES ('term', 0);
