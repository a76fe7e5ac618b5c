-- +goose Up

-- By what a letter was answered, as the trail names it: the edition whose
-- correction it was; '' when somebody just closed it. So far both were known to
-- belong together by the moment of their transaction.
ALTER TABLE letter ADD COLUMN answered_by TEXT NOT NULL DEFAULT '';

UPDATE letter SET answered_by = COALESCE((
	SELECT 'edition/' || c.item_id || '/' || c.lang FROM change_note c
	WHERE c.kind = 'correction' AND c.item_id = letter.item_id AND c.at = letter.done_at ORDER BY c.lang LIMIT 1), '')
	WHERE done_at > 0 AND item_id <> '';
