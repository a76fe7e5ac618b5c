package term

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"doingoai/app/vietnamese"
)

// Span is a place in a text, in bytes.
type Span struct{ Start, End int }

// word is a word of a text as it is compared, or a letter where a language
// does not space its words.
type word struct {
	Span
	key   string
	bare  string // key without the 's of a possessive, "" when it has none
	after string // the signs between it and the word before; a space and a hyphen are none
	apart bool   // it belongs to no expression with the word before
}

// unspaced are the languages in which words stand in a text without spaces
// around them, or with endings grown on to them.
var unspaced = []string{"zh", "ja", "km", "ko", "th", "lo", "my"}

// words cuts a text into what terms are compared by. Places count in the text
// as it came, which should be NFC as all our text is.
func words(lang, text string) []word {
	letters := slices.Contains(unspaced, strings.SplitN(lang, "-", 2)[0])
	var list []word
	end := 0 // of the word before
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !isWordly(r) {
			i += size
			continue
		}
		n := wordLength(text[i:])
		if letters {
			n = letterLength(text[i:])
		}
		w := word{Span: Span{i, i + n}, apart: true}
		if len(list) > 0 {
			w.after, w.apart = signs(text[end:i])
		}
		w.key = strings.ReplaceAll(strings.ToLower(vietnamese.NFC(text[i:i+n])), "’", "'")
		if owner, ok := strings.CutSuffix(w.key, "'s"); ok {
			w.bare = spelt(lang, owner)
		}
		w.key = spelt(lang, w.key)
		list = append(list, w)
		i += n
		end = i
	}
	return list
}

// isWordly tells what words are made of. Signs of other scripts that are
// neither letters nor punctuation do not hold words together.
func isWordly(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) || isJoiner(r)
}

// isJoiner tells the invisible signs that steer how neighbouring letters are drawn.
func isJoiner(r rune) bool { return r == '\u200c' || r == '\u200d' }

// wordLength is the length of the word that a text begins with. An apostrophe
// between letters belongs to it.
func wordLength(text string) int {
	for i, r := range text {
		if !isWordly(r) && !isApostrophe(text, i, r) {
			return i
		}
	}
	return len(text)
}

// isApostrophe says whether the sign at a place has a letter behind it.
func isApostrophe(text string, at int, r rune) bool {
	if r != '\'' && r != '’' {
		return false
	}
	after, _ := utf8.DecodeRuneInString(text[at+utf8.RuneLen(r):])
	return unicode.IsLetter(after)
}

// khmerStack puts the consonant behind it below the one before it.
const khmerStack = '\u17d2'

// letterLength is the length of the letter that a text begins with, with its
// marks; of Latin letters and digits it is the whole run.
func letterLength(text string) int {
	if first, _ := utf8.DecodeRuneInString(text); isLatin(first) {
		run := text[:wordLength(text)]
		end := strings.IndexFunc(run, func(r rune) bool { return unicode.IsLetter(r) && !isLatin(r) })
		if end < 0 {
			return len(run)
		}
		return end
	}
	var before rune
	for i, r := range text {
		if i > 0 && !unicode.IsMark(r) && !isJoiner(r) && !(before == khmerStack && unicode.IsLetter(r)) {
			return i
		}
		before = r
	}
	return len(text)
}

func isLatin(r rune) bool { return unicode.Is(unicode.Latin, r) || r >= '0' && r <= '9' }

// longestSign is the length of the longest run of signs within a name, in bytes.
const longestSign = 6

// signs are those between two words of an expression: ", " in "Department of
// Culture, Sports and Tourism". An empty line, or too many of them, stands
// between words that have nothing to do with each other.
func signs(between string) (after string, apart bool) {
	var b strings.Builder
	hyphens, lines := 0, 0
	for _, r := range between {
		switch {
		case r == '\n':
			lines++
		case unicode.IsSpace(r) || r == '\u200b':
		case r == '-' || r == '‐' || r == '‑' || r == '–':
			hyphens++
		default:
			b.WriteRune(r)
		}
	}
	return b.String(), hyphens > 1 || lines > 1 || b.Len() > longestSign
}

// spelt brings the spellings of one word to one.
func spelt(lang, w string) string {
	switch lang {
	case "vi":
		return markedLast(w)
	case "en":
		return singular(w)
	}
	return w
}

// tones are the two ways of marking the same syllable.
var tones = strings.NewReplacer(
	"òa", "oà", "óa", "oá", "ỏa", "oả", "õa", "oã", "ọa", "oạ", "òe", "oè", "óe", "oé", "ỏe", "oẻ", "õe", "oẽ", "ọe", "oẹ",
	"ùy", "uỳ", "úy", "uý", "ủy", "uỷ", "ũy", "uỹ", "ụy", "uỵ",
)

// markedLast writes the tone of a syllable over its last vowel, so that "hòa"
// is "hoà" and "ủy" is "uỷ". Inside of a syllable there is one way only.
func markedLast(w string) string {
	if !strings.HasSuffix(w, "a") && !strings.HasSuffix(w, "e") && !strings.HasSuffix(w, "y") {
		return w
	}
	_, last := utf8.DecodeLastRuneInString(w)
	_, before := utf8.DecodeLastRuneInString(w[:len(w)-last])
	at := len(w) - last - before
	return w[:at] + tones.Replace(w[at:])
}

// noPlural are words that end as plurals do and are none.
var noPlural = []string{"news", "series", "species", "means", "headquarters", "premises", "overseas", "always", "perhaps", "has", "was", "his", "its", "yes", "gas"}

// singular answers an English word without a simple plural's ending.
func singular(w string) string {
	if len(w) < 3 || !strings.HasSuffix(w, "s") || strings.Contains(w, "'") || slices.Contains(noPlural, w) {
		return w
	}
	for _, ending := range []string{"ss", "us", "is", "ics"} {
		if strings.HasSuffix(w, ending) {
			return w
		}
	}
	if stem, ok := strings.CutSuffix(w, "ies"); ok && len(stem) > 1 {
		return stem + "y"
	}
	for _, ending := range []string{"sses", "shes", "ches", "xes", "zes"} {
		if strings.HasSuffix(w, ending) {
			return w[:len(w)-2]
		}
	}
	return w[:len(w)-1]
}
