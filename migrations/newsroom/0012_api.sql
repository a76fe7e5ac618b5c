-- +goose Up

-- Requests of programs that carry a key of their own, so that a request sent
-- twice is carried out once. Kept for a day.
CREATE TABLE api_request (
    token_id    TEXT    NOT NULL REFERENCES token (id),
    key         TEXT    NOT NULL,
    fingerprint TEXT    NOT NULL, -- of what was asked
    lease       TEXT    NOT NULL, -- of whoever has it in hand
    begun_at    BIGINT  NOT NULL,
    done        BOOLEAN NOT NULL, -- it took effect; written in the transaction of the effect
    status      BIGINT  NOT NULL, -- of the answer, 0 while there is none
    location    TEXT    NOT NULL,
    body        TEXT    NOT NULL,
    PRIMARY KEY (token_id, key)
);
CREATE INDEX api_request_begun ON api_request (begun_at);
