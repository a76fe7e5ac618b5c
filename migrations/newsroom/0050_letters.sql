-- +goose Up

-- What a letter of kind contact is about, and the version of the privacy
-- statement that its writer left an e-mail address under; what was answered to
-- the writer, and when the address was erased (0: it was not).
ALTER TABLE letter ADD COLUMN topic   TEXT NOT NULL DEFAULT '';
ALTER TABLE letter ADD COLUMN consent TEXT NOT NULL DEFAULT '';
ALTER TABLE letter ADD COLUMN answer  TEXT NOT NULL DEFAULT '';
ALTER TABLE letter ADD COLUMN erased_at BIGINT NOT NULL DEFAULT 0;
