-- +goose Up

-- Whether an edition is a translation: the overview of translations reads the
-- originals, the newest first, and what is under way in other languages.
ALTER TABLE edition ADD COLUMN translated BOOLEAN NOT NULL DEFAULT false;
UPDATE edition SET translated = true WHERE lang <> (SELECT source_lang FROM item WHERE id = edition.item_id);
CREATE INDEX edition_original ON edition (saved_at DESC, item_id, lang) WHERE NOT translated;
CREATE INDEX edition_agency_original ON edition (agency_id, saved_at DESC, item_id, lang) WHERE NOT translated;
CREATE INDEX edition_translated ON edition (state, agency_id, lang, item_id) WHERE translated;
