package newsroom

import (
	"strings"
	"unicode"

	"doingoai/app/vietnamese"
)

// Piece is a run of text that two versions share, or that only one has.
type Piece struct {
	Op   rune // '=' in both, '-' only in the first, '+' only in the second
	Text string
}

// maxDiffSteps bounds the work of one comparison, to some hundredths of a
// second: what would need more is shown as taken out and put in whole.
const maxDiffSteps = 1_000_000

// Diff compares two texts so that a person can read what changed: line by
// line, and where lines differ, syllable by syllable, never within one. Joining
// the pieces that are not '+' gives a, those not '-' give b.
func Diff(a, b string) []Piece {
	d := diff{a: a, b: b, steps: maxDiffSteps}
	d.compare(strings.SplitAfter(a, "\n"), strings.SplitAfter(b, "\n"), func(x, y []string) {
		d.compare(syllables(strings.Join(x, "")), syllables(strings.Join(y, "")), d.replace)
	})
	return d.readable()
}

// diff is a comparison under way.
type diff struct {
	a, b   string
	i, j   int // how many bytes of them are in the pieces
	pieces []Piece
	steps  int // that may still be taken
}

// compare tells two lists of parts: those that both have in the same order as
// shared, and what stands between them by differ.
func (d *diff) compare(x, y []string, differ func(x, y []string)) {
	most := min(len(x), len(y))
	head := 0
	for head < most && x[head] == y[head] {
		head++
	}
	tail := 0
	for tail < most-head && x[len(x)-1-tail] == y[len(y)-1-tail] {
		tail++
	}
	end := x[len(x)-tail:]
	d.add('=', size(x[:head]))
	x, y = x[head:len(x)-tail], y[head:len(y)-tail]
	i, j := 0, 0
	for _, m := range common(x, y, &d.steps) {
		if i < m.x || j < m.y {
			differ(x[i:m.x], y[j:m.y])
		}
		d.add('=', len(x[m.x]))
		i, j = m.x+1, m.y+1
	}
	if i < len(x) || j < len(y) {
		differ(x[i:], y[j:])
	}
	d.add('=', size(end))
}

// replace tells parts as taken out and put in.
func (d *diff) replace(x, y []string) {
	d.add('-', size(x))
	d.add('+', size(y))
}

// add tells the next n bytes. Pieces are cut from the texts, never joined.
func (d *diff) add(op rune, n int) {
	if n == 0 {
		return
	}
	text, at := d.a, &d.i
	if op == '+' {
		text, at = d.b, &d.j
	}
	begin := *at
	*at += n
	if op == '=' {
		d.j += n
	}
	if last := len(d.pieces) - 1; last >= 0 && d.pieces[last].Op == op {
		begin -= len(d.pieces[last].Text)
		d.pieces[last].Text = text[begin:*at]
		return
	}
	d.pieces = append(d.pieces, Piece{op, text[begin:*at]})
}

// readable answers the pieces as people read them: between one change and the
// next, a space or a comma that happens to be the same is part of the change,
// and what was taken out stands before what was put in.
func (d *diff) readable() []Piece {
	var out []Piece
	i, j := 0, 0 // bytes told of each text
	for at := 0; at < len(d.pieces); {
		if p := d.pieces[at]; p.Op == '=' {
			out = append(out, p)
			i, j, at = i+len(p.Text), j+len(p.Text), at+1
			continue
		}
		fromI, fromJ := i, j
		for ; at < len(d.pieces); at++ {
			p := d.pieces[at]
			between := at > 0 && at+1 < len(d.pieces) && !strings.ContainsFunc(p.Text, inWord)
			if p.Op == '=' && !between {
				break
			}
			if p.Op != '+' {
				i += len(p.Text)
			}
			if p.Op != '-' {
				j += len(p.Text)
			}
		}
		for _, p := range []Piece{{'-', d.a[fromI:i]}, {'+', d.b[fromJ:j]}} {
			if p.Text != "" {
				out = append(out, p)
			}
		}
	}
	return out
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || r == '\n' }

// size is the length of parts together.
func size(parts []string) int {
	n := 0
	for _, s := range parts {
		n += len(s)
	}
	return n
}

// syllables cuts a text into syllables and numbers, and what stands between them.
func syllables(s string) []string {
	tokens := vietnamese.Syllables(s)
	list := make([]string, 0, 2*len(tokens)+1)
	at := 0
	for _, t := range tokens {
		if at < t.Start {
			list = append(list, s[at:t.Start])
		}
		list = append(list, t.Text)
		at = t.End
	}
	if at < len(s) {
		list = append(list, s[at:])
	}
	return list
}
