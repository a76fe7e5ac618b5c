// Package kind says what kinds of item exist, and what is known of each beside
// its text: its facts.
//
// One table (sorts) names for every kind its facts, and everything else is made
// of it: the form, the checks, the comparison of two versions, what an API takes
// and what readers see. Adding a kind is adding to that table, and saying where
// readers find it.
//
// # What a fact is
//
// The facts of an item are a map of short texts, Facts, with one entry for each
// thing that is filled in: "starts", "area", and beside a figure "area.unit" or
// "area.source" (Input). Each text has one form for one meaning, whatever
// language it was typed in: a number is 1234.5, a day 2026-12-01. So the same
// facts always have the same JSON, and with it the same hash. What was typed and
// cannot be read is kept as it was typed, behind a question mark, until somebody
// mends it: Check refuses it, but nobody loses it.
//
// A fact is neutral or worded. A neutral one is the same in every language (a
// day, a number, a choice, a place); the source edition alone has it. A worded
// one is written anew in each language, and translated like any passage. A key
// is the one or the other in all kinds, so that it can be told without knowing
// the kind.
package kind

import (
	"slices"

	"doingoai/app/fault"
)

// Kind names a kind of item.
type Kind string

// The kinds.
const (
	Article Kind = "article" // a news item, reportage or any other text
	Event   Kind = "event"   // something that takes place, at a time
	// Document is a legal document, or another official one, of the library.
	Document Kind = "document"
	Page     Kind = "page" // about the province, with an owner and a day of review
)

// sort is what a kind is.
type sort struct {
	kind  Kind
	facts []Fact
	// news says whether it stands in the lists of news, by the day it came out.
	// Other kinds have lists of their own.
	news bool
	// rule refuses what facts cannot say together; nil for nothing.
	rule func(Facts, *fault.Form)
}

// sorts is the table.
var sorts = []sort{
	{kind: Article, news: true},
	{kind: Event, facts: eventFacts, rule: eventRule},
	{kind: Document, facts: documentFacts, rule: documentRule},
	{kind: Page, facts: pageFacts},
}

func (k Kind) sort() (sort, bool) {
	i := slices.IndexFunc(sorts, func(s sort) bool { return s.kind == k })
	if i < 0 {
		return sort{}, false
	}
	return sorts[i], true
}

// All lists the kinds in the order of the table.
func All() []Kind {
	list := make([]Kind, len(sorts))
	for i, s := range sorts {
		list[i] = s.kind
	}
	return list
}

// Known says whether k is a kind this program knows.
func (k Kind) Known() bool {
	_, ok := k.sort()
	return ok
}

// IsNews says whether items of the kind stand in the lists of news.
func (k Kind) IsNews() bool {
	s, _ := k.sort()
	return s.news
}

// Facts lists what is known of an item of the kind, in the order of its form.
func (k Kind) Facts() []Fact {
	s, _ := k.sort()
	return s.facts
}

// HasFile says whether an item of the kind may be a file, with no text but what
// introduces it.
func (k Kind) HasFile() bool {
	return slices.ContainsFunc(k.Facts(), func(f Fact) bool { return f.Type == File })
}

// IsNeutral says whether any fact of the kind is the same in every language.
func (k Kind) IsNeutral() bool {
	return slices.ContainsFunc(k.Facts(), func(f Fact) bool { return !f.Worded })
}
