-- +goose Up

-- Proofs that a letter was sent with, so that none is good twice, and until when
-- each of them counted. Nothing tells which letter it was.
CREATE TABLE used_proof (
    id    TEXT   NOT NULL PRIMARY KEY,
    until BIGINT NOT NULL
);
CREATE INDEX used_proof_until ON used_proof (until);
