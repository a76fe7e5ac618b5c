package vietnamese

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// LooksLegacy tells whether text seems to be typed in a pre-Unicode font, and
// in which encoding (TCVN3 or VNI). It is for offering a conversion: a person
// decides.
//
// The words with foreign-looking letters are decoded both ways and held
// against the way Vietnamese syllables are built. The answer is yes when at
// least three of them, and four in five, become possible syllables, and
// clearly fewer were possible before. French, Portuguese or real Vietnamese
// fail that.
func LooksLegacy(s string) (encoding string, ok bool) {
	words := suspiciousWords(fromBytesAsLetters(s))
	if len(words) < 3 {
		return "", false
	}
	asTyped := countPossible(words, NFC)
	asTCVN3, asVNI := countPossible(words, DecodeTCVN3), countPossible(words, DecodeVNI)
	best, encoding := asTCVN3, TCVN3
	if asVNI > asTCVN3 {
		best, encoding = asVNI, VNI
	}
	if best*5 < len(words)*4 || asTyped*2 > best {
		return "", false
	}
	return encoding, true
}

// suspiciousWords are the words that hold a plain letter and a Western European
// letter or sign above ASCII. A single letter that only Unicode Vietnamese has shows that
// the text is not legacy, and gives none.
func suspiciousWords(s string) []string {
	const enough = 2000 // a sample decides as well as a whole book
	var words []string
	for _, word := range strings.Fields(s) {
		if strings.ContainsFunc(word, isOnlyUnicodeVietnamese) {
			return nil
		}
		if len(words) < enough && strings.ContainsFunc(word, isBorrowed) && strings.ContainsFunc(word, isASCIILetter) {
			words = append(words, strings.TrimFunc(word, isASCIIPunctuation))
		}
	}
	return words
}

func isOnlyUnicodeVietnamese(r rune) bool {
	return r >= 0x1EA0 && r <= 0x1EF9 || strings.ContainsRune("ăĂđĐĩĨũŨơƠưƯ", r)
}

func isBorrowed(r rune) bool { return r >= 0xA1 && r <= 0xFF }

func isASCIILetter(r rune) bool { return r < 0x80 && unicode.IsLetter(r) }

func isASCIIPunctuation(r rune) bool {
	return r < 0x80 && !unicode.IsLetter(r) && !unicode.IsDigit(r)
}

func countPossible(words []string, decode func(string) string) int {
	n := 0
	for _, word := range words {
		if isPossibleSyllable(decode(word)) {
			n++
		}
	}
	return n
}

// syllableShape is onset, vowels and ending of a folded Vietnamese syllable.
var syllableShape = regexp.MustCompile(`^(ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdghklmnpqrstvx])?` +
	`(oai|oao|oay|oeo|ieu|yeu|uoi|uou|uay|uya|uye|uyu|uyt|ai|ao|au|ay|eo|eu|ia|ie|iu|oa|oe|oi|oo|ua|ue|ui|uo|uu|uy|ye|[aeiouy])` +
	`(ch|nh|ng|[cmnpt])?$`)

// markedLetters are the small letters that Vietnamese has beyond a–z.
const markedLetters = "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ"

// isPossibleSyllable also asks for no more than one tone, and for no letter
// outside the Vietnamese alphabet.
func isPossibleSyllable(word string) bool {
	for _, r := range strings.ToLower(word) {
		if r >= 0x80 && !strings.ContainsRune(markedLetters, r) {
			return false
		}
	}
	tones := 0
	for _, r := range norm.NFD.String(word) {
		if strings.ContainsRune(grave+acute+hook+tilde+dot, r) {
			tones++
		}
	}
	return tones <= 1 && syllableShape.MatchString(Fold(word))
}
