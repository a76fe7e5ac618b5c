-- +goose Up

-- Links by which somebody without an account reads one edition as it stands.
-- opened counts all openings, recent those of the hour that began at hour.
CREATE TABLE preview_link (
    id         TEXT   NOT NULL PRIMARY KEY,
    token_hash TEXT   NOT NULL UNIQUE,
    item_id    TEXT   NOT NULL,
    lang       TEXT   NOT NULL,
    reader     TEXT   NOT NULL, -- for whom it is, in the words of who made it
    created_by TEXT   NOT NULL REFERENCES person (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    revoked_at BIGINT NOT NULL DEFAULT 0,
    opened     BIGINT NOT NULL DEFAULT 0,
    opened_at  BIGINT NOT NULL DEFAULT 0,
    hour       BIGINT NOT NULL DEFAULT 0,
    recent     BIGINT NOT NULL DEFAULT 0,
    FOREIGN KEY (item_id, lang) REFERENCES edition (item_id, lang)
);
CREATE INDEX preview_link_edition ON preview_link (item_id, lang, created_at);
