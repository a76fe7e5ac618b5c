-- +goose Up

-- Languages of an item that go out together or not at all: who said so, and at
-- which moment they go (0: somebody does it by hand). There is one such set of an
-- item at a time; it ends when readers have it, or when it is dissolved. What was
-- said and done with it is on the trail of its editions.
CREATE TABLE release_set (
    item_id      TEXT   NOT NULL PRIMARY KEY REFERENCES item (id),
    bound_by     TEXT   NOT NULL REFERENCES person (id),
    bound_at     BIGINT NOT NULL,
    publish_at   BIGINT NOT NULL DEFAULT 0,
    scheduled_by TEXT   NOT NULL DEFAULT ''
);
CREATE INDEX release_set_due ON release_set (publish_at) WHERE publish_at > 0;

-- The languages of a set; there need not be an edition yet. behind_of is the
-- revision of its source behind which a translation may go out, though what
-- changed there is critical: somebody said why (0: nobody did).
CREATE TABLE release_set_member (
    item_id   TEXT   NOT NULL REFERENCES release_set (item_id),
    lang      TEXT   NOT NULL,
    behind_of BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (item_id, lang)
);

-- Whether an edition belongs to a set, and which language of it keeps a scheduled
-- edition from readers ('': it is its own hindrance).
ALTER TABLE edition ADD COLUMN bound BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE edition ADD COLUMN hindered_lang TEXT NOT NULL DEFAULT '';
