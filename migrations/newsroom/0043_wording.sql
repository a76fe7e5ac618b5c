-- +goose Up

-- The words that sections, agencies, outlets and files of the library have in
-- each language, with the words of the source that they were made from. The row
-- of the source itself is its own source. behind: 0 level, 1 words, 2 facts.
CREATE TABLE wording (
    kind        TEXT NOT NULL, -- of the thing: section, agency, outlet, media
    id          TEXT NOT NULL,
    part        TEXT NOT NULL, -- of its words: name, caption …
    lang        TEXT NOT NULL,
    agency_id   TEXT NOT NULL, -- whose file it is; '' for what the whole site has
    words       TEXT NOT NULL,
    source_lang TEXT NOT NULL,
    source      TEXT NOT NULL,
    behind      BIGINT NOT NULL DEFAULT 0,
    behind_at   BIGINT NOT NULL DEFAULT 0,
    gone        BOOLEAN NOT NULL DEFAULT false, -- the thing was deleted, and may come back
    PRIMARY KEY (kind, id, part, lang)
);
CREATE INDEX wording_behind ON wording (behind DESC, behind_at, kind, id, part, lang) WHERE behind > 0 AND NOT gone;
CREATE INDEX wording_source ON wording (agency_id, kind, id, part) WHERE lang = source_lang AND NOT gone;
CREATE INDEX wording_agency ON wording (agency_id) WHERE agency_id <> '';

-- What stands there now is level with what stands there now: nobody can know
-- better. What outlets say of themselves follows when the program starts.
INSERT INTO wording (kind, id, part, lang, agency_id, words, source_lang, source)
SELECT 'section', n.section_id, 'name', n.lang, '', n.name, s.lang, s.name
FROM section_name n JOIN section_name s ON s.section_id = n.section_id AND s.lang = (
    SELECT f.lang FROM section_name f WHERE f.section_id = n.section_id AND f.name <> ''
    ORDER BY CASE f.lang WHEN 'vi' THEN 0 WHEN 'en' THEN 1 ELSE 2 END, f.lang LIMIT 1)
WHERE n.name <> '';

INSERT INTO wording (kind, id, part, lang, agency_id, words, source_lang, source)
SELECT 'section', n.section_id, 'description', n.lang, '', n.description, s.lang, s.description
FROM section_name n JOIN section_name s ON s.section_id = n.section_id AND s.lang = (
    SELECT f.lang FROM section_name f WHERE f.section_id = n.section_id AND f.description <> ''
    ORDER BY CASE f.lang WHEN 'vi' THEN 0 WHEN 'en' THEN 1 ELSE 2 END, f.lang LIMIT 1)
WHERE n.description <> '';

INSERT INTO wording (kind, id, part, lang, agency_id, words, source_lang, source)
SELECT 'agency', n.agency_id, 'name', n.lang, '', n.name, s.lang, s.name
FROM agency_name n JOIN agency a ON a.id = n.agency_id AND a.ended_at = 0
JOIN agency_name s ON s.agency_id = n.agency_id AND s.valid_to = 0 AND s.lang = (
    SELECT f.lang FROM agency_name f WHERE f.agency_id = n.agency_id AND f.valid_to = 0 AND f.name <> ''
    ORDER BY CASE f.lang WHEN 'vi' THEN 0 WHEN 'en' THEN 1 ELSE 2 END, f.lang LIMIT 1)
WHERE n.valid_to = 0 AND n.name <> '';

INSERT INTO wording (kind, id, part, lang, agency_id, words, source_lang, source, gone)
SELECT 'media', n.media_hash, 'alt', n.lang, m.agency_id, n.alt, s.lang, s.alt, m.deleted_at <> 0
FROM media_words n JOIN media m ON m.hash = n.media_hash
JOIN media_words s ON s.media_hash = n.media_hash AND s.lang = (
    SELECT f.lang FROM media_words f WHERE f.media_hash = n.media_hash AND f.alt <> ''
    ORDER BY CASE f.lang WHEN 'vi' THEN 0 WHEN 'en' THEN 1 ELSE 2 END, f.lang LIMIT 1)
WHERE n.alt <> '';

INSERT INTO wording (kind, id, part, lang, agency_id, words, source_lang, source, gone)
SELECT 'media', n.media_hash, 'caption', n.lang, m.agency_id, n.caption, s.lang, s.caption, m.deleted_at <> 0
FROM media_words n JOIN media m ON m.hash = n.media_hash
JOIN media_words s ON s.media_hash = n.media_hash AND s.lang = (
    SELECT f.lang FROM media_words f WHERE f.media_hash = n.media_hash AND f.caption <> ''
    ORDER BY CASE f.lang WHEN 'vi' THEN 0 WHEN 'en' THEN 1 ELSE 2 END, f.lang LIMIT 1)
WHERE n.caption <> '';
