-- +goose Up

-- Lists of editions show the newest first, and are read along an index that
-- has them in this order whatever they are narrowed by: all, an agency's, those
-- in a state. The folded headline stands at the end so that headlines are
-- looked through without reading the rows.
DROP INDEX edition_saved;
DROP INDEX edition_agency;
DROP INDEX edition_saver;
DROP INDEX edition_creator;
CREATE INDEX edition_saved ON edition (saved_at DESC, item_id, lang, headline_folded);
CREATE INDEX edition_agency ON edition (agency_id, saved_at DESC, item_id, lang, headline_folded);
CREATE INDEX edition_stage ON edition (state, saved_at DESC, item_id, lang);
CREATE INDEX edition_agency_stage ON edition (agency_id, state, saved_at DESC, item_id, lang);
CREATE INDEX edition_saver ON edition (saved_by, saved_at DESC, item_id, lang);
CREATE INDEX edition_creator ON edition (created_by, saved_at DESC, item_id, lang);

-- Clocks that run are few.
CREATE INDEX edition_agency_clock ON edition (agency_id, clock_due) WHERE clock_due > 0;
