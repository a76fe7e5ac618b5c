-- +goose Up

-- The sign before an outlet's name: a PNG, in base64; '' is its theme's.
ALTER TABLE outlet ADD COLUMN emblem TEXT NOT NULL DEFAULT '';
