-- +goose Up

-- Neighbouring words of headlines, folded, by which a list finds the few
-- editions that say something rare. Bytes, because both databases compare
-- those alike. Editions whose headline is not filed yet are filed when the
-- program starts.
CREATE TABLE headline_pair (
    pair    BYTEA NOT NULL,
    item_id TEXT  NOT NULL,
    lang    TEXT  NOT NULL,
    PRIMARY KEY (pair, item_id, lang),
    FOREIGN KEY (item_id, lang) REFERENCES edition (item_id, lang)
);
ALTER TABLE edition ADD COLUMN headline_filed BOOLEAN NOT NULL DEFAULT false;
CREATE INDEX edition_unfiled ON edition (item_id, lang) WHERE NOT headline_filed;
