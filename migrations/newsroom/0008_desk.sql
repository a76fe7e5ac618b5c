-- +goose Up

-- For which day an edition is planned (its beginning in Vietnam), and what is
-- to become of it.
ALTER TABLE edition ADD COLUMN planned_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE edition ADD COLUMN plan_note TEXT NOT NULL DEFAULT '';

-- The clock that runs until readers have it: its target's code, since when,
-- and until when. A target that is changed does not change a clock that runs.
ALTER TABLE edition ADD COLUMN clock TEXT NOT NULL DEFAULT '';
ALTER TABLE edition ADD COLUMN clock_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE edition ADD COLUMN clock_due BIGINT NOT NULL DEFAULT 0;

CREATE INDEX edition_planned ON edition (planned_at) WHERE planned_at > 0;
CREATE INDEX edition_clock ON edition (clock_due) WHERE clock_due > 0;
CREATE INDEX edition_saver ON edition (saved_by, saved_at);

-- How soon what an agency writes must be with readers. An agency without rows
-- has the standard ones.
CREATE TABLE clock_target (
    agency_id TEXT    NOT NULL REFERENCES agency (id),
    code      TEXT    NOT NULL,
    names     TEXT    NOT NULL, -- JSON, by language
    minutes   BIGINT  NOT NULL, -- 0: within the day
    position  BIGINT  NOT NULL,
    retired   BOOLEAN NOT NULL, -- no longer offered
    PRIMARY KEY (agency_id, code)
);

-- Clocks that ended because readers had it.
CREATE TABLE clock_run (
    id         TEXT   NOT NULL PRIMARY KEY,
    item_id    TEXT   NOT NULL,
    lang       TEXT   NOT NULL,
    agency_id  TEXT   NOT NULL,
    code       TEXT   NOT NULL,
    started_at BIGINT NOT NULL,
    due        BIGINT NOT NULL,
    ended_at   BIGINT NOT NULL,
    FOREIGN KEY (item_id, lang) REFERENCES edition (item_id, lang)
);
CREATE INDEX clock_run_due ON clock_run (agency_id, due);

-- Lists that a person wants to find again.
CREATE TABLE saved_search (
    id         TEXT   NOT NULL PRIMARY KEY,
    person_id  TEXT   NOT NULL REFERENCES person (id),
    name       TEXT   NOT NULL,
    query      TEXT   NOT NULL, -- of the address
    created_at BIGINT NOT NULL,
    UNIQUE (person_id, name)
);
