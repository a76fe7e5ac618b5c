package newsroom

import (
	"html"
	"regexp"
	"strings"
	"unicode"

	"doingoai/app/vietnamese"
)

// legible is a text as the eye reads it, for finding words in it: characters
// instead of entities, composed letters, one kind of space and of hyphen, and
// nothing that is not seen (marks of Markdown, zero-width characters, tags, the
// addresses of links). Where taking tags and links away takes away something,
// both forms are in the answer: what stands in angle brackets may be a tag or
// not.
func legible(text string) string {
	text = vietnamese.NFC(strings.Map(legibleRune, html.UnescapeString(text)))
	bare := text
	if strings.Contains(bare, "[") { // or to look for them would take long for nothing
		bare = links.ReplaceAllString(bare, "$1")
	}
	if strings.Contains(bare, "<") {
		bare = tags.ReplaceAllString(bare, "")
	}
	if bare == text {
		return text
	}
	return text + "\n" + bare
}

var (
	links = regexp.MustCompile(`!?\[([^\[\]]*)\](?:\([^()\n]*\)|\[[^\[\]\n]*\])`)
	tags  = regexp.MustCompile(`<[^<>]*>`)
)

func legibleRune(r rune) rune {
	switch {
	case r == '\n':
		return r
	case r == '\r', r == '\u2028', r == '\u2029', r == '\u0085':
		return '\n'
	case strings.ContainsRune("*_`~\\", r), isUnseen(r):
		return -1
	case unicode.IsSpace(r), r == '\u2800', r == '\u3164':
		return ' '
	case unicode.Is(unicode.Pd, r), r == '\u2212', r == '\u2043':
		return '-'
	case r >= '\uFF01' && r <= '\uFF5E': // full width
		return r - '\uFF01' + '!'
	}
	return r
}

// isUnseen says whether a character takes no room: formats (soft hyphens,
// zero-width spaces and joiners, marks of direction) and selectors of variants.
func isUnseen(r rune) bool {
	return unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r) || r == '\u034F'
}
