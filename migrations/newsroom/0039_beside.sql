-- +goose Up

-- What somebody typed of a translation beside its source and has not saved: its
-- passages, in JSON; empty of a text that was typed as a whole.
ALTER TABLE autosave ADD COLUMN beside TEXT NOT NULL DEFAULT '';
