package vietnamese

import (
	"strings"
	"unicode"
)

// Slug makes the words of an address from a headline: "Đối ngoại tỉnh" →
// "doi-ngoai-tinh". The result has at most max bytes and is cut between
// words; only a first word longer than max is cut inside. Its grammar is
// words of a–z and 0–9 joined by single hyphens.
//
// A text that is mostly in letters of another script keeps them, in lower case,
// with the figures and Latin words between them. Nothing is left of a text of
// signs only.
func Slug(s string, max int) string {
	words := asciiWords(s)
	if len(words) == 0 || isForeign(s) {
		words = ownScriptWords(s)
	}
	return joinWords(words, max)
}

// isForeign tells whether most letters of a text are not Latin ones.
func isForeign(s string) bool {
	foreign := 0
	for _, r := range s {
		switch {
		case !unicode.IsLetter(r):
		case unicode.Is(unicode.Latin, r):
			foreign--
		default:
			foreign++
		}
	}
	return foreign > 0
}

// asciiWords folds text and keeps its runs of ASCII letters and digits. An
// apostrophe is dropped, not a border: "M'Nông" → "mnong".
func asciiWords(s string) []string {
	var b strings.Builder
	for _, r := range Fold(s) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case isApostrophe(r), isCombining(r):
		default:
			if spelt := speltOut(r); spelt != "" {
				b.WriteString(spelt)
			} else {
				b.WriteByte(' ')
			}
		}
	}
	return strings.Fields(b.String())
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == 'ʼ' || r == '`' }

// speltOut writes the Latin letters that have no base letter to fold to, as
// they appear in names of people and companies.
func speltOut(r rune) string {
	switch r {
	case 'ß':
		return "ss"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'ø':
		return "o"
	case 'ł':
		return "l"
	case 'þ':
		return "th"
	case 'ı':
		return "i"
	}
	return ""
}

// ownScriptWords keeps letters with their marks, and digits. Joiners go: an
// address must not differ in something nobody can see.
func ownScriptWords(s string) []string {
	var b strings.Builder
	inWord := false
	for _, r := range Fold(s) {
		switch {
		case isLetterOrDigit(r) || unicode.IsMark(r) && inWord:
			b.WriteRune(r)
			inWord = true
		case isJoiner(r):
		default:
			b.WriteByte(' ')
			inWord = false
		}
	}
	return strings.Fields(NFC(b.String()))
}

func joinWords(words []string, max int) string {
	var b strings.Builder
	for _, word := range words {
		if b.Len() == 0 {
			b.WriteString(cutWord(word, max))
			continue
		}
		if b.Len()+1+len(word) > max {
			break
		}
		b.WriteByte('-')
		b.WriteString(word)
	}
	return b.String()
}

// cutWord shortens a word to max bytes, never inside a letter or between a
// letter and its marks.
func cutWord(word string, max int) string {
	if len(word) <= max {
		return word
	}
	cut := 0
	for i, r := range word {
		if i > max {
			break
		}
		if !unicode.IsMark(r) {
			cut = i
		}
	}
	return word[:cut]
}
