package search

import (
	"sync"

	index "github.com/blevesearch/bleve_index_api"
)

// Names of the fields. Words, pairs, marks and heads (the words and pairs of
// the headline) are kept per language: see fieldOf.
const (
	wordsField     = "words"
	pairsField     = "pairs"
	marksField     = "marks"
	headField      = "head"
	langField      = "lang"
	outletField    = "outlet"
	sectionField   = "section"
	publishedField = "published"
	tagField       = "tag"
)

// fieldOf is the field that holds one language's terms.
func fieldOf(name, lang string) string { return name + "." + lang }

// field is a list of terms that the engine indexes as they are. It implements
// bleve's document.Field. Terms may be made late, by the engine's workers.
type field struct {
	name    string
	options index.FieldIndexingOptions
	terms   func() termCounts

	once   sync.Once
	length int
	counts index.TokenFrequencies
}

// termCounts says how much each term weighs in a text of that many words.
type termCounts struct {
	length int
	counts map[string]int
}

// Options of our fields. Nothing is stored, no positions are kept; the engine
// adds the document's key by itself.
const (
	// scored fields know how often a term occurs and how long the text is.
	scored = index.IndexField
	// plain fields only know that a term occurs.
	plain = index.IndexField | index.SkipFreqNorm
	// readable fields can be read back for a document that was found.
	readable = index.IndexField | index.SkipFreqNorm | index.DocValues
)

// keywords is a field of terms taken as they are, such as section ids.
func keywords(name string, options index.FieldIndexingOptions, terms ...string) *field {
	return &field{name: name, options: options, terms: func() termCounts {
		counts := make(map[string]int, len(terms))
		for _, t := range terms {
			counts[t] = 1
		}
		return termCounts{length: len(counts), counts: counts}
	}}
}

// Analyze makes the terms; the engine calls it in a worker.
func (f *field) Analyze() {
	f.once.Do(func() {
		made := f.terms()
		f.length = made.length
		f.counts = make(index.TokenFrequencies, len(made.counts))
		for t, n := range made.counts {
			frequency := &index.TokenFreq{Term: []byte(t)}
			frequency.SetFrequency(n)
			f.counts[t] = frequency
		}
	})
}

func (f *field) Name() string                                     { return f.name }
func (f *field) Options() index.FieldIndexingOptions              { return f.options }
func (f *field) AnalyzedLength() int                              { return f.length }
func (f *field) AnalyzedTokenFrequencies() index.TokenFrequencies { return f.counts }
func (f *field) Value() []byte                                    { return nil }
func (f *field) ArrayPositions() []uint64                         { return nil }
func (f *field) EncodedFieldType() byte                           { return 't' }
func (f *field) NumPlainTextBytes() uint64                        { return 0 }
func (f *field) Size() int                                        { return 0 }
