-- +goose Up

-- What keeps a scheduled edition from being published at its time: since when,
-- and what ('' for nothing).
ALTER TABLE edition ADD COLUMN hindered_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE edition ADD COLUMN hindrance TEXT NOT NULL DEFAULT '';

-- Since when readers have a translation whose original was withdrawn; 0: they
-- have not, or somebody has decided about it.
ALTER TABLE edition ADD COLUMN source_gone_at BIGINT NOT NULL DEFAULT 0;

-- After which change of the story (correction or major) an outlet's words are to
-- be compared with it. Outlets were also asked after a first publication and
-- after minor updates, which change nothing that their words could say: those
-- tasks are taken back.
ALTER TABLE placement ADD COLUMN check_for TEXT NOT NULL DEFAULT '';
UPDATE placement SET check_for = COALESCE((SELECT MIN(c.kind) FROM change_note c
    WHERE c.item_id = placement.item_id AND c.lang = placement.lang AND c.at >= placement.check_since AND c.kind IN ('correction', 'major')), '')
WHERE check_since > 0;
UPDATE placement SET check_since = 0 WHERE check_for = '';
DELETE FROM turn WHERE verb = 'recheck' AND NOT EXISTS (SELECT 1 FROM placement p
    WHERE p.item_id = turn.item_id AND p.lang = turn.lang AND p.check_since > 0);
