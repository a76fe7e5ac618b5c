-- +goose Up

-- ------------------------------------- sound, films and documents in the library

-- What a file is to people, and how long it lasts.
ALTER TABLE media ADD COLUMN kind TEXT NOT NULL DEFAULT 'picture'; -- picture, audio, video, document
ALTER TABLE media ADD COLUMN seconds BIGINT NOT NULL DEFAULT 0; -- 0: it does not say
CREATE INDEX media_kind ON media (kind, created_at, hash);
