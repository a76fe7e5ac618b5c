package newsroom

import (
	"strings"
	"unicode"
)

// Piece is a run of text that two versions share, or that only one has.
type Piece struct {
	Op   rune // '=' in both, '-' only in the first, '+' only in the second
	Text string
}

// maxDiffCells bounds the work of one comparison, 16 MB and some milliseconds:
// what would need more is shown as taken out and put in whole.
const maxDiffCells = 4_000_000

// Diff compares two texts so that a person can read what changed: line by
// line, and where lines differ, word by word. Joining the pieces that are not
// '+' gives a, those not '-' give b.
func Diff(a, b string) []Piece {
	d := diff{a: a, b: b, cells: maxDiffCells}
	d.compare(strings.SplitAfter(a, "\n"), strings.SplitAfter(b, "\n"), func(x, y []string) {
		d.compare(words(strings.Join(x, "")), words(strings.Join(y, "")), d.replace)
	})
	return d.pieces
}

// diff is a comparison under way.
type diff struct {
	a, b   string
	i, j   int // how many bytes of them are in the pieces
	pieces []Piece
	cells  int // that may still be looked at
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
	for _, m := range d.common(x, y) {
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

// match is a part that both lists have.
type match struct{ x, y int }

// common finds the longest common run of parts, by the textbook table, or
// nothing when that would be too much work.
func (d *diff) common(x, y []string) []match {
	width := len(y) + 1
	cells := (len(x) + 1) * width
	if len(x) == 0 || len(y) == 0 || cells > d.cells {
		return nil
	}
	d.cells -= cells
	p, q := numbered(x, y)
	length := make([]int32, cells)
	for i := len(p) - 1; i >= 0; i-- {
		row, below := length[i*width:(i+1)*width], length[(i+1)*width:(i+2)*width]
		for j := len(q) - 1; j >= 0; j-- {
			if p[i] == q[j] {
				row[j] = below[j+1] + 1
			} else {
				row[j] = max(below[j], row[j+1])
			}
		}
	}
	var found []match
	for i, j := 0, 0; i < len(p) && j < len(q); {
		switch {
		case p[i] == q[j]:
			found = append(found, match{i, j})
			i, j = i+1, j+1
		case length[(i+1)*width+j] >= length[i*width+j+1]:
			i++
		default:
			j++
		}
	}
	return found
}

// numbered gives equal parts equal numbers: in the table even long ones are
// compared at once.
func numbered(x, y []string) (p, q []int) {
	numbers := make(map[string]int, len(x)+len(y))
	number := func(parts []string) []int {
		list := make([]int, len(parts))
		for i, s := range parts {
			n, known := numbers[s]
			if !known {
				n = len(numbers)
				numbers[s] = n
			}
			list[i] = n
		}
		return list
	}
	return number(x), number(y)
}

// size is the length of parts together.
func size(parts []string) int {
	n := 0
	for _, s := range parts {
		n += len(s)
	}
	return n
}

// words cuts a text into words and what stands between them.
func words(s string) []string {
	var list []string
	start := 0
	var inWord bool
	for i, r := range s {
		isWord := unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r)
		if i > start && isWord != inWord {
			list = append(list, s[start:i])
			start = i
		}
		inWord = isWord
	}
	if start < len(s) {
		list = append(list, s[start:])
	}
	return list
}
