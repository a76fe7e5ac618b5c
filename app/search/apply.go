package search

import (
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/blevesearch/bleve/v2/document"
	index "github.com/blevesearch/bleve_index_api"
)

// MaxWords is how many words of one document are indexed, headline first:
// about forty printed pages. Words beyond it are not found; the page itself
// is unaffected. The bound keeps one document from stalling the follower.
const MaxWords = 20000

// What an occurrence weighs in the headline, in kicker and standfirst, and in
// the body. One list of postings per term then ranks all fields together,
// which is several times cheaper than asking each field.
const (
	titleWeight      = 5
	standfirstWeight = 2
	bodyWeight       = 1
)

// Apply puts changes and cursor into the index as one batch and answers when
// it is on disk and visible to searches: after a crash either all of it is
// there or nothing. Applying the same changes again changes nothing; of
// several changes to one document the last counts.
func (x *Index) Apply(changes []Change, cursor int64) error {
	batch := index.NewBatch()
	for i := range changes {
		if err := x.add(batch, &changes[i]); err != nil {
			return fmt.Errorf("search: apply up to %d: %w", cursor, err)
		}
	}
	batch.SetInternal(cursorKey, binary.BigEndian.AppendUint64(nil, uint64(cursor)))

	x.open.RLock() // the engine must not close while a batch waits for the disk
	defer x.open.RUnlock()
	if x.closed {
		return ErrClosed
	}
	x.applying.Lock()
	defer x.applying.Unlock()
	if err := x.engine.Batch(batch); err != nil {
		return fmt.Errorf("search: apply up to %d: %w", cursor, err)
	}
	return nil
}

func (x *Index) add(batch *index.Batch, change *Change) error {
	if change.Delete {
		if change.ID == "" || !isLang(change.Lang) {
			return fmt.Errorf("deletion of %q without id or language", documentKey(change.ID, change.Lang))
		}
		batch.Delete(documentKey(change.ID, change.Lang))
		return nil
	}
	d := change.Document
	if d == nil {
		return errors.New("change without document")
	}
	if d.ID == "" || !isLang(d.Lang) {
		return fmt.Errorf("document %q without id or language", documentKey(d.ID, d.Lang))
	}
	batch.Update(x.document(d))
	return nil
}

// isLang tells a language tag; it becomes part of a field's name.
func isLang(tag string) bool {
	if len(tag) < 2 || len(tag) > 16 {
		return false
	}
	for _, r := range tag {
		if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && r != '-' {
			return false
		}
	}
	return true
}

// document makes the engine's form of d.
func (x *Index) document(d *Document) *document.Document {
	text := sync.OnceValue(func() *textTerms { return x.terms.text(d) })
	out := document.NewDocument(documentKey(d.ID, d.Lang))
	for _, f := range []*field{
		{name: fieldOf(wordsField, d.Lang), options: scored, terms: func() termCounts { return text().words }},
		{name: fieldOf(pairsField, d.Lang), options: scored, terms: func() termCounts { return text().pairs }},
		{name: fieldOf(headField, d.Lang), options: plain, terms: func() termCounts { return text().head }},
		{name: fieldOf(marksField, d.Lang), options: plain, terms: func() termCounts { return text().marks }},
		keywords(langField, plain, d.Lang),
		keywords(outletField, plain, d.Outlets...),
		keywords(sectionField, plain, d.Sections...),
		keywords(publishedField, readable, hourText(d.Published)),
	} {
		out.AddField(f)
	}
	if len(d.Tags) > 0 {
		out.AddField(keywords(tagField, plain, d.Tags...))
	}
	return out
}

// textTerms are the terms of a document's words, cut once for all fields.
type textTerms struct{ words, pairs, head, marks termCounts }

func (a *analyzer) text(d *Document) *textTerms {
	t := &textTerms{
		words: termCounts{counts: map[string]int{}},
		pairs: termCounts{counts: map[string]int{}},
		marks: termCounts{counts: map[string]int{}},
	}
	room := MaxWords
	for i, part := range []struct {
		text   string
		weight int
	}{
		{d.Title, titleWeight},
		{d.Kicker, standfirstWeight},
		{d.Standfirst, standfirstWeight},
		{d.Body, bodyWeight},
	} {
		words := a.words(d.Lang, part.text, room)
		room -= len(words)
		t.add(words, part.weight)
		if i == 0 {
			t.head = t.both()
		}
		for _, m := range marked(part.text, len(words)) {
			t.marks.counts[m] = 1
		}
	}
	t.words.length = MaxWords - room
	t.pairs.length = t.words.length
	t.marks.length = len(t.marks.counts)
	return t
}

func (t *textTerms) add(words []term, weight int) {
	before := ""
	for _, w := range words {
		t.words.counts[w.text] += weight
		if w.stop {
			continue
		}
		if before != "" {
			t.pairs.counts[pair(before, w.text)] += weight
		}
		before = w.text
	}
}

// both are the words and pairs so far, each once.
func (t *textTerms) both() termCounts {
	all := termCounts{counts: map[string]int{}}
	for _, terms := range []map[string]int{t.words.counts, t.pairs.counts} {
		for text := range terms {
			all.counts[text] = 1
		}
	}
	all.length = len(all.counts)
	return all
}

// hourText writes a time so that texts compare as times do, to the hour.
func hourText(t time.Time) string {
	hours := max(t.Unix()/3600, 0)
	text := strconv.FormatInt(hours, 36)
	return strings.Repeat("0", max(6-len(text), 0)) + text
}
