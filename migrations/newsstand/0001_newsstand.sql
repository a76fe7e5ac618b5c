-- +goose Up

CREATE TABLE migration_sum (
    version BIGINT NOT NULL PRIMARY KEY,
    sum     TEXT   NOT NULL
);

-- How far the release log has been applied to this database.
CREATE TABLE cursor (
    name  TEXT   NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL
);
INSERT INTO cursor (name, value) VALUES ('releases', 0);

-- The newest release of each key, exactly as received, and the plain text of
-- an article for finding and quoting it.
CREATE TABLE document (
    kind TEXT   NOT NULL,
    id   TEXT   NOT NULL,
    lang TEXT   NOT NULL,
    seq  BIGINT NOT NULL,
    op   TEXT   NOT NULL,
    at   BIGINT NOT NULL,
    hash TEXT   NOT NULL,
    body TEXT   NOT NULL,
    text TEXT   NOT NULL,
    PRIMARY KEY (kind, id, lang)
);
CREATE INDEX document_seq ON document (seq);

-- One row for each outlet that carries an article, under its section and once
-- more under '' for the outlet as a whole. card is what a list shows of it.
CREATE TABLE listing (
    outlet    TEXT   NOT NULL,
    lang      TEXT   NOT NULL,
    section   TEXT   NOT NULL,
    published BIGINT NOT NULL,
    id        TEXT   NOT NULL,
    card      TEXT   NOT NULL,
    PRIMARY KEY (outlet, lang, section, published, id)
);
CREATE INDEX listing_id ON listing (id, lang);
CREATE INDEX listing_map ON listing (outlet, section, id, lang);

-- Which current document needs which media file.
CREATE TABLE document_media (
    hash TEXT   NOT NULL,
    kind TEXT   NOT NULL,
    id   TEXT   NOT NULL,
    lang TEXT   NOT NULL,
    type TEXT   NOT NULL,
    name TEXT   NOT NULL,
    size BIGINT NOT NULL,
    PRIMARY KEY (hash, kind, id, lang)
);
CREATE INDEX document_media_key ON document_media (kind, id, lang);

-- Articles whose section has moved in the tree since they were indexed.
CREATE TABLE reindex (
    id   TEXT NOT NULL,
    lang TEXT NOT NULL,
    PRIMARY KEY (id, lang)
);

-- What readers sent, until the newsroom has confirmed it. tries counts
-- failures, so that one letter nobody can send does not hold up the others;
-- refused_at is when the newsroom last refused it (0: it has not).
CREATE TABLE spool (
    id         TEXT   NOT NULL PRIMARY KEY,
    body       TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    tries      BIGINT NOT NULL DEFAULT 0,
    refused_at BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX spool_order ON spool (refused_at, tries, created_at);
