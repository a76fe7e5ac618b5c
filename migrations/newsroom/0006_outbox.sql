-- +goose Up

-- What happened, written in the transaction in which it happened, for whatever
-- follows from it outside of that transaction.
CREATE TABLE outbox (
    seq     BIGINT NOT NULL PRIMARY KEY,
    topic   TEXT   NOT NULL,
    subject TEXT   NOT NULL,
    actor   TEXT   NOT NULL,
    data    TEXT   NOT NULL, -- JSON
    at      BIGINT NOT NULL
);
INSERT INTO counter (name, value) VALUES ('outbox', 0), ('outbox_spread', 0);

-- One row for each handler that an event concerns.
CREATE TABLE delivery (
    seq     BIGINT NOT NULL REFERENCES outbox (seq),
    handler TEXT   NOT NULL,
    subject TEXT   NOT NULL,
    state   TEXT   NOT NULL, -- waiting, done, dead
    tries   BIGINT NOT NULL,
    due     BIGINT NOT NULL, -- not before; while somebody has it in hand, the end of their lease
    trouble TEXT   NOT NULL, -- of the last try
    PRIMARY KEY (seq, handler)
);
CREATE INDEX delivery_due ON delivery (state, due);
CREATE INDEX delivery_order ON delivery (handler, subject, state, seq);
