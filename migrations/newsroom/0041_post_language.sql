-- +goose Up

-- The languages to which a post is limited, with spaces between them; '' for all.
ALTER TABLE membership ADD COLUMN languages TEXT NOT NULL DEFAULT '';
