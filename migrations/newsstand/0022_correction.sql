-- +goose Up

-- One row for each correction on each outlet whose readers had what was wrong,
-- or have the article now. card is what the list of corrections shows of it;
-- number counts the article's corrections from the first one.
CREATE TABLE correction (
    outlet TEXT   NOT NULL,
    lang   TEXT   NOT NULL,
    at     BIGINT NOT NULL,
    id     TEXT   NOT NULL,
    number BIGINT NOT NULL,
    card   TEXT   NOT NULL,
    PRIMARY KEY (outlet, lang, at, id, number)
);
CREATE INDEX correction_id ON correction (id, lang);

-- What has been released before is listed too. Both lists of a document, the
-- newest correction and the earlier ones, are newest first.
INSERT INTO correction (outlet, lang, at, id, number, card)
SELECT o.value, c.lang, CAST(unixepoch(c.said ->> 'at', 'subsec') * 1000000 AS INTEGER), c.id, c.number,
    json_object('id', c.id, 'lang', c.lang, 'number', c.number, 'section', c.body ->> 'section', 'slug', c.body ->> 'slug',
        'title', COALESCE(NULLIF(json_extract(c.body, '$.stands."' || o.value || '".title'), ''), c.body ->> 'title'),
        'note', c.said ->> 'note', 'right', COALESCE(c.said ->> 'right', ''), 'at', c.said ->> 'at')
FROM (
    SELECT d.id, d.lang, d.body, d.body -> 'correction' AS said, 1 + COALESCE(json_array_length(d.body, '$.earlier'), 0) AS number
    FROM document d WHERE d.kind = 'article' AND d.op = 'put' AND d.body ->> '$.correction.at' IS NOT NULL
    UNION ALL
    SELECT d.id, d.lang, d.body, e.value, json_array_length(d.body, '$.earlier') - e.key
    FROM document d JOIN json_each(d.body, '$.earlier') e WHERE d.kind = 'article' AND d.op = 'put'
) c JOIN json_each(c.body, '$.outlets') o
WHERE true
ON CONFLICT DO NOTHING;
