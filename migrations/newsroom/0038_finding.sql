-- +goose Up

-- Why something that stands out in a text (a figure that differs from the
-- source's, a term that is not kept to) is right all the same. The key is made
-- of what stands out: where the text is changed so that something else does, the
-- explanation no longer counts.
CREATE TABLE explanation (
    item_id   TEXT   NOT NULL,
    lang      TEXT   NOT NULL,
    key       TEXT   NOT NULL,
    reason    TEXT   NOT NULL,
    person_id TEXT   NOT NULL,
    at        BIGINT NOT NULL,
    PRIMARY KEY (item_id, lang, key),
    FOREIGN KEY (item_id, lang) REFERENCES edition (item_id, lang)
);
