-- +goose Up

-- On which outlets readers find an edition, or found it last: whoever answers
-- for one of them may withdraw what stands there.
CREATE TABLE standing (
    item_id   TEXT NOT NULL,
    lang      TEXT NOT NULL,
    outlet_id TEXT NOT NULL REFERENCES outlet (id),
    PRIMARY KEY (item_id, lang, outlet_id),
    FOREIGN KEY (item_id, lang) REFERENCES edition (item_id, lang)
);
CREATE INDEX standing_outlet ON standing (outlet_id);

-- A revision's outlets are a list in its content; elsewhere in it quotation
-- marks are escaped.
INSERT INTO standing (item_id, lang, outlet_id)
SELECT e.item_id, e.lang, o.id
FROM edition e
JOIN revision r ON r.item_id = e.item_id AND r.lang = e.lang AND r.number = e.live_revision
JOIN outlet o ON r.content LIKE '%"' || o.id || '"%'
WHERE e.live <> '';
