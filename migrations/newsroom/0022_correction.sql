-- +goose Up

-- On which outlets readers had what a correction puts right (ids, separated by
-- spaces): it stays on the list of each, also when one drops the article. ''
-- for what was corrected before this was noted.
ALTER TABLE change_note ADD COLUMN outlets TEXT NOT NULL DEFAULT '';
