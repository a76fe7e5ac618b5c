-- +goose Up

-- When readers lose the page again, and before when they must not have it.
ALTER TABLE edition ADD COLUMN expires_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE edition ADD COLUMN embargo_until BIGINT NOT NULL DEFAULT 0;
CREATE INDEX edition_expiry ON edition (expires_at);
