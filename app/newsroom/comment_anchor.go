package newsroom

import (
	"strings"
	"unicode/utf8"

	"doingoai/app/fault"
)

// Anchor is the words of a text that a thread is pinned to, with what stood
// around them, by which they are told from the same words elsewhere. The zero
// Anchor is about the whole text.
type Anchor struct {
	Passage        int // from 0: where they stood
	Quote          string
	Prefix, Suffix string
}

// Place is where an anchor's words stand in a text; without Found, nowhere: the
// text has changed since.
type Place struct {
	Found      bool
	Passage    int // from 0
	Start, End int // bytes of the passage
}

// General says whether a thread is about the whole text.
func (a Anchor) General() bool { return a.Quote == "" }

// nearby is how many characters around its words an anchor keeps.
const nearby = 40

// BodyPassage is the first passage of the body.
const BodyPassage = 3

// passages are the parts of a text that a comment can be pinned to, in the
// order in which they are read: the headline, the standfirst, the picture's
// caption, and from BodyPassage on the blocks of the body. Those that are
// missing are empty.
func (n *Newsroom) passages(c Content) ([]string, error) {
	body, err := n.markup.Article(c.Body)
	if err != nil {
		return nil, err
	}
	return append([]string{fold(c.Headline), fold(c.Standfirst), fold(c.Lead.Caption)}, strings.Split(body.Text, "\n")...), nil
}

// fold writes a text on one line with single spaces, as passages are.
func fold(s string) string { return strings.Join(strings.Fields(s), " ") }

// anchor finds the words of a remark in the text that was looked at. Words that
// are not there are refused: whoever reads it later could not know what it means.
func (r Remark) anchor(passages []string) (Anchor, error) {
	var form fault.Form
	if r.Passage < 0 || r.Passage > len(passages) || r.Passage > 0 && passages[r.Passage-1] == "" {
		form.Refuse("passage", "error.invalid")
		return Anchor{}, form.Err()
	}
	if r.Quote == "" && r.Passage == 0 {
		return Anchor{}, nil
	}
	a := Anchor{Passage: r.Passage - 1, Quote: r.Quote, Prefix: r.Prefix, Suffix: r.Suffix}
	if r.Quote == "" {
		a.Quote = first(passages[a.Passage], MaxQuote)
	}
	place := a.find(passages)
	if !place.Found {
		form.Refuse("quote", "error.comment.quote")
		return Anchor{}, form.Err()
	}
	text := passages[place.Passage]
	return Anchor{place.Passage, a.Quote, fold(last(text[:place.Start], nearby)), fold(first(text[place.End:], nearby))}, nil
}

// maxFinds bounds how often the same words are looked at: whoever pins a
// comment to a word that is everywhere gets one of its places.
const maxFinds = 1000

// find looks for an anchor's words. Of several places the one is taken around
// which most is as it was; of equals, the one nearest to where the words stood.
func (a Anchor) find(passages []string) Place {
	var best Place
	if a.General() {
		return best
	}
	most, finds := -1, 0
	for i, text := range passages {
		for from := 0; finds < maxFinds; finds++ {
			at := strings.Index(text[from:], a.Quote)
			if at < 0 {
				break
			}
			start := from + at
			end := start + len(a.Quote)
			alike := sameEnd(strings.TrimRight(text[:start], " "), a.Prefix) + sameBeginning(strings.TrimLeft(text[end:], " "), a.Suffix)
			if alike > most || alike == most && distance(i, a.Passage) < distance(best.Passage, a.Passage) {
				most, best = alike, Place{true, i, start, end}
			}
			_, size := utf8.DecodeRuneInString(text[start:])
			from = start + size
		}
	}
	return best
}

func distance(i, j int) int { return max(i-j, j-i) }

// sameBeginning is how many bytes two texts begin alike with.
func sameBeginning(a, b string) int {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return n
}

func sameEnd(a, b string) int {
	n := 0
	for n < min(len(a), len(b)) && a[len(a)-1-n] == b[len(b)-1-n] {
		n++
	}
	return n
}

// first is the beginning of a text, at most so many characters.
func first(s string, characters int) string {
	for i := range s {
		if characters == 0 {
			return s[:i]
		}
		characters--
	}
	return s
}

// last is its end.
func last(s string, characters int) string {
	at := len(s)
	for ; at > 0 && characters > 0; characters-- {
		_, size := utf8.DecodeLastRuneInString(s[:at])
		at -= size
	}
	return s[at:]
}
