-- +goose Up

-- Tags and authors. into_id is the one it was merged into, '' while it stands;
-- closed_at from when on no further article is given it, 0 while it is open.
CREATE TABLE label (
    id         TEXT   NOT NULL PRIMARY KEY,
    sort       TEXT   NOT NULL, -- tag, author
    agency_id  TEXT   NOT NULL DEFAULT '',
    into_id    TEXT   NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL,
    closed_at  BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE label_name (
    label_id TEXT NOT NULL REFERENCES label (id),
    lang     TEXT NOT NULL,
    sort     TEXT NOT NULL, -- the label's, to be found by it
    name     TEXT NOT NULL,
    folded   TEXT NOT NULL, -- without marks and capitals
    slug     TEXT NOT NULL,
    line     TEXT NOT NULL,
    PRIMARY KEY (label_id, lang)
);
CREATE UNIQUE INDEX label_name_folded ON label_name (sort, folded, lang);

-- Every slug a label ever had. A slug is never given to another one of its sort.
CREATE TABLE label_slug (
    sort     TEXT NOT NULL,
    lang     TEXT NOT NULL,
    slug     TEXT NOT NULL,
    label_id TEXT NOT NULL REFERENCES label (id),
    PRIMARY KEY (sort, lang, slug)
);
CREATE INDEX label_slug_label ON label_slug (label_id);
