package search

import (
	"fmt"
	"slices"
)

// count fills in how many of the documents that were met have each tag that is
// asked for.
func (s *search) count(met []uint64, result *Result) error {
	if len(met) == 0 {
		return nil
	}
	slices.Sort(met)
	result.Counts = map[string]int{}
	for _, beginning := range s.query.Count {
		if err := s.countEach(beginning, met, result.Counts); err != nil {
			return fmt.Errorf("count tags %s: %w", beginning, err)
		}
	}
	return nil
}

// countEach counts the tags that begin with a text. Each document has exactly
// one of those: what the other tags leave over belongs to the most frequent one,
// whose list, the longest, is not walked.
func (s *search) countEach(beginning string, met []uint64, counts map[string]int) error {
	tags, err := s.tags(beginning)
	if err != nil || len(tags) == 0 {
		return err
	}
	cursors := make([]*cursor, len(tags))
	defer func() {
		for _, c := range cursors {
			if c != nil {
				_ = c.reader.Close() // gives buffers back; nothing to lose
			}
		}
	}()
	most := 0
	for i, tag := range tags {
		if cursors[i], err = openCursor(s.ctx, s.reader, tagField, tag, false); err != nil {
			return err
		}
		if cursors[i].count > cursors[most].count {
			most = i
		}
	}
	left := len(met)
	for i, tag := range tags {
		if i == most {
			continue
		}
		n, err := having(cursors[i], met)
		if err != nil {
			return err
		}
		if n > 0 {
			counts[tag] = n
		}
		left -= n
	}
	if left > 0 {
		counts[tags[most]] = left
	}
	return nil
}

// tags lists the tags of the index that begin with a text.
func (s *search) tags(beginning string) ([]string, error) {
	dictionary, err := s.reader.FieldDictPrefix(tagField, []byte(beginning))
	if err != nil {
		return nil, err
	}
	defer dictionary.Close()
	var tags []string
	for {
		entry, err := dictionary.Next()
		if err != nil || entry == nil {
			return tags, err
		}
		tags = append(tags, entry.Term)
	}
}

// having is how many of the documents, in their order, a cursor comes by. Both
// lists are walked at once, each skipping to where the other stands.
func having(c *cursor, met []uint64) (n int, err error) {
	for len(met) > 0 {
		if err := c.seek(met[0]); err != nil {
			return 0, err
		}
		if c.at != met[0] {
			skip, _ := slices.BinarySearch(met, c.at)
			met = met[skip:]
			continue
		}
		n, met = n+1, met[1:]
	}
	return n, nil
}
