-- +goose Up

-- ------------------------------------------------------- files on their way in

-- A file that a person brings in pieces. It goes on where the line dropped,
-- also after a restart, through whichever process of the newsroom. media_hash is
-- the file of the library that it became, '' until then.
CREATE TABLE media_upload (
    id         TEXT   NOT NULL PRIMARY KEY,
    person_id  TEXT   NOT NULL,
    agency_id  TEXT   NOT NULL,
    name       TEXT   NOT NULL,
    size       BIGINT NOT NULL,
    arrived    BIGINT NOT NULL,
    touched_at BIGINT NOT NULL,
    media_hash TEXT   NOT NULL
);
CREATE INDEX media_upload_person ON media_upload (person_id);
CREATE INDEX media_upload_touched ON media_upload (touched_at);

-- Its pieces, which lie in the store of files until it is whole, each under a
-- name of its own.
CREATE TABLE media_piece (
    upload_id TEXT   NOT NULL REFERENCES media_upload (id),
    start     BIGINT NOT NULL,
    size      BIGINT NOT NULL,
    hash      TEXT   NOT NULL,
    PRIMARY KEY (upload_id, start)
);
