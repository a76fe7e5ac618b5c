-- +goose Up

-- What people say to each other about an edition. A thread begins with a
-- comment, general or pinned to words of the text; its answers carry the
-- number of that one. Nothing is deleted: what its author took back keeps its
-- place, without words.
CREATE TABLE comment (
    item_id     TEXT    NOT NULL,
    lang        TEXT    NOT NULL,
    number      BIGINT  NOT NULL, -- from 1 within the edition
    thread      BIGINT  NOT NULL, -- number of the comment that begins it
    author_id   TEXT    NOT NULL REFERENCES person (id),
    created_at  BIGINT  NOT NULL,
    edited_at   BIGINT  NOT NULL DEFAULT 0,
    deleted_at  BIGINT  NOT NULL DEFAULT 0,
    body        TEXT    NOT NULL,
    mentions    TEXT    NOT NULL, -- ids of people, parted by spaces
    revision    BIGINT  NOT NULL, -- that its author had before them
    passage     BIGINT  NOT NULL, -- of that revision, from 0: where the quoted words stand
    quote       TEXT    NOT NULL, -- '' for a general one
    prefix      TEXT    NOT NULL, -- what stands before the quoted words
    suffix      TEXT    NOT NULL, -- and after
    blocking    BOOLEAN NOT NULL,
    resolved_by TEXT    NOT NULL DEFAULT '',
    resolved_at BIGINT  NOT NULL DEFAULT 0,
    PRIMARY KEY (item_id, lang, number),
    FOREIGN KEY (item_id, lang) REFERENCES edition (item_id, lang)
);
