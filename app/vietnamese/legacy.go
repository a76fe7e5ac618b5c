package vietnamese

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Before Unicode (Decision 72/2002/QĐ-TTg, TCVN 6909:2001) Vietnamese was
// typed in fonts that drew its letters in the places of Western European
// ones. A text in such a font, pasted from an old document, arrives as the
// letters whose places were borrowed: "§èi ngo¹i", "Ñoái ngoaïi".

// The names that LooksLegacy gives to the two encodings still met in offices.
const (
	TCVN3 = "tcvn3" // TCVN 5712:1993, the fonts named .Vn…, also called ABC
	VNI   = "vni"   // VNI-Windows, the fonts named VNI-…
)

// tcvn3 lists the letters of TCVN 5712:1993 from 0xA1 on. The combining marks
// at 0xB0–0xB4 are left as they are: fonts of this family draw the degree
// sign there, and their texts do not use the marks.
const tcvn3 = "ĂÂÊÔƠƯĐăâêôơưđẰ" + "°±²³´" +
	"àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵ"

// DecodeTCVN3 reads text typed in a TCVN3 (ABC) font. It takes either the
// bytes themselves or the Western European letters they were mistaken for.
//
// The fonts for capitals (.Vn…H) use the codes of small letters, so a line
// whose plain letters are all capitals becomes capital throughout.
func DecodeTCVN3(s string) string {
	table := []rune(tcvn3)
	lines := strings.Split(fromBytesAsLetters(s), "\n")
	for i, line := range lines {
		decoded := strings.Map(func(r rune) rune {
			if n := int(r) - 0xA1; n >= 0 && n < len(table) {
				return table[n]
			}
			return r
		}, line)
		if isAllCapitals(line) {
			decoded = strings.ToUpper(decoded)
		}
		lines[i] = decoded
	}
	return NFC(strings.Join(lines, "\n"))
}

// isAllCapitals looks at the plain letters only; three of them are asked for,
// so that "Hà" and "Mỹ" standing alone keep their form.
func isAllCapitals(line string) bool {
	capitals := 0
	for _, r := range line {
		switch {
		case r >= 'a' && r <= 'z':
			return false
		case r >= 'A' && r <= 'Z':
			capitals++
		}
	}
	return capitals >= 3
}

// vniLetters are the letters that VNI gives a place of their own.
var vniLetters = map[rune]rune{
	'ñ': 'đ', 'Ñ': 'Đ', 'ô': 'ơ', 'Ô': 'Ơ', 'ö': 'ư', 'Ö': 'Ư',
	'ì': 'ì', 'Ì': 'Ì', 'í': 'í', 'Í': 'Í', 'æ': 'ỉ', 'Æ': 'Ỉ',
	'ó': 'ĩ', 'Ó': 'Ĩ', 'ò': 'ị', 'Ò': 'Ị', 'î': 'ỵ', 'Î': 'Ỵ',
}

// vniMark is a sign that follows its letter: which letters it may follow, and
// the Unicode marks it stands for.
type vniMark struct{ after, marks string }

const (
	grave, acute, hook, tilde, dot = "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"
	circumflex, breve              = "\u0302", "\u0306"
	anyVowel                       = "aeouyôö"
)

// vniMarks holds the signs in their small form; capitals use the capital ones.
var vniMarks = map[rune]vniMark{
	'ø': {anyVowel, grave}, 'ù': {anyVowel, acute}, 'û': {anyVowel, hook}, 'õ': {anyVowel, tilde}, 'ï': {anyVowel, dot},
	'â': {"aeo", circumflex}, 'à': {"aeo", circumflex + grave}, 'á': {"aeo", circumflex + acute},
	'å': {"aeo", circumflex + hook}, 'ã': {"aeo", circumflex + tilde}, 'ä': {"aeo", circumflex + dot},
	'ê': {"a", breve}, 'è': {"a", breve + grave}, 'é': {"a", breve + acute},
	'ú': {"a", breve + hook}, 'ü': {"a", breve + tilde}, 'ë': {"a", breve + dot},
}

// DecodeVNI reads text typed in a VNI-Windows font. It takes either the bytes
// themselves or the Western European letters they were mistaken for.
func DecodeVNI(s string) string {
	var b strings.Builder
	var before rune // the letter before, in small form, that may take a mark
	for _, r := range fromBytesAsLetters(s) {
		small := unicode.ToLower(r)
		if mark, ok := vniMarks[small]; ok && before != 0 && strings.ContainsRune(mark.after, before) {
			b.WriteString(mark.marks)
			before = 0
			continue
		}
		if letter, ok := vniLetters[r]; ok {
			b.WriteRune(letter)
		} else {
			b.WriteRune(r)
		}
		before = small
	}
	return NFC(b.String())
}

// fromBytesAsLetters takes bytes that are not UTF-8 for one letter each.
func fromBytesAsLetters(s string) string {
	if utf8.ValidString(s) {
		return NFC(s)
	}
	letters := make([]rune, len(s))
	for i := range len(s) {
		letters[i] = rune(s[i])
	}
	return string(letters)
}
