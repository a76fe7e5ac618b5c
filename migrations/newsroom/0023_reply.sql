-- +goose Up

-- What was decided about replies of affected parties (NĐ 237/2026 Đ21): one
-- that is refused, which readers never get, and the end of an exchange. Replies
-- that are published are part of the text.
CREATE TABLE reply_ruling (
    item_id   TEXT   NOT NULL REFERENCES item (id),
    number    BIGINT NOT NULL,
    kind      TEXT   NOT NULL, -- refused, ended
    exchange  TEXT   NOT NULL, -- which party's
    party     TEXT   NOT NULL,
    position  TEXT   NOT NULL DEFAULT '',
    received  TEXT   NOT NULL DEFAULT '', -- of a refused reply: 2026-11-24
    text      TEXT   NOT NULL DEFAULT '', -- of a refused reply
    rounds    BIGINT NOT NULL DEFAULT 0,  -- of an ended exchange: how many there were
    reason    TEXT   NOT NULL,
    person_id TEXT   NOT NULL,
    at        BIGINT NOT NULL,
    PRIMARY KEY (item_id, number)
);
