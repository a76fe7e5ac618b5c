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

-- The newest release of each key, exactly as received.
CREATE TABLE document (
    kind TEXT   NOT NULL,
    id   TEXT   NOT NULL,
    lang TEXT   NOT NULL,
    seq  BIGINT NOT NULL,
    op   TEXT   NOT NULL,
    at   BIGINT NOT NULL,
    hash TEXT   NOT NULL,
    body TEXT   NOT NULL,
    PRIMARY KEY (kind, id, lang)
);
CREATE INDEX document_seq ON document (seq);

-- One row for each list that an article stands on: its outlet, language and
-- section (and each section above it; '' is the whole outlet). card is what a
-- list shows of it.
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

-- Which released document needs which media file.
CREATE TABLE document_media (
    hash TEXT NOT NULL,
    kind TEXT NOT NULL,
    id   TEXT NOT NULL,
    lang TEXT NOT NULL,
    PRIMARY KEY (hash, kind, id, lang)
);
CREATE INDEX document_media_key ON document_media (kind, id, lang);

-- What readers sent, until the newsroom has confirmed it.
CREATE TABLE spool (
    id         TEXT   NOT NULL PRIMARY KEY,
    body       TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    attempts   BIGINT NOT NULL DEFAULT 0,
    sent_at    BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX spool_unsent ON spool (sent_at, created_at);
