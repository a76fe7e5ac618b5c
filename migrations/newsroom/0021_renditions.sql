-- +goose Up

-- ---------------------------------------------------------------- renditions

-- The files of a picture in other widths and formats, made after it came in.
-- The picture itself and its first smaller rendition are in the media row.
CREATE TABLE media_rendition (
    media_hash TEXT   NOT NULL REFERENCES media (hash),
    type       TEXT   NOT NULL,
    width      BIGINT NOT NULL,
    height     BIGINT NOT NULL,
    hash       TEXT   NOT NULL,
    size       BIGINT NOT NULL,
    PRIMARY KEY (media_hash, type, width)
);
CREATE INDEX media_rendition_hash ON media_rendition (hash);

-- The pictures whose renditions are still to be made: 'waiting', or 'failed'
-- when they were given up. A process that has one in hand moves its due time to
-- the end of its lease.
CREATE TABLE media_job (
    media_hash TEXT   NOT NULL PRIMARY KEY REFERENCES media (hash),
    state      TEXT   NOT NULL,
    tries      BIGINT NOT NULL,
    due        BIGINT NOT NULL,
    trouble    TEXT   NOT NULL
);
CREATE INDEX media_job_due ON media_job (state, due);

-- Pictures of before. What readers have comes first.
INSERT INTO media_job (media_hash, state, tries, due, trouble)
    SELECT hash, 'waiting', 0, CASE WHEN released THEN 0 ELSE 1 END, '' FROM media WHERE type LIKE 'image/%';
