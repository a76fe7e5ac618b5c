-- +goose Up

-- The approvals that stand: somebody who had not written it approved this very
-- revision, before it was published or after (what was published urgently).
-- One that is taken back is taken out; the audit trail has it for ever.
-- edition.approved and what is beside it is the newest of them.
CREATE TABLE approval (
    item_id   TEXT   NOT NULL,
    lang      TEXT   NOT NULL,
    revision  BIGINT NOT NULL,
    hash      TEXT   NOT NULL,
    person_id TEXT   NOT NULL REFERENCES person (id),
    at        BIGINT NOT NULL,
    PRIMARY KEY (item_id, lang, revision),
    FOREIGN KEY (item_id, lang) REFERENCES edition (item_id, lang)
);

-- What was approved before this is told by the trail: except what a block, a
-- withdrawal or an expiry took back before it was approved again.
INSERT INTO approval (item_id, lang, revision, hash, person_id, at)
SELECT given.item_id, given.lang, given.number, a.revision, a.actor_id, a.at
FROM (
    SELECT r.item_id, r.lang, r.number, MAX(a.seq) AS seq
    FROM revision r
    JOIN audit a ON a.subject = 'edition/' || r.item_id || '/' || r.lang AND a.revision = r.hash
    WHERE a.verb IN ('edition.approve', 'edition.confirm')
      AND r.number = (SELECT MAX(s.number) FROM revision s
          WHERE s.item_id = r.item_id AND s.lang = r.lang AND s.hash = r.hash AND s.created_at <= a.at)
      AND NOT EXISTS (SELECT 1 FROM audit v
          WHERE v.subject = a.subject AND v.seq > a.seq AND a.verb = 'edition.approve'
            AND v.verb IN ('edition.block', 'edition.withdraw', 'edition.expire')
            AND v.from_state IN ('approved', 'scheduled') AND v.to_state = 'approval'
            AND NOT EXISTS (SELECT 1 FROM audit n
                WHERE n.subject = a.subject AND n.verb = 'edition.approve' AND n.seq > a.seq AND n.seq < v.seq))
    GROUP BY r.item_id, r.lang, r.number
) AS given
JOIN audit a ON a.seq = given.seq
JOIN person ON person.id = a.actor_id;

UPDATE edition SET
    approved = COALESCE((SELECT MAX(p.revision) FROM approval p WHERE p.item_id = edition.item_id AND p.lang = edition.lang), 0);
UPDATE edition SET
    approved_hash = COALESCE((SELECT p.hash FROM approval p WHERE p.item_id = edition.item_id AND p.lang = edition.lang AND p.revision = edition.approved), ''),
    approved_by = COALESCE((SELECT p.person_id FROM approval p WHERE p.item_id = edition.item_id AND p.lang = edition.lang AND p.revision = edition.approved), ''),
    approved_at = COALESCE((SELECT p.at FROM approval p WHERE p.item_id = edition.item_id AND p.lang = edition.lang AND p.revision = edition.approved), 0);

-- Where an edition stood once a revision of it was saved: in its writer's hands
-- (draft, returned) or with the editors. '' where nobody knows.
ALTER TABLE revision ADD COLUMN state TEXT NOT NULL DEFAULT '';
UPDATE revision SET state = COALESCE((SELECT MIN(a.to_state) FROM audit a
    WHERE a.subject = 'edition/' || revision.item_id || '/' || revision.lang AND a.revision = revision.hash
      AND a.verb IN ('edition.create', 'edition.save') AND a.at = revision.created_at), '');

-- A block is of the story: of all its languages.
UPDATE edition SET
    blocked_by = (SELECT b.blocked_by FROM edition b WHERE b.item_id = edition.item_id AND b.blocked_at > 0 ORDER BY b.blocked_at, b.lang LIMIT 1),
    block_reason = (SELECT b.block_reason FROM edition b WHERE b.item_id = edition.item_id AND b.blocked_at > 0 ORDER BY b.blocked_at, b.lang LIMIT 1),
    blocked_at = (SELECT MIN(b.blocked_at) FROM edition b WHERE b.item_id = edition.item_id AND b.blocked_at > 0)
WHERE blocked_at = 0 AND EXISTS (SELECT 1 FROM edition b WHERE b.item_id = edition.item_id AND b.blocked_at > 0);
