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

// maxDiffCells bounds the work of one comparison; longer texts are compared
// as one piece each.
const maxDiffCells = 4_000_000

// Diff compares two texts word by word, so that a person can read what
// changed. Joining the pieces that are not '+' gives a, those not '-' give b.
func Diff(a, b string) []Piece {
	x, y := words(a), words(b)
	var out pieces
	for len(x) > 0 && len(y) > 0 && x[0] == y[0] {
		out.add('=', x[0])
		x, y = x[1:], y[1:]
	}
	tail := 0
	for tail < len(x) && tail < len(y) && x[len(x)-1-tail] == y[len(y)-1-tail] {
		tail++
	}
	end := x[len(x)-tail:]
	out.middle(x[:len(x)-tail], y[:len(y)-tail])
	for _, w := range end {
		out.add('=', w)
	}
	return out
}

type pieces []Piece

func (p *pieces) add(op rune, text string) {
	if n := len(*p); n > 0 && (*p)[n-1].Op == op {
		(*p)[n-1].Text += text
		return
	}
	*p = append(*p, Piece{op, text})
}

// middle finds the longest common run of words, by the textbook table.
func (p *pieces) middle(x, y []string) {
	if (len(x)+1)*(len(y)+1) > maxDiffCells {
		p.addIf('-', strings.Join(x, ""))
		p.addIf('+', strings.Join(y, ""))
		return
	}
	width := len(y) + 1
	length := make([]int32, (len(x)+1)*width)
	for i := len(x) - 1; i >= 0; i-- {
		for j := len(y) - 1; j >= 0; j-- {
			if x[i] == y[j] {
				length[i*width+j] = length[(i+1)*width+j+1] + 1
			} else {
				length[i*width+j] = max(length[(i+1)*width+j], length[i*width+j+1])
			}
		}
	}
	i, j := 0, 0
	for i < len(x) && j < len(y) {
		switch {
		case x[i] == y[j]:
			p.add('=', x[i])
			i, j = i+1, j+1
		case length[(i+1)*width+j] >= length[i*width+j+1]:
			p.add('-', x[i])
			i++
		default:
			p.add('+', y[j])
			j++
		}
	}
	p.addIf('-', strings.Join(x[i:], ""))
	p.addIf('+', strings.Join(y[j:], ""))
}

func (p *pieces) addIf(op rune, text string) {
	if text != "" {
		p.add(op, text)
	}
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
