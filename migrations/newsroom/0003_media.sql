-- +goose Up

-- ------------------------------------------------------------ media library

-- What people say of a file: its name as they know it, where its motif is,
-- whose it is and on which terms. A file that was deleted stays as a row, and
-- its bytes until nothing needs them.
ALTER TABLE media ADD COLUMN file_name TEXT NOT NULL DEFAULT '';
ALTER TABLE media ADD COLUMN search TEXT NOT NULL DEFAULT ''; -- in which names and words are searched
ALTER TABLE media ADD COLUMN focus_x BIGINT NOT NULL DEFAULT 500; -- thousandths of the width
ALTER TABLE media ADD COLUMN focus_y BIGINT NOT NULL DEFAULT 500; -- thousandths of the height
ALTER TABLE media ADD COLUMN credit TEXT NOT NULL DEFAULT '';
ALTER TABLE media ADD COLUMN licence TEXT NOT NULL DEFAULT '';
ALTER TABLE media ADD COLUMN terms TEXT NOT NULL DEFAULT '';
ALTER TABLE media ADD COLUMN expires_at BIGINT NOT NULL DEFAULT 0; -- of the rights; 0: never
ALTER TABLE media ADD COLUMN shared BOOLEAN NOT NULL DEFAULT false; -- other agencies may use it
ALTER TABLE media ADD COLUMN version BIGINT NOT NULL DEFAULT 1; -- of what people say of it
ALTER TABLE media ADD COLUMN released BOOLEAN NOT NULL DEFAULT false; -- readers have it or had it once
ALTER TABLE media ADD COLUMN deleted_at BIGINT NOT NULL DEFAULT 0;
CREATE INDEX media_created ON media (created_at, hash);
UPDATE media SET file_name = name, search = name;
UPDATE media SET released = true WHERE hash IN (SELECT hash FROM release_media);
UPDATE media SET released = true WHERE EXISTS (SELECT 1 FROM release_history h WHERE h.body LIKE '%' || media.hash || '%');

-- The agencies that brought a file themselves, each with the person who did.
-- The media row has the first of them, which says whose it is.
CREATE TABLE media_holder (
    media_hash TEXT   NOT NULL REFERENCES media (hash),
    agency_id  TEXT   NOT NULL,
    person_id  TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (media_hash, agency_id)
);
CREATE INDEX media_holder_agency ON media_holder (agency_id);
INSERT INTO media_holder (media_hash, agency_id, person_id, created_at)
    SELECT hash, agency_id, person_id, created_at FROM media;

-- What a file shows, by language.
CREATE TABLE media_words (
    media_hash TEXT NOT NULL REFERENCES media (hash),
    lang       TEXT NOT NULL,
    alt        TEXT NOT NULL,
    caption    TEXT NOT NULL,
    PRIMARY KEY (media_hash, lang)
);

-- Which texts use a file: 'newest', the newest revision; 'live', what readers
-- have.
CREATE TABLE media_use (
    media_hash TEXT NOT NULL,
    item_id    TEXT NOT NULL,
    lang       TEXT NOT NULL,
    place      TEXT NOT NULL,
    PRIMARY KEY (media_hash, item_id, lang, place)
);
CREATE INDEX media_use_edition ON media_use (item_id, lang, place);
INSERT INTO media_use (media_hash, item_id, lang, place)
    SELECT m.hash, e.item_id, e.lang, 'newest' FROM edition e
    JOIN revision r ON r.item_id = e.item_id AND r.lang = e.lang AND r.number = e.head
    JOIN media m ON r.content LIKE '%' || m.hash || '%' OR m.small_hash <> '' AND r.content LIKE '%' || m.small_hash || '%';
INSERT INTO media_use (media_hash, item_id, lang, place)
    SELECT m.hash, e.item_id, e.lang, 'live' FROM edition e
    JOIN revision r ON r.item_id = e.item_id AND r.lang = e.lang AND r.number = e.live_revision
    JOIN media m ON r.content LIKE '%' || m.hash || '%' OR m.small_hash <> '' AND r.content LIKE '%' || m.small_hash || '%'
    WHERE e.live = 'live';
