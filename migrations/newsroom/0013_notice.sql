-- +goose Up

-- What people are told: one row for a person and an event. An event's row in
-- the outbox is forgotten long before its notices are, so nothing refers to it.
CREATE TABLE notice (
    id        TEXT   NOT NULL PRIMARY KEY,
    person_id TEXT   NOT NULL REFERENCES person (id),
    event     BIGINT NOT NULL, -- its number in the outbox
    at        BIGINT NOT NULL, -- when it happened
    sort      TEXT   NOT NULL, -- waiting, moved, talk, overdue, security
    subject   TEXT   NOT NULL, -- what it is about, as the audit trail names it
    href      TEXT   NOT NULL, -- where at the desk that is
    words     TEXT   NOT NULL, -- key of the sentence
    who       TEXT   NOT NULL, -- the name of who did it, '' for the program
    title     TEXT   NOT NULL, -- what the thing was called then
    quote     TEXT   NOT NULL, -- the reason that was given, or the comment
    read_at   BIGINT NOT NULL DEFAULT 0,
    way       TEXT   NOT NULL, -- desk, mail, digest
    sent_at   BIGINT NOT NULL DEFAULT 0, -- by e-mail
    digest    TEXT   NOT NULL DEFAULT '', -- the day with whose digest it goes
    UNIQUE (person_id, event)
);
CREATE INDEX notice_unread ON notice (person_id, read_at, event);
CREATE INDEX notice_subject ON notice (subject, sort, read_at);
CREATE INDEX notice_digest_due ON notice (way, digest, read_at);

-- How somebody wants to be told of a sort of notices, where they chose.
CREATE TABLE notice_way (
    person_id TEXT NOT NULL REFERENCES person (id),
    sort      TEXT NOT NULL,
    way       TEXT NOT NULL, -- desk, mail, digest, off
    PRIMARY KEY (person_id, sort)
);

-- The last day for which a person's digest was made.
CREATE TABLE notice_digest (
    person_id TEXT NOT NULL PRIMARY KEY REFERENCES person (id),
    day       TEXT NOT NULL -- such as 2026-07-01, in Vietnam
);
