-- +goose Up

-- One row for each outlet that carries an event: when it takes place, from one
-- moment until before the other, and what a list shows of it.
CREATE TABLE event (
    outlet TEXT   NOT NULL,
    lang   TEXT   NOT NULL,
    id     TEXT   NOT NULL,
    starts BIGINT NOT NULL,
    ends   BIGINT NOT NULL,
    card   TEXT   NOT NULL,
    PRIMARY KEY (outlet, lang, id)
);
CREATE INDEX event_starts ON event (outlet, lang, starts, id);
CREATE INDEX event_ends ON event (outlet, lang, ends, id);
CREATE INDEX event_key ON event (id, lang);
