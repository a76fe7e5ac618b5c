-- +goose Up

-- What was said of a publication that changed what readers had: corrections
-- and major updates are told to them and stay with the page, minor updates are
-- kept for the newsroom.
CREATE TABLE change_note (
    item_id   TEXT   NOT NULL,
    lang      TEXT   NOT NULL,
    number    BIGINT NOT NULL,
    kind      TEXT   NOT NULL, -- correction, major, minor
    note      TEXT   NOT NULL, -- of a correction, what was wrong
    correct   TEXT   NOT NULL, -- of a correction, what is right
    revision  BIGINT NOT NULL,
    person_id TEXT   NOT NULL,
    at        BIGINT NOT NULL,
    PRIMARY KEY (item_id, lang, number),
    FOREIGN KEY (item_id, lang) REFERENCES edition (item_id, lang)
);
INSERT INTO change_note (item_id, lang, number, kind, note, correct, revision, person_id, at)
SELECT item_id, lang, 1, 'correction', correction, '', live_revision, '', corrected_at FROM edition WHERE corrected_at <> 0;
