-- +goose Up

-- Checksums of applied migrations, so that a changed one is noticed.
CREATE TABLE migration_sum (
    version BIGINT NOT NULL PRIMARY KEY,
    sum     TEXT   NOT NULL
);

-- Counters handed out inside a writing transaction: a number becomes visible
-- in order, because the row stays locked until its transaction has ended.
CREATE TABLE counter (
    name  TEXT   NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL
);
INSERT INTO counter (name, value) VALUES ('release', 0), ('audit', 0);

-- Small facts about this installation (for example its random identity).
CREATE TABLE setting (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

-- ------------------------------------------------------------------ people

CREATE TABLE person (
    id            TEXT    NOT NULL PRIMARY KEY,
    email         TEXT    NOT NULL UNIQUE,
    name          TEXT    NOT NULL,
    locale        TEXT    NOT NULL,
    password_hash TEXT    NOT NULL,
    created_at    BIGINT  NOT NULL,
    disabled_at   BIGINT  NOT NULL DEFAULT 0
);

CREATE TABLE membership (
    id         TEXT   NOT NULL PRIMARY KEY,
    person_id  TEXT   NOT NULL REFERENCES person (id),
    agency_id  TEXT   NOT NULL,
    role       TEXT   NOT NULL,
    valid_from BIGINT NOT NULL,
    valid_to   BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX membership_person ON membership (person_id);

CREATE TABLE session (
    token_hash TEXT   NOT NULL PRIMARY KEY,
    id         TEXT   NOT NULL UNIQUE,
    person_id  TEXT   NOT NULL REFERENCES person (id),
    created_at BIGINT NOT NULL,
    seen_at    BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    address    TEXT   NOT NULL,
    agent      TEXT   NOT NULL
);
CREATE INDEX session_person ON session (person_id);

-- Links that work once: the first administrator, an invitation, a reset.
CREATE TABLE ticket (
    token_hash TEXT   NOT NULL PRIMARY KEY,
    purpose    TEXT   NOT NULL,
    person_id  TEXT   NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at    BIGINT NOT NULL DEFAULT 0
);

-- Failed sign-ins by account and by address.
CREATE TABLE throttle (
    subject       TEXT   NOT NULL PRIMARY KEY,
    failures      BIGINT NOT NULL,
    window_start  BIGINT NOT NULL,
    blocked_until BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE audit (
    seq       BIGINT NOT NULL PRIMARY KEY,
    at        BIGINT NOT NULL,
    actor_id  TEXT   NOT NULL,
    agency_id TEXT   NOT NULL,
    role      TEXT   NOT NULL,
    address   TEXT   NOT NULL,
    verb      TEXT   NOT NULL,
    subject   TEXT   NOT NULL,
    from_state TEXT  NOT NULL,
    to_state  TEXT   NOT NULL,
    revision  TEXT   NOT NULL,
    reason    TEXT   NOT NULL,
    detail    TEXT   NOT NULL,
    previous  TEXT   NOT NULL,
    hash      TEXT   NOT NULL
);
CREATE INDEX audit_subject ON audit (subject, seq);

-- --------------------------------------------- agencies, outlets, sections

CREATE TABLE agency (
    id         TEXT   NOT NULL PRIMARY KEY,
    code       TEXT   NOT NULL UNIQUE,
    created_at BIGINT NOT NULL
);
CREATE TABLE agency_name (
    agency_id  TEXT   NOT NULL REFERENCES agency (id),
    lang       TEXT   NOT NULL,
    name       TEXT   NOT NULL,
    valid_from BIGINT NOT NULL,
    valid_to   BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (agency_id, lang, valid_from)
);

CREATE TABLE section (
    id        TEXT   NOT NULL PRIMARY KEY,
    code      TEXT   NOT NULL UNIQUE,
    parent_id TEXT   NOT NULL DEFAULT '',
    position  BIGINT NOT NULL
);
CREATE TABLE section_name (
    section_id  TEXT NOT NULL REFERENCES section (id),
    lang        TEXT NOT NULL,
    name        TEXT NOT NULL,
    slug        TEXT NOT NULL,
    description TEXT NOT NULL,
    PRIMARY KEY (section_id, lang)
);
-- Every slug a section ever had. A slug is never given to another section.
CREATE TABLE section_slug (
    lang       TEXT NOT NULL,
    slug       TEXT NOT NULL,
    section_id TEXT NOT NULL REFERENCES section (id),
    PRIMARY KEY (lang, slug)
);

CREATE TABLE outlet (
    id         TEXT    NOT NULL PRIMARY KEY,
    code       TEXT    NOT NULL UNIQUE,
    agency_id  TEXT    NOT NULL REFERENCES agency (id),
    theme      TEXT    NOT NULL,
    hosts      TEXT    NOT NULL,
    languages  TEXT    NOT NULL,
    texts      TEXT    NOT NULL,
    is_default BOOLEAN NOT NULL
);

-- ------------------------------------------------------------------- media

CREATE TABLE media (
    hash       TEXT   NOT NULL PRIMARY KEY,
    name       TEXT   NOT NULL,
    type       TEXT   NOT NULL,
    size       BIGINT NOT NULL,
    width      BIGINT NOT NULL,
    height     BIGINT NOT NULL,
    colour     TEXT   NOT NULL,
    small_hash TEXT   NOT NULL,
    small_size BIGINT NOT NULL,
    small_width BIGINT NOT NULL,
    small_height BIGINT NOT NULL,
    agency_id  TEXT   NOT NULL,
    person_id  TEXT   NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX media_small ON media (small_hash);

-- ---------------------------------------------------------------- newsroom

CREATE TABLE item (
    id          TEXT   NOT NULL PRIMARY KEY,
    kind        TEXT   NOT NULL,
    agency_id   TEXT   NOT NULL REFERENCES agency (id),
    source_lang TEXT   NOT NULL,
    created_by  TEXT   NOT NULL REFERENCES person (id),
    created_at  BIGINT NOT NULL
);

-- An item in one language. state is where its newest revision stands in the
-- workflow; live says what readers have, which may be an older revision.
CREATE TABLE edition (
    item_id       TEXT    NOT NULL REFERENCES item (id),
    lang          TEXT    NOT NULL,
    agency_id     TEXT    NOT NULL,
    state         TEXT    NOT NULL,
    state_at      BIGINT  NOT NULL,
    head          BIGINT  NOT NULL,
    headline      TEXT    NOT NULL,
    headline_folded TEXT  NOT NULL, -- in which headlines are searched
    section_id    TEXT    NOT NULL,
    created_by    TEXT    NOT NULL REFERENCES person (id),
    created_at    BIGINT  NOT NULL,
    saved_by      TEXT    NOT NULL REFERENCES person (id),
    saved_at      BIGINT  NOT NULL,
    reason        TEXT    NOT NULL DEFAULT '',
    approved      BIGINT  NOT NULL DEFAULT 0,
    approved_hash TEXT    NOT NULL DEFAULT '',
    approved_by   TEXT    NOT NULL DEFAULT '',
    approved_at   BIGINT  NOT NULL DEFAULT 0,
    publish_at    BIGINT  NOT NULL DEFAULT 0,
    live          TEXT    NOT NULL DEFAULT '',
    live_revision BIGINT  NOT NULL DEFAULT 0,
    live_seq      BIGINT  NOT NULL DEFAULT 0,
    first_live_at BIGINT  NOT NULL DEFAULT 0,
    correction    TEXT    NOT NULL DEFAULT '', -- what readers are told was wrong
    corrected_at  BIGINT  NOT NULL DEFAULT 0,
    PRIMARY KEY (item_id, lang)
);
CREATE INDEX edition_state ON edition (state, agency_id, state_at);
CREATE INDEX edition_saved ON edition (saved_at, item_id);
CREATE INDEX edition_creator ON edition (created_by, state);
CREATE INDEX edition_agency ON edition (agency_id, saved_at);
CREATE INDEX edition_due ON edition (publish_at);

-- An immutable saved version of an edition.
CREATE TABLE revision (
    item_id     TEXT   NOT NULL,
    lang        TEXT   NOT NULL,
    number      BIGINT NOT NULL,
    content     TEXT   NOT NULL,
    hash        TEXT   NOT NULL,
    author_id   TEXT   NOT NULL REFERENCES person (id),
    created_at  BIGINT NOT NULL,
    based_on    BIGINT NOT NULL,
    source_lang TEXT   NOT NULL,
    source_revision BIGINT NOT NULL,
    PRIMARY KEY (item_id, lang, number),
    FOREIGN KEY (item_id, lang) REFERENCES edition (item_id, lang)
);

-- What a person has typed and not yet saved.
CREATE TABLE autosave (
    person_id TEXT   NOT NULL REFERENCES person (id),
    item_id   TEXT   NOT NULL,
    lang      TEXT   NOT NULL,
    base      BIGINT NOT NULL,
    content   TEXT   NOT NULL,
    saved_at  BIGINT NOT NULL,
    PRIMARY KEY (person_id, item_id, lang)
);

-- ------------------------------------------------------------- release log

-- The newest release of each key; a follower asks for seq > cursor.
CREATE TABLE release (
    kind TEXT   NOT NULL,
    id   TEXT   NOT NULL,
    lang TEXT   NOT NULL,
    seq  BIGINT NOT NULL UNIQUE,
    op   TEXT   NOT NULL,
    at   BIGINT NOT NULL,
    hash TEXT   NOT NULL,
    body TEXT   NOT NULL,
    PRIMARY KEY (kind, id, lang)
);

-- Superseded releases, so that a page can be shown as it read on a date.
CREATE TABLE release_history (
    seq           BIGINT NOT NULL PRIMARY KEY,
    kind          TEXT   NOT NULL,
    id            TEXT   NOT NULL,
    lang          TEXT   NOT NULL,
    op            TEXT   NOT NULL,
    at            BIGINT NOT NULL,
    hash          TEXT   NOT NULL,
    body          TEXT   NOT NULL,
    superseded_at BIGINT NOT NULL
);
CREATE INDEX release_history_key ON release_history (kind, id, lang, seq);

-- The media files of each current release: only these reach a newsstand.
CREATE TABLE release_media (
    kind TEXT NOT NULL,
    id   TEXT NOT NULL,
    lang TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (kind, id, lang, hash)
);
CREATE INDEX release_media_hash ON release_media (hash);

-- ------------------------------------------------------- what readers send

CREATE TABLE letter (
    id          TEXT   NOT NULL PRIMARY KEY,
    kind        TEXT   NOT NULL,
    outlet      TEXT   NOT NULL,
    lang        TEXT   NOT NULL,
    item_id     TEXT   NOT NULL,
    address     TEXT   NOT NULL,
    message     TEXT   NOT NULL,
    contact     TEXT   NOT NULL,
    sent_at     BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    done_at     BIGINT NOT NULL DEFAULT 0,
    done_by     TEXT   NOT NULL DEFAULT ''
);
CREATE INDEX letter_open ON letter (done_at, received_at);
