-- +goose Up

-- One row for each list of a tag, an author, an agency or a place that an
-- article stands on; list names it, such as 'tag/…'. What the list shows is the
-- card of the outlet's whole list, so that a row is short.
CREATE TABLE mention (
    outlet    TEXT   NOT NULL,
    lang      TEXT   NOT NULL,
    list      TEXT   NOT NULL,
    published BIGINT NOT NULL,
    id        TEXT   NOT NULL,
    PRIMARY KEY (outlet, lang, list, published, id)
);
CREATE INDEX mention_id ON mention (id, lang);

-- What has been released before stands on the list of the agency that it
-- belongs to.
INSERT INTO mention (outlet, lang, list, published, id)
SELECT l.outlet, l.lang, 'agency/' || (d.body ->> 'agency'), l.published, l.id
FROM listing l JOIN document d ON d.kind = 'article' AND d.id = l.id AND d.lang = l.lang
WHERE l.section = '' AND COALESCE(d.body ->> 'agency', '') <> ''
ON CONFLICT DO NOTHING;
