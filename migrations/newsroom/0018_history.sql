-- +goose Up

-- Why a revision was saved, in its author's words, and which older one it
-- brings back (0: none).
ALTER TABLE revision ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE revision ADD COLUMN restored BIGINT NOT NULL DEFAULT 0;
