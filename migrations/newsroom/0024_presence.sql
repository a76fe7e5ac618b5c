-- +goose Up

-- Who has which edition open, one row for each page of a browser. A row is
-- believed until a moment, so that nobody stays for ever whose machine went off.
CREATE TABLE presence (
    item_id   TEXT    NOT NULL,
    lang      TEXT    NOT NULL,
    person_id TEXT    NOT NULL REFERENCES person (id),
    page      TEXT    NOT NULL, -- chosen by the page
    writing   BOOLEAN NOT NULL, -- something was changed there and is not saved
    ends      BIGINT  NOT NULL,
    PRIMARY KEY (item_id, lang, person_id, page),
    FOREIGN KEY (item_id, lang) REFERENCES edition (item_id, lang)
);
CREATE INDEX presence_ends ON presence (ends);

-- Lists ask what somebody has in hand.
CREATE INDEX edition_taken ON edition (taken_by) WHERE taken_by <> '';
