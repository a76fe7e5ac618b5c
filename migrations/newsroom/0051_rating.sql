-- +goose Up

-- How useful readers found a page: sums of a day, and nothing of any reader.
-- five is how many gave it five of five.
CREATE TABLE rating (
    outlet  TEXT   NOT NULL,
    lang    TEXT   NOT NULL,
    address TEXT   NOT NULL,
    day     TEXT   NOT NULL, -- in Vietnam, 2006-01-02
    item_id TEXT   NOT NULL,
    section TEXT   NOT NULL,
    one     BIGINT NOT NULL DEFAULT 0,
    two     BIGINT NOT NULL DEFAULT 0,
    three   BIGINT NOT NULL DEFAULT 0,
    four    BIGINT NOT NULL DEFAULT 0,
    five    BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (outlet, lang, address, day)
);
CREATE INDEX rating_day ON rating (day);

-- Ratings that were counted, so that one that is handed over twice counts once.
-- They are forgotten after a while.
CREATE TABLE rating_counted (
    id TEXT   NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL
);
CREATE INDEX rating_counted_at ON rating_counted (at);
