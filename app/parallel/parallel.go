// Package parallel holds a translation to its source, paragraph by paragraph.
//
// A text is a list of segments: its fields, each with a key ("headline",
// "lead_alt"), and the paragraphs of its body, whose key is empty. A list or a
// table is one paragraph.
//
// A Pin says what a translation was made from: for each segment of the source,
// the hash of its words and the revision that had them, in the order in which
// the translation has them. Compare lays a pin beside the source as it is now
// and answers how each segment stands: fresh, stale, new, gone, or unsure.
// Nothing but an answer to exactly that segment clears it: Confirm, when the
// translation is right as it is, and Translated, when it was written anew. Align
// carries the pin over when the translation was edited as a whole. Weigh says of
// what became stale whether facts changed or words.
//
// A paragraph has no name that it keeps. Match finds out what became of each,
// from what they say and where they stand:
//
//  1. Equal words are the same paragraph. Where there are more of them on one
//     side than on the other, their neighbours decide.
//  2. One whose words are found in several that follow each other was split,
//     and the other way round merged.
//  3. What is left is paired by likeness: the share of pairs of neighbouring
//     syllables that two paragraphs have in common, marks and case aside. A
//     pair counts when it is alike enough, and either clearly more so than any
//     other that one of the two could make, or stands in the same place
//     between paragraphs that did not change.
//  4. What could be one of several, or has too little in common, is unsure.
//
// Limits. A paragraph that was moved and largely rewritten at once is gone, and
// one is new. Two of equal words that are held to different translations are
// told apart by their neighbours only, so that an answer to one can leave the
// other unsure. Space is no difference, also where it would be one of form: in
// code, or between the lines of a list. Several thousand paragraphs that differ
// by one number each, and all changed their number and their place, are unsure.
package parallel

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode"

	"doingoai/app/markup"
)

// Segment is a part of a text that is translated by itself: a field, or with an
// empty key a paragraph of the body, in Markdown.
type Segment struct {
	Key, Text string
}

// Segments is a text in its segments: the fields that say something, then the
// paragraphs of the body.
func Segments(fields []Segment, body string) []Segment {
	var list []Segment
	for _, f := range fields {
		if tidy(f.Text) != "" {
			list = append(list, f)
		}
	}
	for _, p := range markup.Paragraphs(body) {
		list = append(list, Segment{Text: p})
	}
	return list
}

// Hash names what a segment says: texts that differ in nothing but white space
// have the same.
func Hash(text string) string {
	sum := sha256.Sum256([]byte(tidy(text)))
	return hex.EncodeToString(sum[:16])
}

// tidy is a text with one space for every run of white space, and none around
// it. Most texts are that already, and returned as they are.
func tidy(text string) string {
	before := ' '
	for _, r := range text {
		if unicode.IsSpace(r) && (r != ' ' || before == ' ') {
			return strings.Join(strings.Fields(text), " ")
		}
		before = r
	}
	return strings.TrimSuffix(text, " ")
}
