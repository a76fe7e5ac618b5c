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
		tags, err := s.tags(beginning)
		if err != nil {
			return fmt.Errorf("list tags: %w", err)
		}
		for _, tag := range tags {
			n, err := s.having(tag, met)
			if err != nil {
				return fmt.Errorf("count a tag: %w", err)
			}
			if n > 0 {
				result.Counts[tag] = n
			}
		}
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

// having is how many of the documents, in their order, have a tag. Both lists
// are walked at once, each skipping to where the other stands.
func (s *search) having(tag string, met []uint64) (n int, err error) {
	c, err := openCursor(s.ctx, s.reader, tagField, tag, false)
	if err != nil {
		return 0, err
	}
	defer func() { _ = c.reader.Close() }() // gives buffers back; nothing to lose
	for len(met) > 0 {
		if err := c.seek(met[0]); err != nil {
			return 0, err
		}
		skip, found := slices.BinarySearch(met, c.at)
		if found {
			n, skip = n+1, skip+1
		}
		met = met[skip:]
	}
	return n, nil
}
