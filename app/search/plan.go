package search

import (
	"math"
	"slices"
)

// enough is the number of hits at which a search asks no further tier.
const enough = 10

// What the kinds of term weigh against each other. Measured on the judged
// sets that quality_test.go reads.
const (
	wordBoost = 1.0
	pairBoost = 1.0
	markBoost = 0.25
	// No number of mentions in a text weighs as much as its headline: what an
	// occurrence adds stays below wordBoost or pairBoost.
	headBoost = 1.0
)

// sentence is the number of words from which a query is a sentence rather
// than keywords. Hardly a text holds all words of a question, and one that
// does is not the only good answer: then the last tier is asked even when the
// second found something, and asks for less. But where all its words stand one
// after the other, the sentence itself was found.
const sentence = 8

// What share of the words the last tier asks for.
const (
	keywordCoverage  = 0.6
	sentenceCoverage = 0.4
)

// tier is a way to ask, from exact to lenient. What one tier finds the next
// finds too.
type tier int

const (
	neighbours tier = iota // words that stand together must stand together
	everyWord              // every word, anywhere
	mostWords              // most of the words
	tiers                  // how many there are
)

// want is a term to look for.
type want struct {
	field string // without the language
	text  string
}

// plan is a query made ready for one language.
type plan struct {
	lang    string
	units   []want // each part's pairs, or its word when it is only one
	phrases []want // those of units that stand inside quotation marks
	words   []want // words outside quotation marks
	pairs   []want // pairs outside quotation marks
	heads   []want // units as a headline holds them
	marks   []want // syllables written with their marks
	length  int    // how many words were typed, those that say nothing included
}

// planFor cuts the query into the terms of one language.
func (a *analyzer) planFor(lang string, parts []part) plan {
	p := plan{lang: lang}
	for _, part := range parts {
		typed := a.words(lang, part.text, MaxQueryRunes)
		words := content(typed)
		p.length += len(typed)
		joined := wants(pairsField, pairs(words))
		units := joined
		if len(joined) == 0 {
			units = wants(wordsField, words)
		}
		p.units = append(p.units, units...)
		p.marks = append(p.marks, wants(marksField, marked(part.text, MaxQueryRunes))...)
		if part.quoted {
			p.phrases = append(p.phrases, units...)
			continue
		}
		if len(typed) < sentence {
			p.words = append(p.words, lookedFor(typed)...)
		} else {
			p.words = append(p.words, wants(wordsField, words)...)
		}
		p.pairs = append(p.pairs, joined...)
	}
	for _, unit := range p.units {
		p.heads = append(p.heads, want{headField, unit.text})
	}
	for _, list := range []*[]want{&p.units, &p.heads, &p.phrases, &p.words, &p.pairs, &p.marks} {
		*list = unique(*list)
	}
	return p
}

func wants(field string, texts []string) []want {
	out := make([]want, len(texts))
	for i, text := range texts {
		out[i] = want{field: field, text: text}
	}
	return out
}

// unique drops repetitions and keeps the order.
func unique(list []want) []want {
	var out []want
	for _, w := range list {
		if !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return out
}

// atLeast is how many of the words the last tier asks for: all of one or two.
func (p *plan) atLeast() int {
	n := len(p.words)
	switch {
	case n < 3:
		return n
	case p.length < sentence:
		return int(math.Ceil(keywordCoverage * float64(n)))
	}
	return int(math.Ceil(sentenceCoverage * float64(n)))
}

// adds tells whether a tier can find more than the one before it.
func (p *plan) adds(t tier) bool {
	switch t {
	case everyWord: // also where it finds the same: it decides about the last tier
		return len(p.pairs) > 0 || p.adds(mostWords)
	case mostWords:
		return p.atLeast() < len(p.words)
	}
	return true
}

// satisfied tells whether a search that found total documents in tier t is
// done. longest is the number of words typed.
func (t tier) satisfied(total uint64, longest int) bool {
	switch {
	case total >= enough || t == mostWords:
		return true
	case t == everyWord:
		return total > 0 && longest < sentence
	case t == neighbours: // a whole headline, copied from somewhere: this is the text that is meant
		return total > 0 && longest >= sentence
	}
	return false
}
