-- +goose Up

-- The chains of steps of an agency. A version is never changed: editions on
-- their way finish on the one they were submitted under. The newest version of
-- a code is the one that is offered, unless it is retired.
CREATE TABLE workflow (
    id         TEXT    NOT NULL PRIMARY KEY,
    agency_id  TEXT    NOT NULL REFERENCES agency (id),
    code       TEXT    NOT NULL,
    version    BIGINT  NOT NULL,
    definition TEXT    NOT NULL, -- JSON
    preferred  BOOLEAN NOT NULL, -- the agency's default
    retired    BOOLEAN NOT NULL,
    created_by TEXT    NOT NULL,
    created_at BIGINT  NOT NULL,
    UNIQUE (agency_id, code, version)
);

-- What was answered to a step's checklist about one exact revision.
CREATE TABLE answer (
    item_id   TEXT   NOT NULL,
    lang      TEXT   NOT NULL,
    hash      TEXT   NOT NULL, -- of the revision
    step      TEXT   NOT NULL,
    question  TEXT   NOT NULL,
    answer    TEXT   NOT NULL,
    person_id TEXT   NOT NULL REFERENCES person (id),
    at        BIGINT NOT NULL,
    PRIMARY KEY (item_id, lang, hash, step, question),
    FOREIGN KEY (item_id, lang) REFERENCES edition (item_id, lang)
);

-- Whose turn it is: one row for each role, or for the one person, of whom the
-- edition's state expects something. Rewritten whenever the edition moves.
CREATE TABLE turn (
    item_id   TEXT   NOT NULL,
    lang      TEXT   NOT NULL,
    verb      TEXT   NOT NULL,
    role      TEXT   NOT NULL, -- '' where it is one person's
    person_id TEXT   NOT NULL, -- '' where it is a role's
    agency_id TEXT   NOT NULL,
    since     BIGINT NOT NULL,
    due       BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (item_id, lang, verb, role, person_id),
    FOREIGN KEY (item_id, lang) REFERENCES edition (item_id, lang)
);
CREATE INDEX turn_role ON turn (agency_id, role, since);
CREATE INDEX turn_person ON turn (person_id, since);

ALTER TABLE edition ADD COLUMN workflow_id TEXT NOT NULL DEFAULT '';
ALTER TABLE edition ADD COLUMN step TEXT NOT NULL DEFAULT '';
ALTER TABLE edition ADD COLUMN taken_by TEXT NOT NULL DEFAULT '';
-- Published before the second person's approval: by whom, until when that is
-- expected, and of which content.
ALTER TABLE edition ADD COLUMN urgent_by TEXT NOT NULL DEFAULT '';
ALTER TABLE edition ADD COLUMN urgent_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE edition ADD COLUMN urgent_due BIGINT NOT NULL DEFAULT 0;
ALTER TABLE edition ADD COLUMN urgent_told BOOLEAN NOT NULL DEFAULT false;
-- Stopped, or cleared, by the confidentiality reviewer.
ALTER TABLE edition ADD COLUMN blocked_by TEXT NOT NULL DEFAULT '';
ALTER TABLE edition ADD COLUMN blocked_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE edition ADD COLUMN block_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE edition ADD COLUMN cleared_by TEXT NOT NULL DEFAULT '';
ALTER TABLE edition ADD COLUMN cleared_hash TEXT NOT NULL DEFAULT '';
CREATE INDEX edition_urgent ON edition (urgent_due);

-- What is on its way goes on along the chain every agency begins with.
UPDATE edition SET workflow_id = 'chain', step = 'edit' WHERE state IN ('submitted', 'editing');
UPDATE edition SET workflow_id = 'chain', step = 'desk' WHERE state = 'desk_review';
UPDATE edition SET workflow_id = 'chain', step = 'approval' WHERE state IN ('approval', 'approved', 'scheduled');
INSERT INTO turn (item_id, lang, verb, role, person_id, agency_id, since)
SELECT item_id, lang, 'submit', '', created_by, agency_id, state_at FROM edition WHERE state IN ('draft', 'returned')
UNION ALL SELECT item_id, lang, 'take', 'editor', '', agency_id, state_at FROM edition WHERE state = 'submitted'
UNION ALL SELECT item_id, lang, 'take', 'reviser', '', agency_id, state_at FROM edition WHERE state = 'submitted'
UNION ALL SELECT item_id, lang, 'pass', 'editor', '', agency_id, state_at FROM edition WHERE state = 'editing'
UNION ALL SELECT item_id, lang, 'pass', 'reviser', '', agency_id, state_at FROM edition WHERE state = 'editing'
UNION ALL SELECT item_id, lang, 'pass', 'managing_editor', '', agency_id, state_at FROM edition WHERE state = 'desk_review'
UNION ALL SELECT item_id, lang, 'approve', 'editor_in_chief', '', agency_id, state_at FROM edition WHERE state = 'approval'
UNION ALL SELECT item_id, lang, 'publish', 'editor_in_chief', '', agency_id, state_at FROM edition WHERE state = 'approved'
UNION ALL SELECT item_id, lang, 'schedule', 'managing_editor', '', agency_id, state_at FROM edition WHERE state = 'approved';
