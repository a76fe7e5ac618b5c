package figure

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// reader goes once through a text.
type reader struct {
	*tongue
	text  string
	low   string // text in small letters, byte for byte
	found []Figure
}

func newReader(lang, text string) *reader {
	return &reader{tongue: tongueOf(lang), text: text, low: lower(text)}
}

// all reads the text to its end.
func (r *reader) all() []Figure {
	for i := 0; i < len(r.text); {
		i = r.read(i)
	}
	r.joinRanges()
	return r.found
}

// read takes what stands at a place, a figure or not, and answers where to go on.
func (r *reader) read(i int) int {
	c, size := utf8.DecodeRuneInString(r.low[i:])
	switch {
	case isDigit(c):
		return r.digits(i)
	case isLatin(c):
		return r.word(i)
	case unicode.IsLetter(c):
		return r.glyph(i)
	case c == '+' || c == '(':
		if end, ok := r.phone(i); ok {
			return end
		}
	case c == '½':
		return r.add(i, i+size, Figure{Meaning: Meaning{Kind: Number, Value: fraction(1, 2)}, soft: true})
	case unicode.Is(unicode.Sc, c):
		if end, ok := r.priced(i); ok {
			return end
		}
	}
	return i + size
}

// digits reads what begins with a digit: the longer readings first.
func (r *reader) digits(i int) int {
	for _, try := range [...]func(int) (int, bool){
		r.phone, r.document, r.paperByName, r.dateInDigits, r.dateInWords, r.clockTime, r.code,
	} {
		if end, ok := try(i); ok {
			return end
		}
	}
	return r.amount(i, i, "")
}

// word reads what begins with a letter of Latin script, at least to the end of the word.
func (r *reader) word(i int) int {
	for _, try := range [...]func(int) (int, bool){
		r.address, r.priced, r.monthByName, r.quarter, r.codeOfLetters, r.spelled, r.noon, r.roman,
	} {
		if end, ok := try(i); ok {
			return end
		}
	}
	return r.wordEnd(i)
}

// glyph reads what begins with a letter of a script without spaces.
func (r *reader) glyph(i int) int {
	for _, try := range [...]func(int) (int, bool){
		r.monthByName, r.dateInSigns, r.partsOfHundred, r.spelled,
	} {
		if end, ok := try(i); ok {
			return end
		}
	}
	_, size := utf8.DecodeRuneInString(r.low[i:])
	return i + size
}

func (r *reader) add(start, end int, f Figure) int {
	f.Start, f.End, f.Text = start, end, r.text[start:end]
	r.found = append(r.found, f)
	return end
}

func (r *reader) wordEnd(i int) int {
	for i < len(r.low) {
		c, size := utf8.DecodeRuneInString(r.low[i:])
		if !isLatin(c) && !unicode.Is(unicode.M, c) {
			break
		}
		i += size
	}
	return i
}

// gap answers the place after a space, or after the hyphen of 3-million.
func (r *reader) gap(i int) int {
	j := r.space(i)
	if j == i && i+1 < len(r.low) && r.low[i] == '-' {
		if c, _ := utf8.DecodeRuneInString(r.low[i+1:]); isLatin(c) {
			return i + 1
		}
	}
	return j
}

// space answers the place after the white space, of which no line is broken twice.
func (r *reader) space(i int) int {
	for n := 0; i < len(r.low) && n < 3; n++ {
		c, size := utf8.DecodeRuneInString(r.low[i:])
		if c != ' ' && c != '\n' && c != '\t' && c != '\u00a0' && c != '\u202f' && c != '\u2009' && c != '\u200b' && c != '\u3000' {
			break
		}
		i += size
	}
	return i
}

// back answers the end of what stands before a place, without white space.
func (r *reader) back(i int) int {
	for n := 0; i > 0 && n < 3; n++ {
		c, size := utf8.DecodeLastRuneInString(r.low[:i])
		if !unicode.IsSpace(c) && c != '\u200b' {
			break
		}
		i -= size
	}
	return i
}

func (r *reader) rune(i int) rune {
	c, _ := utf8.DecodeRuneInString(r.low[i:])
	return c
}

func (r *reader) has(i int, words ...string) (int, bool) {
	for _, w := range words {
		if strings.HasPrefix(r.low[i:], w) && endsWord(r.low, i+len(w)) {
			return i + len(w), true
		}
	}
	return i, false
}

// integer reads digits alone, at most so many.
func (r *reader) integer(i, most int) (n, end int, ok bool) {
	for end = i; end < len(r.low); {
		c, size := utf8.DecodeRuneInString(r.low[end:])
		d, is := digit(c)
		if !is {
			break
		}
		if most--; most < 0 {
			return 0, i, false
		}
		n, end = n*10+int(d), end+size
	}
	return n, end, end > i
}

// address steps over what is written to machines.
func (r *reader) address(i int) (int, bool) {
	if _, ok := r.has(i, "http", "https"); !ok && !strings.HasPrefix(r.low[i:], "www.") {
		return i, false
	}
	for i < len(r.low) && r.low[i] > ' ' && r.low[i] < utf8.RuneSelf {
		i++
	}
	return i, true
}
