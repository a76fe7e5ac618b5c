-- +goose Up

-- An edition knows the kind of its item: lists are narrowed to one, and every
-- verb asks the table of kinds what is to be known of it.
ALTER TABLE edition ADD COLUMN kind TEXT NOT NULL DEFAULT 'article';
UPDATE edition SET kind = (SELECT kind FROM item WHERE id = edition.item_id)
    WHERE item_id IN (SELECT id FROM item WHERE kind <> 'article');
CREATE INDEX edition_kind ON edition (kind, saved_at DESC, item_id, lang) WHERE kind <> 'article';
