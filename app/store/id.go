package store

import (
	"crypto/rand"
	"strings"
)

// letters leaves out vowels and look-alikes, so that an identifier spells no
// word and survives being read over the telephone.
const letters = "23456789bcdfghjkmnpqrstvwxyz"

// NewID makes an identifier: ten random characters (about 48 bits), unrelated
// to time and place. Uniqueness is the primary key's business.
func NewID() string { return randomText(idLength) }

const idLength = 10

// IsID says whether a text could be an identifier made here.
func IsID(text string) bool {
	return len(text) == idLength && !strings.ContainsFunc(text, func(r rune) bool { return !strings.ContainsRune(letters, r) })
}

// NewSecret makes a token that nobody can guess (about 192 bits).
func NewSecret() string { return randomText(40) }

func randomText(n int) string {
	out := make([]byte, 0, n)
	buf := make([]byte, 2*n)
	for len(out) < n {
		rand.Read(buf) // never fails: it ends the program instead
		for _, b := range buf {
			// Bytes past the last whole multiple would favour the first letters.
			if int(b) < 256-256%len(letters) && len(out) < n {
				out = append(out, letters[int(b)%len(letters)])
			}
		}
	}
	return string(out)
}
