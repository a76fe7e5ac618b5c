-- +goose Up

-- How an outlet carries an edition: one of another agency decides for itself
-- whether, since when and under which headline; one of the edition's own agency
-- has a row when it has words or a moment of its own. words are those in force
-- (JSON), draft those that nobody has approved yet, '' for none.
CREATE TABLE placement (
    item_id     TEXT   NOT NULL,
    lang        TEXT   NOT NULL,
    outlet_id   TEXT   NOT NULL REFERENCES outlet (id),
    state       TEXT   NOT NULL,
    state_at    BIGINT NOT NULL,
    reason      TEXT   NOT NULL DEFAULT '',
    words       TEXT   NOT NULL DEFAULT '{}',
    draft       TEXT   NOT NULL DEFAULT '',
    drafted_by  TEXT   NOT NULL DEFAULT '',
    drafted_at  BIGINT NOT NULL DEFAULT 0,
    decided_by  TEXT   NOT NULL DEFAULT '',
    publish_at  BIGINT NOT NULL DEFAULT 0, -- 0: with the edition
    live_at     BIGINT NOT NULL DEFAULT 0, -- since when readers of the outlet have it
    check_since BIGINT NOT NULL DEFAULT 0, -- since when its words are to be compared with a corrected text
    PRIMARY KEY (item_id, lang, outlet_id),
    FOREIGN KEY (item_id, lang) REFERENCES edition (item_id, lang)
);
CREATE INDEX placement_due ON placement (publish_at) WHERE publish_at > 0;
CREATE INDEX placement_outlet ON placement (outlet_id);

-- What stands on outlets of other agencies stays there.
INSERT INTO placement (item_id, lang, outlet_id, state, state_at, live_at)
SELECT s.item_id, s.lang, s.outlet_id, 'carried', e.first_live_at, e.first_live_at
FROM standing s
JOIN edition e ON e.item_id = s.item_id AND e.lang = s.lang
JOIN outlet o ON o.id = s.outlet_id AND o.agency_id <> e.agency_id
WHERE e.live = 'live';

-- Several agencies may be asked for the same thing of one edition.
ALTER TABLE turn RENAME TO turn_before;
CREATE TABLE turn (
    item_id   TEXT   NOT NULL,
    lang      TEXT   NOT NULL,
    verb      TEXT   NOT NULL,
    role      TEXT   NOT NULL, -- '' where it is one person's
    person_id TEXT   NOT NULL, -- '' where it is a role's
    agency_id TEXT   NOT NULL,
    since     BIGINT NOT NULL,
    due       BIGINT NOT NULL DEFAULT 0,
    CONSTRAINT turn_each PRIMARY KEY (item_id, lang, verb, role, person_id, agency_id),
    FOREIGN KEY (item_id, lang) REFERENCES edition (item_id, lang)
);
INSERT INTO turn (item_id, lang, verb, role, person_id, agency_id, since, due)
SELECT item_id, lang, verb, role, person_id, agency_id, since, due FROM turn_before;
DROP TABLE turn_before;
CREATE INDEX turn_role ON turn (agency_id, role, since);
CREATE INDEX turn_person ON turn (person_id, since);
