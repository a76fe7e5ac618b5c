package vietnamese

import (
	"unicode"
	"unicode/utf8"
)

// Token is one syllable, word or number of a text, with the place of its
// bytes in it: text[Start:End] == Text.
type Token struct {
	Text       string
	Start, End int
}

// Syllables cuts text into its runs of letters and digits. In Vietnamese a
// run is a syllable; in scripts that do not space their words (Khmer,
// Chinese, Japanese) it is whatever stands between two signs of punctuation.
// A number stays whole with its separators: "3,58", "1.234,5".
func Syllables(s string) []Token {
	var tokens []Token
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if !isLetterOrDigit(r) {
			i += size
			continue
		}
		end := i + runLength(s[i:])
		tokens = append(tokens, Token{Text: s[i:end], Start: i, End: end})
		i = end
	}
	return tokens
}

// runLength is the number of bytes of the token at the start of s, which
// begins with a letter or digit.
func runLength(s string) int {
	var before rune
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		inside := isLetterOrDigit(r) || unicode.IsMark(r) || isJoiner(r) ||
			(r == '.' || r == ',') && unicode.IsDigit(before) && startsWithDigit(s[i+size:])
		if !inside {
			return i
		}
		before = r
		i += size
	}
	return len(s)
}

func isLetterOrDigit(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

// isJoiner tells the two invisible signs that steer how neighbouring letters
// are drawn in Khmer and other scripts; they do not end a word.
func isJoiner(r rune) bool { return r == '\u200c' || r == '\u200d' }

func startsWithDigit(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsDigit(r)
}
