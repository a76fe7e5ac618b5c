// Package vietnamese knows how Vietnamese is written: it brings text to one
// Unicode form, folds marks away for comparing, cuts text into syllables,
// makes address words, and reads the font encodings used before Unicode.
//
// Everything that compares words (search, slugs, duplicate checks) folds them
// here and nowhere else, so that what one part of the program finds equal is
// equal for all of them. Text is stored in form NFC (TCVN 6909:2001); what
// arrives in another form is brought to NFC at the door, by Decode for bytes
// and by Clean for form fields.
package vietnamese

import "golang.org/x/text/unicode/norm"

// NFC composes letters and marks. Text that is composed already, which is
// nearly all text, is returned as it is.
func NFC(s string) string {
	if isASCII(s) || norm.NFC.IsNormalString(s) {
		return s
	}
	return norm.NFC.String(s)
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}
