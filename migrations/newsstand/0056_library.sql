-- +goose Up

-- One row for each outlet that carries a legal document: what its library is
-- narrowed by, and what a list shows of it.
CREATE TABLE library (
    outlet    TEXT NOT NULL,
    lang      TEXT NOT NULL,
    id        TEXT NOT NULL,
    number    TEXT NOT NULL,
    issuer    TEXT NOT NULL,
    issued    TEXT NOT NULL,
    effective TEXT NOT NULL,
    force     TEXT NOT NULL,
    field     TEXT NOT NULL,
    card      TEXT NOT NULL,
    PRIMARY KEY (outlet, lang, id)
);
CREATE INDEX library_issued ON library (outlet, lang, issued, id, issuer, field, force, effective);
CREATE INDEX library_number ON library (outlet, lang, number);
CREATE INDEX library_key ON library (id, lang);
