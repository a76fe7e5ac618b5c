-- +goose Up

-- What outlets are asked about an edition is seen by those who see no more of
-- it. What they were told of that is about the offer, and leads to its page.
UPDATE notice SET subject = 'offer/' || substr(subject, 9), href = href || '/outlets'
	WHERE words IN ('notice.waiting.carry', 'notice.waiting.recheck') AND subject LIKE 'edition/%';
