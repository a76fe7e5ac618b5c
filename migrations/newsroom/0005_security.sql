-- +goose Up

-- ---------------------------------------------------------- people and sessions

-- What an account is: a person who signs in, or a service that never does and
-- comes with tokens only.
ALTER TABLE person ADD COLUMN kind TEXT NOT NULL DEFAULT 'person';

-- When the person last proved in this session who they are, and whether the
-- session was opened with a second factor.
ALTER TABLE session ADD COLUMN proved_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE session ADD COLUMN strong BOOLEAN NOT NULL DEFAULT false;

-- -------------------------------------------------------------- second factors

-- The secret that a person's authenticator app shares with us, sealed with a
-- key that is not in the database.
CREATE TABLE authenticator (
    person_id  TEXT   NOT NULL PRIMARY KEY REFERENCES person (id),
    secret     TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    used_step  BIGINT NOT NULL -- the newest time step whose code was taken
);

CREATE TABLE recovery_code (
    person_id TEXT   NOT NULL REFERENCES person (id),
    hash      TEXT   NOT NULL,
    used_at   BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (person_id, hash)
);

CREATE TABLE passkey (
    id         TEXT   NOT NULL PRIMARY KEY, -- the credential's, in base64url
    person_id  TEXT   NOT NULL REFERENCES person (id),
    name       TEXT   NOT NULL,
    credential TEXT   NOT NULL, -- JSON: public key, counter, flags
    created_at BIGINT NOT NULL,
    used_at    BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX passkey_person ON passkey (person_id);

-- What must be remembered for a few minutes between two requests of one proof.
CREATE TABLE ceremony (
    token_hash TEXT   NOT NULL PRIMARY KEY,
    kind       TEXT   NOT NULL,
    person_id  TEXT   NOT NULL DEFAULT '',
    network    TEXT   NOT NULL, -- that began it
    data       TEXT   NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX ceremony_network ON ceremony (network, expires_at);

-- ----------------------------------------------------------- sign-in elsewhere

-- Who somebody is to an issuer of identities.
CREATE TABLE identity (
    issuer     TEXT   NOT NULL,
    subject    TEXT   NOT NULL,
    person_id  TEXT   NOT NULL REFERENCES person (id),
    created_at BIGINT NOT NULL,
    PRIMARY KEY (issuer, subject)
);
CREATE INDEX identity_person ON identity (person_id);

-- -------------------------------------------------------------------- programs

-- Tokens with which programs speak for a person or a service.
CREATE TABLE token (
    id         TEXT   NOT NULL PRIMARY KEY,
    hash       TEXT   NOT NULL UNIQUE,
    person_id  TEXT   NOT NULL REFERENCES person (id),
    name       TEXT   NOT NULL,
    scopes     TEXT   NOT NULL, -- separated by spaces
    created_by TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at    BIGINT NOT NULL DEFAULT 0,
    address    TEXT   NOT NULL DEFAULT '', -- of the last use
    revoked_at BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX token_person ON token (person_id);

-- --------------------------------------------------------------------- absence

-- While somebody is away another person holds their posts.
CREATE TABLE absence (
    id            TEXT   NOT NULL PRIMARY KEY,
    person_id     TEXT   NOT NULL REFERENCES person (id),
    substitute_id TEXT   NOT NULL REFERENCES person (id),
    valid_from    BIGINT NOT NULL,
    valid_to      BIGINT NOT NULL,
    note          TEXT   NOT NULL,
    created_by    TEXT   NOT NULL,
    created_at    BIGINT NOT NULL
);
CREATE INDEX absence_person ON absence (person_id, valid_to);
CREATE INDEX absence_substitute ON absence (substitute_id, valid_to);
