-- +goose Up

-- The turns of a queue, from the oldest on: what waits for a person is read
-- queue by queue, each only as far as it is shown.
DROP INDEX turn_role;
DROP INDEX turn_person;
CREATE INDEX turn_role ON turn (agency_id, role, verb, since, item_id, lang);
CREATE INDEX turn_person ON turn (person_id, verb, since, item_id, lang);
