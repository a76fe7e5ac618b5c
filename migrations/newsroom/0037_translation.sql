-- +goose Up

-- What a translation was made from, segment by segment (app/parallel): that of
-- its newest text, and that of the text readers have.
CREATE TABLE translation (
    item_id     TEXT   NOT NULL,
    lang        TEXT   NOT NULL,
    source_lang TEXT   NOT NULL,
    pin         TEXT   NOT NULL,
    live_pin    TEXT   NOT NULL,
    version     BIGINT NOT NULL, -- grows with each change of pin
    PRIMARY KEY (item_id, lang),
    FOREIGN KEY (item_id, lang) REFERENCES edition (item_id, lang)
);
CREATE INDEX translation_source ON translation (item_id, source_lang);

-- What it was made from when this revision was saved.
ALTER TABLE revision ADD COLUMN pin TEXT NOT NULL DEFAULT '';

-- How many passages of its source say something else by now, or are new or gone,
-- and how many of those changed a figure, a name or a denial: of the newest
-- texts, and of what readers have. And since when readers have a source that is
-- ahead, and by when a critical change has to be caught up with.
ALTER TABLE edition ADD COLUMN stale BIGINT NOT NULL DEFAULT 0;
ALTER TABLE edition ADD COLUMN critical BIGINT NOT NULL DEFAULT 0;
ALTER TABLE edition ADD COLUMN live_stale BIGINT NOT NULL DEFAULT 0;
ALTER TABLE edition ADD COLUMN live_critical BIGINT NOT NULL DEFAULT 0;
ALTER TABLE edition ADD COLUMN behind_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE edition ADD COLUMN behind_due BIGINT NOT NULL DEFAULT 0;
CREATE INDEX edition_behind ON edition (agency_id, behind_at) WHERE behind_at > 0;

-- Whether the translations that were there before have been counted.
INSERT INTO counter (name, value) VALUES ('recounted', 0);
