-- +goose Up

-- ---------------------------------------------------------------- agencies

-- The day from which another agency stands in this one's place, 0 while it
-- stands for itself.
ALTER TABLE agency ADD COLUMN ended_at BIGINT NOT NULL DEFAULT 0;

-- What an act made of agencies, to be read as a sentence: from_id, kind
-- (merged_into, split_from), to_id.
CREATE TABLE agency_relation (
    id          TEXT   NOT NULL PRIMARY KEY,
    kind        TEXT   NOT NULL,
    from_id     TEXT   NOT NULL REFERENCES agency (id),
    to_id       TEXT   NOT NULL REFERENCES agency (id),
    at          BIGINT NOT NULL,
    document    TEXT   NOT NULL, -- the legal basis
    document_on BIGINT NOT NULL,
    link        TEXT   NOT NULL
);
CREATE INDEX agency_relation_from ON agency_relation (from_id);
CREATE INDEX agency_relation_to ON agency_relation (to_id);

-- ------------------------------------------------------ outlets and sections

-- The outlet's own accent, #rrggbb; '' for the theme's.
ALTER TABLE outlet ADD COLUMN accent TEXT NOT NULL DEFAULT '';
-- Section ids by language, in order; a language without any shows them all.
ALTER TABLE outlet ADD COLUMN menus TEXT NOT NULL DEFAULT '{}';

-- From when on nothing new is put into the section, 0 while it is open.
ALTER TABLE section ADD COLUMN closed_at BIGINT NOT NULL DEFAULT 0;

-- ------------------------------------------------------------------ places

-- A place keeps its identifier through new names and new ranks, as long as it
-- is one and the same; it ends when it becomes part of another.
CREATE TABLE place (
    id         TEXT   NOT NULL PRIMARY KEY,
    code       TEXT   NOT NULL UNIQUE,
    created_at BIGINT NOT NULL,
    began_at   BIGINT NOT NULL, -- 0: before our records begin
    ended_at   BIGINT NOT NULL  -- 0: it is still there
);
CREATE TABLE place_name (
    place_id   TEXT   NOT NULL REFERENCES place (id),
    lang       TEXT   NOT NULL,
    name       TEXT   NOT NULL,
    kind       TEXT   NOT NULL, -- province, district, commune …
    valid_from BIGINT NOT NULL,
    valid_to   BIGINT NOT NULL,
    PRIMARY KEY (place_id, lang, valid_from)
);

-- To be read as a sentence: from_id, kind (merged_into, split_from, renamed,
-- upgraded, part_of), to_id. A new name or rank is about one place, which
-- stands on both sides. until is for what ceases to hold: part_of.
CREATE TABLE place_relation (
    id          TEXT   NOT NULL PRIMARY KEY,
    kind        TEXT   NOT NULL,
    from_id     TEXT   NOT NULL REFERENCES place (id),
    to_id       TEXT   NOT NULL REFERENCES place (id),
    at          BIGINT NOT NULL,
    until       BIGINT NOT NULL,
    document    TEXT   NOT NULL,
    document_on BIGINT NOT NULL,
    link        TEXT   NOT NULL
);
CREATE INDEX place_relation_from ON place_relation (from_id);
CREATE INDEX place_relation_to ON place_relation (to_id);

-- ------------------------------------------------------------------- trail

-- In which the words of an entry are looked for. It is no part of the entry
-- and of its hash. Entries from before have none.
ALTER TABLE audit ADD COLUMN folded TEXT NOT NULL DEFAULT '';
CREATE INDEX audit_actor ON audit (actor_id, seq);
CREATE INDEX audit_verb ON audit (verb, seq);
CREATE INDEX audit_agency ON audit (agency_id, seq);
CREATE INDEX audit_at ON audit (at, seq);
