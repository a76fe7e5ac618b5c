-- +goose Up

-- Who scheduled an edition: when they are disabled, its publication waits for
-- another chief. Of what was scheduled before this is unknown.
ALTER TABLE edition ADD COLUMN scheduled_by TEXT NOT NULL DEFAULT '';
