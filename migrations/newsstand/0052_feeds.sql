-- +goose Up

-- What was withdrawn lately, for feeds that take it back, and the articles that
-- are listened to, for podcasts.
CREATE INDEX document_withdrawn ON document (lang, at) WHERE kind = 'article' AND op = 'withdraw';
CREATE INDEX listing_heard ON listing (outlet, lang, section, published, id) WHERE substr(card ->> '$.plays.type', 1, 6) = 'audio/';
