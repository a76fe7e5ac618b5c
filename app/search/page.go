package search

import (
	"fmt"
	"math"
	"slices"
	"strings"

	index "github.com/blevesearch/bleve_index_api"
)

// block is how many hits are put in order of time together. Blocks begin at
// fixed ranks, so that pages of one result neither overlap nor miss a hit.
const block = 100

// nearly is the ratio of scores that counts as equally good.
const nearly = 1.05

// window is how many of the best hits must be known to show the page.
func (s *search) window() int {
	end := s.query.From + s.query.Size
	if end > MaxHits {
		return 0
	}
	return (end + block - 1) / block * block
}

// page puts near equals newest first and fills result with the page's hits.
func (s *search) page(hits []found, result *Result) error {
	from := min(s.query.From, len(hits))
	to := min(s.query.From+s.query.Size, len(hits))
	for start := from / block * block; start < to; start += block {
		if err := s.newestFirst(hits[start:min(start+block, len(hits))]); err != nil {
			return err
		}
	}
	for _, hit := range hits[from:to] {
		key, err := s.reader.ExternalID(index.NewIndexInternalID(nil, hit.number))
		if err != nil {
			return fmt.Errorf("read a hit: %w", err)
		}
		id, lang := splitKey(key)
		result.Hits = append(result.Hits, Hit{ID: id, Lang: lang, Score: hit.score})
	}
	return nil
}

// newestFirst sorts a block by score in steps, and by time within a step.
func (s *search) newestFirst(hits []found) error {
	hours, err := s.hours(hits)
	if err != nil {
		return err
	}
	slices.SortStableFunc(hits, func(f, g found) int {
		if a, b := step(f.score), step(g.score); a != b {
			return b - a
		}
		return strings.Compare(hours[g.number], hours[f.number])
	})
	return nil
}

// step is the rung of a ladder of scores that are nearly apart.
func step(score float64) int {
	if score <= 0 {
		return math.MinInt32
	}
	return int(math.Floor(math.Log(score) / math.Log(nearly)))
}

// hours reads when the documents were published. Neighbouring documents share
// a page of the file, so they are read in the engine's order.
func (s *search) hours(hits []found) (map[uint64]string, error) {
	numbers := make([]uint64, len(hits))
	for i, hit := range hits {
		numbers[i] = hit.number
	}
	slices.Sort(numbers)
	values, err := s.reader.DocValueReader([]string{publishedField})
	if err != nil {
		return nil, fmt.Errorf("read dates: %w", err)
	}
	out := make(map[uint64]string, len(numbers))
	for _, number := range numbers {
		id := index.NewIndexInternalID(nil, number)
		err := values.VisitDocValues(id, func(_ string, hour []byte) { out[number] = string(hour) })
		if err != nil {
			return nil, fmt.Errorf("read dates: %w", err)
		}
	}
	return out, nil
}
