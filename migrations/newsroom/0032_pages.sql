-- +goose Up

-- How many pages a document has; 0 where nobody knows, as of all that came before.
ALTER TABLE media ADD COLUMN pages BIGINT NOT NULL DEFAULT 0;
