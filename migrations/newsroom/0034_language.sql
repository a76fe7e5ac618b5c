-- +goose Up

-- Editions of one language, the last saved first: of a language in which there
-- are few, a list must not look through all others.
CREATE INDEX edition_language ON edition (lang, saved_at DESC, item_id);
