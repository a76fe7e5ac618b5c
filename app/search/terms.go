package search

import (
	"bytes"
	"strings"
	"unicode"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	porter "github.com/blevesearch/go-porterstemmer"

	"doingoai/app/vietnamese"
)

// analyzer turns text into terms, the same way for documents and queries.
type analyzer struct {
	englishStops map[string]bool
}

func newAnalyzer() *analyzer {
	stops := analysis.NewTokenMap()
	_ = stops.LoadBytes(bytes.ToLower(en.EnglishStopWords)) // reads memory: cannot fail
	return &analyzer{englishStops: stops}
}

// term is a word of a text in the form in which words are compared. In
// Vietnamese it is a folded syllable, in English a folded stem.
type term struct {
	text string
	// stop marks English words such as "of" that say nothing alone. They are
	// indexed, but neighbours are paired across them ("ministry of planning"
	// holds the pair of ministry and planning), and a query does without them.
	stop bool
	// joined marks a character that no space parts from the term before it.
	joined bool
}

// words cuts text into terms, at most limit of them.
func (a *analyzer) words(lang, text string, limit int) []term {
	var out []term
	folded := vietnamese.FoldSearch(text)
	for _, token := range vietnamese.Syllables(folded) {
		for i, piece := range pieces(token.Text) {
			if len(out) == limit {
				return out
			}
			if lang == "en" {
				if isPossessive(folded, token) {
					continue
				}
				out = append(out, term{text: stem(piece), stop: a.englishStops[piece]})
				continue
			}
			out = append(out, term{text: piece, joined: i > 0})
		}
	}
	return out
}

// isPossessive tells the lone s of "province's".
func isPossessive(text string, token vietnamese.Token) bool {
	before := text[:token.Start]
	return (token.Text == "s" || token.Text == "S") && (strings.HasSuffix(before, "'") || strings.HasSuffix(before, "’"))
}

// stem cuts the endings off an English word. Only plain letters are stemmed:
// numbers and names in other letters stay whole.
func stem(word string) string {
	for i := 0; i < len(word); i++ {
		if word[i] < 'a' || word[i] > 'z' {
			return word
		}
	}
	return string(porter.StemWithoutLowerCasing([]rune(word)))
}

// maxTermBytes bounds one term: a longer run of letters is no word of any
// language, and its beginning is enough to find it by.
const maxTermBytes = 64

// pieces cuts a run of letters of a script that does not space its words
// (Chinese, Japanese, Khmer, Lao, Thai) into its characters, each with its
// marks, and the numbers and Latin words between them; neighbours then meet
// again in the pairs. Runs of other scripts stay whole.
func pieces(run string) []string {
	if !strings.ContainsFunc(run, isUnspaced) {
		if len(run) > maxTermBytes {
			run = strings.ToValidUTF8(run[:maxTermBytes], "")
		}
		return []string{run}
	}
	var out []string
	start, alone := 0, false // alone: a character that the next letter does not continue
	for i, r := range run {
		unspaced := isUnspaced(r)
		if i > start && (unspaced || alone && (unicode.IsLetter(r) || unicode.IsNumber(r))) {
			out = append(out, run[start:i])
			start, alone = i, false
		}
		alone = alone || unspaced
	}
	return append(out, run[start:])
}

// isUnspaced tells the letters, not the marks, of such scripts.
func isUnspaced(r rune) bool {
	return r >= 0x0E00 && unicode.IsLetter(r) &&
		unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Khmer, unicode.Lao, unicode.Thai)
}

// pair is the term for two neighbours.
func pair(a, b string) string { return a + "_" + b }

// content leaves the words that say something; all, when none does.
func content(words []term) []string {
	all := make([]string, 0, len(words))
	for _, w := range words {
		if !w.stop {
			all = append(all, w.text)
		}
	}
	if len(all) > 0 {
		return all
	}
	for _, w := range words {
		all = append(all, w.text)
	}
	return all
}

// lookedFor are the words of a short query to look for one by one. The
// characters of a script without spaces stand in almost every text; those of
// one run are looked for as neighbours.
func lookedFor(words []term) []want {
	var out []want
	for i, w := range words {
		switch {
		case w.joined:
			out = append(out, want{pairsField, pair(words[i-1].text, w.text)})
		case !w.stop && (i+1 == len(words) || !words[i+1].joined):
			out = append(out, want{wordsField, w.text})
		}
	}
	if len(out) == 0 {
		return wants(wordsField, content(words))
	}
	return out
}

// pairs joins each word with its neighbour.
func pairs(words []string) []string {
	var out []string
	for i := 1; i < len(words); i++ {
		out = append(out, pair(words[i-1], words[i]))
	}
	return out
}

// marked gives the syllables of text that carry marks, each once and in one
// spelling: "hoà" and "hòa" are equal, "hoa" is not among them. It looks at no
// more than limit syllables.
func marked(text string, limit int) []string {
	var out []string
	seen := map[string]bool{} // a text repeats itself: every form is looked at once
	tokens := vietnamese.Syllables(strings.ToLower(vietnamese.NFC(text)))
	for _, token := range tokens[:min(limit, len(tokens))] {
		if seen[token.Text] || len(token.Text) > maxTermBytes {
			continue
		}
		seen[token.Text] = true
		if hasMarks(token.Text) {
			out = append(out, oneSpelling(token.Text))
		}
	}
	return out
}

// hasMarks tells whether folding changes a lower-case syllable, other than i for y.
func hasMarks(syllable string) bool {
	for i := 0; i < len(syllable); i++ {
		if syllable[i] >= 0x80 {
			return vietnamese.Fold(syllable) != syllable
		}
	}
	return false
}
